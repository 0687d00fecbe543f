from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    name = "departments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from departments import receivers  # noqa: F401, PLC0415  (receivers connect)
        from departments.panels import add_chain_panel  # noqa: PLC0415  (apps must be ready)
        from departments.reports.successors import (  # noqa: PLC0415  (apps must be ready)
            audience_of,
            successors_of,
        )
        from knowledge.ownership import (  # noqa: PLC0415  (apps must be ready)
            register_audience,
            register_successors,
        )

        add_chain_panel()
        register_successors(successors_of)
        register_audience(audience_of)
