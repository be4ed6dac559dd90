"""Photos of a report while it is written: added one by one, looked at, left out again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hark311.channels.web.account import private
from hark311.channels.web.report.draft import ReportDraft, keep, kept, packed
from hark311.channels.web.report.flow import draft_or_fresh
from hark311.channels.web.uploads import MOST, take_photos
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.errors import NotFound
from hark311.domain.matching import distance_m
from hark311.domain.place import Point
from hark311.places.queries import is_inside
from hark311.places.reverse import near_label
from hark311.platform import media
from hark311.platform.views import Audience, open_to

# Nearer than this, the place of a photo tells nothing that was not told.
_SAME_PLACE_M = 75.0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the files of one request. faults and remarks: sentences about files."""

    draft: ReportDraft
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One photo of the report. name: by which buttons name it. url: where it can be looked at."""

    number: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """Where a photo was taken, for a person to accept. distance_m: from the place told, or 0."""

    near: str
    distance_m: int


@open_to(Audience.PUBLIC)
@require_POST
def photos(request: HttpRequest) -> JsonResponse:
    """Take photos into the draft; answers with the draft and the part of the page about photos."""
    visitor, draft = visitor_of(request), draft_or_fresh(request)
    if "remove" in request.POST:
        added = Added(without(draft, request.POST["remove"]))
    else:
        added = with_files(draft, request.FILES.getlist("pictures"), visitor.language)
    keep(request.session, added.draft)
    facts = {"draft": added.draft, **photo_facts(added.draft, visitor), "added": added}
    page = render_to_string("web/_report_photos.html", facts, request=request)
    body = {"draft": packed(added.draft), "html": page, "taken": not added.faults}
    answer = JsonResponse(body, status=422 if added.faults else 200)
    private(answer)
    return answer


@open_to(Audience.PUBLIC)
@require_safe
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """A photo of a draft, for whoever writes it.

    Raises NotFound for any other.
    """
    draft = kept(request.session, request.GET.get("d", ""))
    if draft is None or key not in draft.pictures or not media.exists(key):
        raise NotFound(what="picture")
    answer = HttpResponse(media.read(key), content_type=media.content_type_of(key))
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def with_files(draft: ReportDraft, files: Sequence[UploadedFile[bytes]], language: str) -> Added:
    """The draft with these photos added; those that cannot be taken are named with the reason."""
    taken = take_photos(draft.pictures, files, language)
    position = draft.taken_at or list(taken.position or ())
    return Added(
        replace(draft, pictures=list(taken.keys), taken_at=position), taken.faults, taken.remarks
    )


def without(draft: ReportDraft, name: str) -> ReportDraft:
    """The draft without the photo that a button names; the place of a photo left out goes too."""
    left = [key for key in draft.pictures if _name_of(key) != name]
    return replace(draft, pictures=left, taken_at=draft.taken_at if left else [])


def at_photo(draft: ReportDraft, visitor: Visitor) -> ReportDraft:
    """The draft at the place where its photo was taken; unchanged if it names none in the city."""
    point = _photo_point(draft, visitor)
    if point is None:
        return draft
    return replace(
        draft,
        lat=f"{point.lat:.6f}",
        lon=f"{point.lon:.6f}",
        area="",
        joins="",
        taken_at=[],
        found_for="",
        found_as="",
    )


def photo_facts(draft: ReportDraft, visitor: Visitor) -> dict[str, object]:
    """What the part of the page about photos shows."""
    return {
        "shown": shown_photos(draft),
        "photos_left": MOST - len(draft.pictures),
        "most_photos": MOST,
        "offered_place": offered_place(draft, visitor),
    }


def shown_photos(draft: ReportDraft) -> list[Shown]:
    """The photos in their order, each with where its writer can look at it."""
    return [
        Shown(number, _name_of(key), f"{reverse('web:report_photo', args=[key])}?d={draft.key}")
        for number, key in enumerate(draft.pictures, start=1)
    ]


def offered_place(draft: ReportDraft, visitor: Visitor) -> OfferedPlace | None:
    """The place of a photo, unless it is outside the city or the one that was told."""
    point = _photo_point(draft, visitor)
    if point is None:
        return None
    away_m = 0.0
    if draft.lat and draft.lon:
        away_m = distance_m(point.lon, point.lat, float(draft.lon), float(draft.lat))
        if away_m < _SAME_PLACE_M:
            return None
    return OfferedPlace(near_label(visitor.jurisdiction, point), round(away_m / 10) * 10)


def _photo_point(draft: ReportDraft, visitor: Visitor) -> Point | None:
    if len(draft.taken_at) != 2:
        return None
    point = Point(*draft.taken_at)
    return point if is_inside(visitor.jurisdiction, point) else None


def _name_of(key: str) -> str:
    """The key without its folder, as the value of a button."""
    return key.rpartition("/")[2]
