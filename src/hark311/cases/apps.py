"""Names this package to Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hark311.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
