from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knowledge import publishing  # noqa: PLC0415  (apps must be ready)
        from knowledge.uses import register_use_finder  # noqa: PLC0415  (apps must be ready)
        from quizzes import actions, receivers, reports  # noqa: F401, PLC0415  (receivers connect)

        register_use_finder(reports.question_uses)
        publishing.register_check(reports.undecided_questions)
        publishing.register_must_know(reports.must_know_facts)
        publishing.register_effect(actions.spread_change)
