"""Names this package to Django."""

from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "hark311.channels.social"
    label = "social"
