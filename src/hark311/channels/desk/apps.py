"""Names this package to Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hark311.channels.desk"
    label = "desk"
