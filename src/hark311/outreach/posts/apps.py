"""Names this package to Django."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "hark311.outreach.posts"
    label = "posts"
    default_auto_field = "django.db.models.BigAutoField"
