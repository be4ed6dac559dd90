"""What is wrong now, for machines: an Atom feed of all alerts, and each as CAP 1.2."""

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from hark311.channels.web.alerts import newest_change, where_of
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.disruptions.queries import Alert, alert_by_id, listed_alerts
from hark311.domain.disruptions import DisruptionState
from hark311.domain.texts import in_language
from hark311.government.address import base_of
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
_CIRCLE = "{lat:.5f},{lon:.5f} {km:.3f}"
_SEVERITY = {"minor": "Minor", "moderate": "Moderate", "severe": "Severe"}


@open_to(Audience.MACHINE)
@require_safe
def alerts_feed(request: HttpRequest) -> HttpResponse:
    """All alerts that are listed, the newest change first; ``?language=`` chooses the words."""
    visitor, now = _reader(request), clock.now()
    base = base_of(visitor.jurisdiction)
    name = in_language(visitor.jurisdiction.names, visitor.language)
    listed = sorted(
        listed_alerts(visitor.jurisdiction, now=now), key=lambda one: one.updated_at, reverse=True
    )
    with override(visitor.language):
        feed = _Feed(
            title=_("%(city)s 311: alerts") % {"city": name},
            link=f"{base}{reverse('web:alerts')}",
            description="",
            language=visitor.language,
            author_name=f"{name} 311",
            feed_url=f"{base}{request.get_full_path()}",
            feed_guid=f"{base}{request.path}",
        )
        feed.newest = newest_change(listed, now)
        for one in listed:
            _add(feed, one, visitor, base, now)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


@open_to(Audience.MACHINE)
@require_safe
def alert_cap(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert in the Common Alerting Protocol, with a part for each language it is in."""
    visitor = _reader(request)
    found = alert_by_id(visitor.jurisdiction, alert_id)
    body = tostring(_cap(found, visitor, clock.now()), encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/cap+xml")


class _Feed(Atom1Feed):
    """A feed that says when it changed last; Django's own would say when it was asked for."""

    newest: datetime

    def latest_post_date(self) -> datetime:
        return self.newest


def _reader(request: HttpRequest) -> Visitor:
    visitor = visitor_of(request)
    asked = request.GET.get("language", "")
    known = {code for code, _name in settings.LANGUAGES}
    return Visitor(visitor.jurisdiction, asked if asked in known else "en", None)


def _add(feed: Atom1Feed, one: Alert, visitor: Visitor, base: str, now: datetime) -> None:
    link = f"{base}{reverse('web:alert', args=[one.id])}"
    is_over = one.state(now) is DisruptionState.OVER
    said = one.end_text(visitor.language) if is_over else one.text(visitor.language)
    feed.add_item(
        title=_("Over: %(title)s") % {"title": one.title(visitor.language)}
        if is_over
        else one.title(visitor.language),
        link=link,
        description="\n\n".join([said, where_of(one, visitor)]),
        unique_id=link,
        pubdate=one.created_at,
        updateddate=one.updated_at,
        categories=[one.gravity.value, one.state(now).value],
    )


def _cap(one: Alert, visitor: Visitor, now: datetime) -> Element:
    key = visitor.jurisdiction.key
    root = Element("alert", xmlns=CAP)
    is_over = one.state(now) is DisruptionState.OVER
    changed = one.version > 1
    for name, value in (
        ("identifier", f"hark311.{key}.{one.id}.{one.version}"),
        ("sender", f"311.{key}"),
        ("sent", _instant(one.updated_at)),
        ("status", "Exercise" if one.is_sample else "Actual"),
        ("msgType", "Cancel" if is_over else "Update" if changed else "Alert"),
        ("scope", "Public"),
    ):
        SubElement(root, name).text = value
    if changed:
        before = f"hark311.{key}.{one.id}.{one.version - 1}"
        SubElement(root, "references").text = f"311.{key},{before},{_instant(one.created_at)}"
    for language in one.titles:
        _info(root, one, visitor, language, is_over=is_over)
    return root


def _info(root: Element, one: Alert, visitor: Visitor, language: str, *, is_over: bool) -> None:
    info = SubElement(root, "info")
    said = in_language(one.end_texts if is_over else one.texts, language)
    facts = [
        ("language", language),
        ("category", "Infra"),
        ("event", one.title(language)),
        ("responseType", "AllClear" if is_over else "Monitor"),
        ("urgency", "Past" if is_over else "Immediate"),
        ("severity", _SEVERITY[one.gravity.value]),
        ("certainty", "Observed"),
        ("effective", _instant(one.starts_at)),
        ("expires", _instant(one.until_at) if one.until_at else ""),
        ("senderName", in_language(visitor.jurisdiction.names, language) + " 311"),
        ("headline", one.title(language)),
        ("description", said),
        ("web", base_of(visitor.jurisdiction) + reverse("web:alert", args=[one.id])),
    ]
    for name, value in facts:
        if value:
            SubElement(info, name).text = value
    area = SubElement(info, "area")
    with override(language):
        reader = Visitor(visitor.jurisdiction, language, None)
        SubElement(area, "areaDesc").text = where_of(one, reader)
    center = one.reach.center
    if center is not None:
        SubElement(area, "circle").text = _CIRCLE.format(
            lat=center.lat, lon=center.lon, km=one.reach.radius_m / 1000
        )


def _instant(at: datetime) -> str:
    """As CAP wants it: with the offset of the city, to the second."""
    return timezone.localtime(at).isoformat(timespec="seconds")
