"""Names this package to Django, so that its translations are found."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "hark311.channels.voice"
    label = "voice"
