from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knowledge.uses import register_use_finder  # noqa: PLC0415  (apps must be ready)
        from quizzes import receivers  # noqa: F401, PLC0415  (receivers connect here)
        from quizzes.reports import question_uses  # noqa: PLC0415  (apps must be ready)

        register_use_finder(question_uses)
