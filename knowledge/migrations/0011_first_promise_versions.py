from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

TERMS = ("key", "comparator", "unit", "measure", "statistic", "condition")


def record_first_versions(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Promises that were published before versions were kept begin with the one that is live."""
    promise_model = apps.get_model("knowledge", "PromisePage")
    version_model = apps.get_model("knowledge", "PromiseVersion")
    for promise in promise_model.objects.filter(live=True):
        version_model.objects.create(
            promise=promise,
            number=1,
            sentence=promise.sentence,
            claims=[terms_of(claim) for claim in promise.claims.order_by("sort_order")],
            at=promise.last_published_at or timezone.now(),
        )


def terms_of(claim: object) -> dict[str, str]:
    terms = {name: getattr(claim, name) for name in TERMS}
    return {**terms, "target": str(getattr(claim, "target"))}


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0010_promise_terms"),
    ]

    operations = [
        migrations.RunPython(record_first_versions, migrations.RunPython.noop),
    ]
