"""A report while it is written: kept in the session, and signed in each form in case that ends."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing

from hark311.platform import clock

_SALT = "hark311.web.report"
_SESSION = "hark311_reports"
_KEPT_AT_MOST = 3
# Long enough to come back to, short enough for a computer that others use too.
KEPT = timedelta(hours=24)
NONE_OF_THEM = "none"
THE_ALERT = "alert"


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What was said so far, as typed. key: makes sending it twice harmless.

    joins: the id of the incident chosen, THE_ALERT, NONE_OF_THEM, or '' while nobody has asked.
    """

    key: str
    description: str = ""
    service: str = ""
    address: str = ""
    area: str = ""
    lat: str = ""
    lon: str = ""
    # The address that lat and lon were found for, and what was found; '' if the person gave them.
    found_for: str = ""
    found_as: str = ""
    # The address for which more was asked once already.
    unfound: str = ""
    joins: str = ""
    answers: Mapping[str, list[str]] = field(default_factory=dict)
    photo: str = ""
    # Keys of uploaded pictures in storage.
    pictures: Sequence[str] = field(default_factory=list)
    # Longitude and latitude that a photo was taken at, until they are used; [] if none is known.
    taken_at: Sequence[float] = field(default_factory=list)
    name: str = ""
    email: str = ""
    phone: str = ""
    wants_updates: bool = True
    wants_public: bool = True

    @property
    def has_place(self) -> bool:
        return bool(self.address or self.area or self.lat)


def fresh_draft() -> ReportDraft:
    return ReportDraft(key=fresh_key())


def fresh_key() -> str:
    """A key of its own for one submission."""
    return secrets.token_urlsafe(16)


def packed(draft: ReportDraft) -> str:
    """The draft as signed text for a hidden field."""
    return signing.dumps(asdict(draft), salt=_SALT, compress=True)


def unpacked(text: str) -> ReportDraft | None:
    """The draft in a hidden field; None if it is absent or was not signed here."""
    try:
        return _from_plain(signing.loads(text, salt=_SALT))
    except signing.BadSignature:
        return None


def keep(session: SessionBase, draft: ReportDraft) -> None:
    """Put the draft in the session for a day, in place of the oldest one if there are many."""
    drafts = _living(session)
    drafts.pop(draft.key, None)
    drafts[draft.key] = {"at": clock.now().timestamp(), "draft": asdict(draft)}
    session[_SESSION] = dict(list(drafts.items())[-_KEPT_AT_MOST:])


def kept(session: SessionBase, key: str) -> ReportDraft | None:
    """The draft with this key in the session, None if it is gone or its day is over."""
    return _from_plain(_living(session).get(key, {}).get("draft"))


def kept_until(session: SessionBase, key: str) -> datetime | None:
    """When the session forgets this draft, None if it knows none."""
    entry = _living(session).get(key)
    return datetime.fromtimestamp(entry["at"], UTC) + KEPT if entry else None


def forget(session: SessionBase, key: str) -> None:
    drafts = _living(session)
    if drafts.pop(key, None) is not None:
        session[_SESSION] = drafts


def _living(session: SessionBase) -> dict[str, dict[str, Any]]:
    """The drafts whose day is not over; those of an older form are left out."""
    now = clock.now().timestamp()
    drafts: dict[str, dict[str, Any]] = session.get(_SESSION, {})
    return {
        key: entry
        for key, entry in drafts.items()
        if now - entry.get("at", 0) < KEPT.total_seconds()
    }


def _from_plain(plain: object) -> ReportDraft | None:
    """A draft from its fields; those of an older form of it are left out."""
    if not isinstance(plain, dict):
        return None
    known = {one.name for one in fields(ReportDraft)}
    return ReportDraft(**{name: fact for name, fact in plain.items() if name in known})
