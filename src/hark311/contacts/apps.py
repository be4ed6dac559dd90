"""Names this package to Django."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "hark311.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
