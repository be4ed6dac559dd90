"""Names this package to Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "hark311.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"
