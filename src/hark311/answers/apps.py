"""Names this package to Django."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "hark311.answers"
    label = "answers"
    default_auto_field = "django.db.models.BigAutoField"
