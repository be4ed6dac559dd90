"""Names this package to Django."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "hark311.channels.email"
    label = "email"
