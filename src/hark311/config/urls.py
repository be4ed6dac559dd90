"""Every address, by who serves it. Pages for people stand under each language as well."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from hark311.channels.outreach.feeds import calendar as events_calendar
from hark311.channels.outreach.feeds import feed as events_feed
from hark311.channels.web.brand import brand
from hark311.channels.web.feeds import alert_cap, alerts_feed
from hark311.channels.web.pictures import show_picture
from hark311.platform import health

# Machines: one address, whatever the language. Alphabetical.
machines: list[URLPattern | URLResolver] = [
    path("brand.css", brand, name="brand"),
    path("channels/email/", include("hark311.channels.email.urls")),
    path("channels/fax/", include("hark311.channels.fax.urls")),
    path("channels/sms/", include("hark311.channels.sms.urls")),
    path("channels/social/", include("hark311.channels.social.urls")),
    path("channels/voice/", include("hark311.channels.voice.urls")),
    path("events.ics", events_calendar, name="events_calendar"),
    path("feeds/alerts.atom", alerts_feed, name="alerts_feed"),
    path("feeds/alerts/<int:alert_id>.cap", alert_cap, name="alert_cap"),
    path("feeds/events.atom", events_feed, name="events_feed"),
    path("healthz", health.healthz),
    path("media/<path:key>", show_picture),
    path("metrics", health.metrics),
    path("open311/", include("hark311.channels.open311.urls")),
    path("readyz", health.readyz),
]

# People: also under /es/… and so on. Alphabetical, but channels.web last: its root is "".
pages: list[URLPattern | URLResolver] = [
    path("fax/", include("hark311.channels.fax.page_urls")),
    path("staff/", include("hark311.console.urls")),
    path("", include("hark311.channels.desk.urls")),
    path("", include("hark311.channels.outreach.urls")),
    path("", include("hark311.channels.web.urls")),
]

urlpatterns = [*machines, *i18n_patterns(*pages, prefix_default_language=False)]
handler400 = "hark311.platform.problem_pages.bad_request"
handler403 = "hark311.platform.problem_pages.forbidden"
handler404 = "hark311.platform.problem_pages.not_found"
handler500 = "hark311.platform.problem_pages.broken"
