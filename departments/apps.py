from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    name = "departments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from departments.panels import add_chain_panel  # noqa: PLC0415  (apps must be ready)

        add_chain_panel()
