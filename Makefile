# Two commands matter: `make run` and `make test`. `make help` tells the rest.

PORT ?= 8000
ARGS ?= help

PYTHON := .venv/bin/python
RUNTIME := .venv/.runtime
DEV := .venv/.dev
ROOMS := portal strategy customers departments quizzes knowledge tests

# manage.py, but Ctrl-C ends it without a traceback, whatever it is doing.
QUIETLY = $(PYTHON) -c 'import runpy, signal; signal.signal(signal.SIGINT, signal.SIG_DFL); \
	runpy.run_path("manage.py", run_name="__main__")'

UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .tools/uv/bin/uv)
UV_FILE := $(filter-out uv,$(UV))
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header --upgrade

# Reads the settings of a real installation, with what it must be told made up.
AS_PRODUCTION := DJANGO_SETTINGS_MODULE=portal.settings.production ALLOWED_HOSTS=portal.example \
	BASE_URL=https://portal.example MAIL_URL=smtp://mail.example SECRET_KEY=$(shell printf 'made-up-%.0s' 1 2 3 4 5 6 7 8)

# What is tested beside the pass on SQLite, on the second core; each pass has a folder of its own.
# The browser's tests are shared out by name, so that neither core waits long for the other.
BESIDE = echo "On PostgreSQL" && VAR_DIR=$(CURDIR)/var/on-postgres $(PYTHON) -m tests.postgres \
	$(PYTHON) -m pytest -m "database and not browser" && \
	echo "In a browser" && VAR_DIR=$(CURDIR)/var/in-browser \
	$(PYTHON) -m pytest -m browser tests/browser/test_[l-z]*.py && \
	echo "While the server is killed" && \
	VAR_DIR=$(CURDIR)/var/killed $(PYTHON) -m pytest -m safety tests/safety

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check manage messages bench simulate safety lock port-is-free chromium

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: port-is-free $(RUNTIME) ## Start the portal with its demo on http://localhost:8000 (PORT=8010 for another port)
	@trap 'exit 0' INT; $(QUIETLY) run_portal --port $(PORT)

test: $(DEV) chromium ## Run the tests: on SQLite, on PostgreSQL, and in a real browser
	@echo "On SQLite; beside it on PostgreSQL, in a browser, and while the server is killed"
	@mkdir -p var; ($(BESIDE)) >var/beside.log 2>&1 & beside=$$!; \
		$(PYTHON) -m pytest; here=$$?; echo "In a browser"; \
		VAR_DIR=$(CURDIR)/var/in-browser-too $(PYTHON) -m pytest -m browser tests/browser/test_[a-k]*.py; \
		here=$$((here + $$?)); wait $$beside; there=$$?; \
		cat var/beside.log; exit $$((here + there))

check: style templates imports django types ## Check style, templates, import contracts, settings, migrations and types

style: $(DEV)
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --quiet --check .

templates: $(DEV)
	.venv/bin/djlint --lint --quiet templates

imports: $(DEV)
	.venv/bin/lint-imports --no-logo --no-cache

django: $(DEV)
	$(PYTHON) manage.py check --fail-level WARNING
	$(AS_PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run

types: $(DEV)
	.venv/bin/mypy $(ROOMS)

manage: $(RUNTIME) ## Run a management command: make manage ARGS="import_people FILE --dry-run"
	@$(PYTHON) manage.py $(ARGS)

messages: $(RUNTIME) ## Extract the interface's strings for translators: make messages ARGS="fr de"
	@$(PYTHON) manage.py extract_messages $(filter-out help,$(ARGS))

bench: $(DEV) ## Measure the workloads that matter: make bench ARGS="--people 100000"
	@$(PYTHON) -m tests.benchmarks $(if $(filter-out help,$(ARGS)),$(ARGS))

simulate: $(DEV) ## Play a hundred and eighty days of practice, and compare with the published tables
	@$(PYTHON) -m tests.simulation $(if $(filter-out help,$(ARGS)),$(ARGS))

safety: $(DEV) ## Kill server and database while people answer, race, feed the importers with broken files
	@$(PYTHON) -m tests.safety.kill_server $(if $(filter-out help,$(ARGS)),$(ARGS))
	@$(PYTHON) -m tests.safety.kill_server --workers 2 --databases 10 --clients 50
	@$(PYTHON) -m tests.safety.races
	@$(PYTHON) -m tests.safety.races --on-postgres
	@$(PYTHON) -m tests.safety.mutations --inputs 2000
	@$(PYTHON) -m tests.safety.storm
	@$(PYTHON) -m tests.postgres $(PYTHON) -m tests.safety.contention
	@$(PYTHON) -m pytest --every-day tests/portal/test_demo.py

lock: $(UV_FILE) ## Raise every package to its newest allowed release and lock it by hash
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt

# $(error) says its sentence on one line, where a recipe that fails adds make's own.
port-is-free:
	$(if $(shell bash -c 'exec 3<>/dev/tcp/127.0.0.1/$(PORT)' 2>/dev/null && echo taken),\
		$(error Port $(PORT) is taken. Choose another: make run PORT=$(shell expr $(PORT) + 10)))
	@:

chromium: $(DEV)
	@$(PYTHON) -m tests.browser.chromium

# The development packages hold the runtime's, so whoever ran the tests need not install for `run`.
$(DEV): requirements-dev.txt .venv/bin/python $(UV_FILE)
	@echo "Installing packages"
	@$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements-dev.txt
	@touch $(DEV) $(RUNTIME)

$(RUNTIME): requirements.txt .venv/bin/python $(UV_FILE)
	@echo "Installing packages"
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements.txt
	@touch $(RUNTIME)

# The Python that .python-version names, else any that will do, else one that uv downloads.
# A pyenv shim refuses where the version that the file names is not installed, so all are named.
PYENV_ALL = PYENV_VERSION=$$(pyenv versions --bare 2>/dev/null | paste -sd: -)
VENV = $(PYENV_ALL) $(UV) venv --quiet --clear --no-project

.venv/bin/python: | $(UV_FILE)
	@$(VENV) --no-python-downloads --python "$$(cat .python-version)" 2>/dev/null \
		|| $(VENV) --no-python-downloads --python '>=3.12,<3.15' 2>/dev/null \
		|| $(VENV) --python "$$(cat .python-version)"

# Any Python can bring uv, whatever its version.
.tools/uv/bin/uv:
	@echo "Installing uv into .tools/"
	@for python in python3 'env PYENV_VERSION=system python3' /usr/bin/python3 \
		python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
		$$python -c 'import ensurepip, venv' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Neither uv nor a Python with its venv module was found. Install uv: https://docs.astral.sh/uv/"; \
		exit 1; \
	fi; \
	$$python -m venv --clear .tools/uv \
		&& .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<0.14'
