"""Names this package to Django, so that its translations are found."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    name = "hark311.channels.open311"
    label = "open311"
