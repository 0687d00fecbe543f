from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knowledge import receivers  # noqa: F401, PLC0415  (receivers connect when apps are ready)
        from knowledge.actions import vouch_by_publishing  # noqa: PLC0415  (apps must be ready)
        from knowledge.publishing import (  # noqa: PLC0415  (apps must be ready)
            register_guard,
            register_voucher,
        )
        from knowledge.reports import guard, lesson_uses  # noqa: PLC0415  (apps must be ready)
        from knowledge.uses import register_use_finder  # noqa: PLC0415  (apps must be ready)

        register_use_finder(lesson_uses)
        register_guard(guard)
        register_voucher(vouch_by_publishing)
