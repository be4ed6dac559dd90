"""Names this package to Django."""

from django.apps import AppConfig


class OutreachPagesConfig(AppConfig):
    name = "hark311.channels.outreach"
    label = "outreach_pages"
