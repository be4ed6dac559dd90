"""Names this package to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hark311.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
