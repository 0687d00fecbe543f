"""Lets a change cut a hundred thousand dates within a second.

Half of each page is left empty, so that a new line of a standing stands beside the old one and no
index has to learn of it; and what a standing waits for is not looked up for each row.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def leave_room(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE quizzes_standing SET (fillfactor = 45)")


def fill_pages(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE quizzes_standing RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0002_changes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="standing",
            name="unchecked",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="quizzes.modulechange",
            ),
        ),
        migrations.RunPython(leave_room, fill_pages),
    ]
