"""What keeps acknowledged answers when a worker is killed."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def test_sqlite_does_not_fold_its_log_away_when_a_connection_closes() -> None:
    in_memory = {**connection.settings_dict, "NAME": ":memory:", "OPTIONS": {}}
    beside = DatabaseWrapper(in_memory, alias="beside")
    beside.connect()

    keeps_log = beside.connection.getconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)

    beside.connection.close()
    assert keeps_log


def test_the_checks_before_a_migration_are_silent_on_this_database() -> None:
    call_command("check", fail_level="WARNING", databases=["default"])
