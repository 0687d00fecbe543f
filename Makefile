# Two commands matter: `make run` and `make test`. `make help` tells the rest.

PORT ?= 8000
ARGS ?= help

PYTHON := .venv/bin/python
RUNTIME := .venv/.runtime
DEV := .venv/.dev
ROOMS := portal departments quizzes knowledge tests

UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .tools/uv/bin/uv)
UV_FILE := $(filter-out uv,$(UV))
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header --upgrade

# Reads the settings of a real installation, with what it must be told made up.
AS_PRODUCTION := DJANGO_SETTINGS_MODULE=portal.settings.production ALLOWED_HOSTS=portal.example \
	BASE_URL=https://portal.example SECRET_KEY=$(shell printf 'made-up-%.0s' 1 2 3 4 5 6 7 8)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check manage bench lock port-is-free chromium

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: port-is-free $(RUNTIME) ## Start the portal with its demo on http://localhost:8000 (PORT=8010 for another port)
	@$(PYTHON) manage.py run_portal --port $(PORT)

test: $(DEV) chromium ## Run the tests: on SQLite, on PostgreSQL, and in a real browser
	@echo "On SQLite"
	@$(PYTHON) -m pytest
	@echo "What touches the database, on PostgreSQL"
	@$(PYTHON) -m tests.postgres $(PYTHON) -m pytest -m "database and not browser"
	@echo "In a browser"
	@$(PYTHON) -m pytest -m browser tests/browser

check: $(DEV) ## Check style, types, templates, import contracts, settings and migrations
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --quiet --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports --no-logo --no-cache
	$(PYTHON) manage.py check --fail-level WARNING
	$(AS_PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run
	.venv/bin/mypy $(ROOMS)

manage: $(RUNTIME) ## Run a management command: make manage ARGS="import_people FILE --dry-run"
	@$(PYTHON) manage.py $(ARGS)

bench: $(DEV) ## Measure how fast pages are answered while people work
	@$(PYTHON) -m tests.bench

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
	$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements-dev.txt
	@touch $(DEV) $(RUNTIME)

$(RUNTIME): requirements.txt .venv/bin/python $(UV_FILE)
	$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements.txt
	@touch $(RUNTIME)

# The Python that .python-version names, else any that will do, else one that uv downloads.
.venv/bin/python: | $(UV_FILE)
	@$(UV) venv --quiet --clear --no-project --python "$$(cat .python-version)" --no-python-downloads 2>/dev/null \
		|| $(UV) venv --quiet --clear --no-project --python '>=3.12,<3.15' --no-python-downloads 2>/dev/null \
		|| $(UV) venv --clear --no-project --python "$$(cat .python-version)"

# A pyenv shim answers only where the version that .python-version names is installed; other
# Pythons serve as well to bring uv, whatever their version.
.tools/uv/bin/uv:
	@for python in python3 'env PYENV_VERSION=system python3' /usr/bin/python3 \
		python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
		$$python -c 'import ensurepip, venv' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Neither uv nor a Python with its venv module was found. Install uv: https://docs.astral.sh/uv/"; \
		exit 1; \
	fi; \
	$$python -m venv --clear .tools/uv && .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<0.14'
