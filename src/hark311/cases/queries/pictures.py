"""Reads the pictures that stand on the page of a case, and what may be seen of each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hark311.cases.models import Attachment
from hark311.cases.queries.public import PublicCase
from hark311.domain.vocabulary import Privacy, Standing
from hark311.platform.media import address_of

_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class CasePicture:
    """A picture. source: "report" (of this case), "neighbor" or "work"; url is '' until checked.

    link: the address of a picture on another site, which no page embeds; at is None there.
    """

    source: str
    url: str
    link: str
    at: datetime | None


def pictures_of(case: PublicCase) -> tuple[CasePicture, ...]:
    """This case's own, its neighbors' and those of the work, in that order. One statement.

    A hidden one is not among them; only this case's own show that they are still being
    checked. A private case shows nothing of others.
    """
    # One condition over both tables would look through every picture there is.
    seen = [rows.exclude(state="hidden").values("pk") for rows in _seen_with(case)]
    rows = Attachment.objects.filter(pk__in=seen[0].union(*seen[1:], all=True))
    rows = rows.order_by("is_evidence", "id")[:_AT_MOST]
    own = [row for row in rows if row.case_id == case.id]
    others = [row for row in rows if row.case_id != case.id]
    is_served = case.privacy is Privacy.PUBLIC
    links = [CasePicture("report", "", one, None) for one in case.media_urls if one[:1] != "/"]
    return (
        *(_picture(row, "report", is_served) for row in own),
        *links,
        *(_picture(row, "work" if row.is_evidence else "neighbor", True) for row in others),
    )


def _seen_with(case: PublicCase) -> tuple[QuerySet[Attachment], ...]:
    """Its own, its neighbors' and those of the work, each along an index of its own."""
    own = Attachment.objects.filter(case_id=case.id, is_evidence=False)
    if case.privacy is not Privacy.PUBLIC:
        return (own,)
    neighbors = Attachment.objects.filter(
        case__incident_id=case.incident_id,
        case__privacy=Privacy.PUBLIC.value,
        case__standing=Standing.ACTIVE.value,
        is_evidence=False,
        state="shown",
    )
    work = Attachment.objects.filter(incident_id=case.incident_id, is_evidence=True, state="shown")
    return (own, neighbors, work)


def _picture(row: Attachment, source: str, is_served: bool) -> CasePicture:
    url = address_of(row.storage_key) if row.state == "shown" and is_served else ""
    return CasePicture(source, url, "", row.created_at)
