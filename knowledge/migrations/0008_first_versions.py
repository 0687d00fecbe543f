from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

TOLD = ("key", "title", "kind", "statement", "limits", "proof")
TEXTS = ("one_breath", "right_for", "not_right_for", "expectation")


def record_first_versions(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Briefs that were published before versions were kept begin with the one that is live."""
    brief_model = apps.get_model("knowledge", "BriefPage")
    change_model = apps.get_model("knowledge", "Change")
    for brief in brief_model.objects.filter(live=True):
        facts = brief.facts.order_by("sort_order")
        change_model.objects.create(
            brief=brief,
            version=brief.version,
            kind="first",
            facts=[{name: getattr(fact, name) for name in TOLD} for fact in facts],
            texts={name: getattr(brief, name) for name in TEXTS},
            at=brief.last_published_at or timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0007_words"),
    ]

    operations = [
        migrations.RunPython(record_first_versions, migrations.RunPython.noop),
    ]
