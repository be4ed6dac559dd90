"""Names this package to Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "hark311.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
