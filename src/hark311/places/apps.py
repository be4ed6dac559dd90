"""Names this package to Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "hark311.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
