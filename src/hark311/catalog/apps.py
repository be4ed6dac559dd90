"""Names this package to Django."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "hark311.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"
