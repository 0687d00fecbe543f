from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "strategy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from departments.launches import (  # noqa: PLC0415  (apps must be ready)
            register_launch_finder,
        )
        from strategy import receivers  # noqa: F401, PLC0415  (receivers connect when apps are ready)
        from strategy.launching import register_gate  # noqa: PLC0415  (apps must be ready)
        from strategy.reports.gates import launch_obstacles  # noqa: PLC0415  (apps must be ready)
        from strategy.reports.launches import launches_ahead  # noqa: PLC0415  (apps must be ready)

        register_gate(launch_obstacles)
        register_launch_finder(launches_ahead)
