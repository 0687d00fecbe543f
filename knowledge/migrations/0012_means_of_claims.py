from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def call_means_means(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Claims were shares in per cent, or figures in another unit: these are means."""
    apps.get_model("knowledge", "Claim").objects.exclude(unit="%").update(statistic="mean")


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0011_first_promise_versions"),
    ]

    operations = [
        migrations.RunPython(call_means_means, migrations.RunPython.noop),
    ]
