"""Names this package to Django, so that its translations are found."""

from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "hark311.channels.sms"
    label = "sms"
