from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal import receivers  # noqa: F401, PLC0415  (receivers connect when apps are ready)
        from portal.spreadsheets import make_cells_plain  # noqa: PLC0415  (apps must be ready)

        make_cells_plain()
