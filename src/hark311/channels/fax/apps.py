"""Names this package to Django."""

from django.apps import AppConfig


class FaxConfig(AppConfig):
    name = "hark311.channels.fax"
    label = "fax"
