import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings.mail import mailer_from_url
from portal.settings.secret_key import kept_secret_key

ROOT = Path(__file__).resolve().parents[2]


def run_with(settings: str, folder: Path, code: str, **environment: str) -> str:
    """What a fresh process prints under these settings, or its last line of complaint."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    told = {"DJANGO_SETTINGS_MODULE": f"portal.settings.{settings}", "VAR_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; {code}"],
        cwd=ROOT,
        env=bare | told | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout or done.stderr.splitlines()[-1]).strip()


def test_a_real_installation_must_be_told_its_secret_key(tmp_path: Path) -> None:
    assert "SECRET_KEY" in run_with("production", tmp_path, "print(settings.DEBUG)")


def test_a_real_installation_never_shows_its_insides(tmp_path: Path) -> None:
    shown = run_with("production", tmp_path, "print(settings.DEBUG)", SECRET_KEY="k", DEBUG="1")
    assert shown == "False"


def test_a_real_installation_is_not_a_local_one(tmp_path: Path) -> None:
    assert run_with("production", tmp_path, "print(settings.IS_LOCAL)", SECRET_KEY="k") == "False"


def test_a_local_key_outlives_a_restart(tmp_path: Path) -> None:
    keys = {run_with("local", tmp_path, "print(settings.SECRET_KEY)") for _start in range(2)}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


def test_a_kept_key_is_nobody_elses_to_read(tmp_path: Path) -> None:
    kept_secret_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert kept_secret_key(tmp_path / "one") != kept_secret_key(tmp_path / "other")


def test_mail_goes_to_the_terminal_unless_told_otherwise(tmp_path: Path) -> None:
    code = "print(settings.MAILERS['default']['BACKEND'])"
    assert run_with("local", tmp_path, code).endswith("console.EmailBackend")


def test_the_database_is_a_file_unless_told_otherwise(tmp_path: Path) -> None:
    code = "print(settings.DATABASES['default']['NAME'])"
    assert run_with("local", tmp_path, code) == str(tmp_path / "portal.sqlite3")


def test_the_database_can_be_a_server(tmp_path: Path) -> None:
    code = "print(settings.DATABASES['default']['ENGINE'])"
    url = "postgres://name:password@db.example/portal"
    assert run_with("local", tmp_path, code, DATABASE_URL=url).endswith("postgresql")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", {"host": "mail.example", "port": 25, "use_tls": False}),
        ("smtp://mail.example:587?tls=1", {"port": 587, "use_tls": True, "use_ssl": False}),
        ("smtps://mail.example", {"port": 465, "use_ssl": True, "use_tls": False}),
        ("smtp://me%40x.example:p%2Fw@h", {"username": "me@x.example", "password": "p/w"}),
        ("file:/srv/mails", {"file_path": "/srv/mails"}),
    ],
)
def test_a_mail_address_says_how_to_send(url: str, expected: dict[str, object]) -> None:
    options = mailer_from_url(url)["OPTIONS"]
    assert {name: options[name] for name in expected} == expected


def test_a_mail_address_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="console:, file:, smtp:// or smtps://, not http"):
        mailer_from_url("http://mail.example")
