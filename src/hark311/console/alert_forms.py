"""The forms of an alert: what is wrong, where, for which reports; and that it is over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hark311.cases.disrupting.end_disruption import Ending
from hark311.cases.disrupting.pen import DisruptionDraft
from hark311.console.desk import Desk
from hark311.console.wording import GRAVITIES, language_name
from hark311.disruptions.queries import Alert
from hark311.domain.disruptions import Gravity, Reach
from hark311.domain.errors import BadPlace
from hark311.domain.place import Point, point_from
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Outcome, Privacy
from hark311.places.queries import areas_of
from hark311.places.search import find_places
from hark311.platform import clock

_TITLE, _TEXT = "title_", "text_"
LEAST_M, MOST_M = 50, 20_000
EVERYWHERE, AREAS, CIRCLE = "everywhere", "areas", "circle"
STAYS_OPEN = "open"
_ENDINGS = (Outcome.FIXED, Outcome.NO_PROBLEM_FOUND, Outcome.INFORMATION_GIVEN)
Choices = list[tuple[str, object]]


class _InLanguages(forms.Form):
    """A form with a box for each language of the city; the first must be filled."""

    def __init__(
        self,
        desk: Desk,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial or {})
        self.desk = desk
        rows = desk.jurisdiction.languages
        self.languages = [str(one["code"]) for one in rows] or ["en"]
        self.complete = [str(one["code"]) for one in rows if one.get("complete")] or ["en"]
        self.prefixes: tuple[str, ...] = (_TEXT,)

    @property
    def words(self) -> list[forms.BoundField]:
        """The boxes of the languages in which people are always told."""
        return [self[prefix + code] for code in self.complete for prefix in self.prefixes]

    @property
    def more_words(self) -> list[forms.BoundField]:
        """The boxes of the others."""
        others = [code for code in self.languages if code not in self.complete]
        return [self[prefix + code] for code in others for prefix in self.prefixes]

    def _add_words(self, prefix: str, label: str, *, most: int, rows: int) -> None:
        for position, code in enumerate(self.languages):
            widget = (
                forms.Textarea(attrs={"rows": rows, "class": "in", "lang": code})
                if rows > 1
                else forms.TextInput(attrs={"class": "in", "lang": code})
            )
            self.fields[prefix + code] = forms.CharField(
                label=label % {"language": language_name(code)},
                max_length=most,
                required=position == 0,
                widget=widget,
            )

    def _words(self, prefix: str) -> dict[str, str]:
        said = {code: self.cleaned_data.get(prefix + code) or "" for code in self.languages}
        return {code: words for code, words in said.items() if words}


class AlertForm(_InLanguages):
    """What is wrong, where, since when, and which reports it takes up."""

    gravity = forms.ChoiceField(
        label=_("How much it means to people"),
        choices=[(one.value, GRAVITIES[one]) for one in Gravity],
        initial=Gravity.MODERATE.value,
        widget=forms.RadioSelect,
    )
    where = forms.ChoiceField(
        label=_("Where"),
        choices=[
            (EVERYWHERE, _("All of the city")),
            (AREAS, _("Parts of the city")),
            (CIRCLE, _("Around a place")),
        ],
        initial=EVERYWHERE,
        widget=forms.RadioSelect,
    )
    areas = forms.MultipleChoiceField(
        label=_("Which parts"),
        help_text=_("Hold Ctrl to choose several."),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "in", "size": 6}),
    )
    near = forms.CharField(
        label=_("Around which place"),
        help_text=_("An address, a corner, or latitude and longitude."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    radius_m = forms.IntegerField(
        label=_("How far, in meters"),
        required=False,
        min_value=LEAST_M,
        max_value=MOST_M,
        widget=forms.NumberInput(attrs={"class": "in short", "inputmode": "numeric"}),
    )
    services = forms.MultipleChoiceField(
        label=_("Reports that are added to it"),
        help_text=_("None ticked: it only informs. Each person keeps a number of their own."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = forms.DateTimeField(
        label=_("From"),
        help_text=_("Empty means now."),
        required=False,
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "in short"}
        ),
    )
    until_at = forms.DateTimeField(
        label=_("Should be over by"),
        required=False,
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "in short"}
        ),
    )

    def __init__(
        self, desk: Desk, data: QueryDict | None = None, *, alert: Alert | None = None
    ) -> None:
        super().__init__(desk, data, initial=_initial(alert) if alert else None)
        self.alert = alert
        self.point: Point | None = None
        self.prefixes = (_TITLE, _TEXT)
        self._add_words(_TITLE, str(_("Title in %(language)s")), most=120, rows=1)
        self._add_words(
            _TEXT, str(_("What people should know, in %(language)s")), most=1000, rows=3
        )
        self._offer("areas", _area_choices(desk))
        self._offer("services", list(_service_choices(desk)))

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        where = cleaned.get("where")
        if where == AREAS and not cleaned.get("areas"):
            self.add_error("areas", _("Choose at least one part of the city."))
        if where == CIRCLE:
            self._clean_circle(cleaned)
        starts, until = cleaned.get("starts_at") or clock.now(), cleaned.get("until_at")
        if isinstance(until, datetime) and isinstance(starts, datetime) and until <= starts:
            self.add_error("until_at", _("It must end after it begins."))
        return cleaned

    def _clean_circle(self, cleaned: dict[str, object]) -> None:
        near = str(cleaned.get("near") or "")
        self.point = self._point(near)
        if self.point is None and "near" not in self.errors:
            self.add_error("near", _("We do not know this place. Write it in another way."))
        if not cleaned.get("radius_m") and "radius_m" not in self.errors:
            self.add_error("radius_m", _("Say how far around it."))

    def _point(self, near: str) -> Point | None:
        lat, comma, lon = near.partition(",")
        if comma:
            try:
                return point_from(lat, lon)
            except BadPlace:
                pass
        found = find_places(self.desk.jurisdiction, near) if near.strip() else []
        return Point(found[0].lon, found[0].lat) if found else None

    def draft(self) -> DisruptionDraft:
        cleaned = self.cleaned_data
        where = cleaned["where"]
        return DisruptionDraft(
            titles=self._words(_TITLE),
            texts=self._words(_TEXT),
            gravity=Gravity(cleaned["gravity"]),
            reach=Reach(
                areas=frozenset(cleaned["areas"]) if where == AREAS else frozenset(),
                center=self.point if where == CIRCLE else None,
                radius_m=cleaned["radius_m"] if where == CIRCLE else 0,
                services=frozenset(cleaned["services"]),
            ),
            starts_at=cleaned["starts_at"] or clock.now(),
            until_at=cleaned["until_at"],
            is_sample=self.alert.is_sample if self.alert else False,
        )


class EndForm(_InLanguages):
    """That it is over: what people are told, and whether their reports close with it."""

    then = forms.ChoiceField(
        label=_("What becomes of the reports"), widget=forms.RadioSelect, initial=STAYS_OPEN
    )

    def __init__(self, desk: Desk, data: QueryDict | None = None) -> None:
        super().__init__(desk, data)
        self._add_words(_TEXT, str(_("What you tell people, in %(language)s")), most=1000, rows=3)
        then = self.fields["then"]
        if isinstance(then, forms.ChoiceField):
            then.choices = [
                (STAYS_OPEN, _("They stay open; everyone is told")),
                *(
                    (one.value, _("They close: %(outcome)s") % {"outcome": desk.outcome_label(one)})
                    for one in _ENDINGS
                ),
            ]

    def ending(self) -> Ending:
        then = self.cleaned_data["then"]
        outcome = None if then == STAYS_OPEN else Outcome(then)
        return Ending(self._words(_TEXT), outcome)


def _area_choices(desk: Desk) -> Choices:
    """The parts of the city, under the name of their kind."""
    language = desk.names.language
    kinds = {
        layer["code"]: in_language(layer["names"], language)
        for layer in desk.jurisdiction.settings.get("layers", [])
    }
    areas = areas_of(desk.jurisdiction).areas
    return [
        (kinds.get(kind, kind), [(one.key, in_language(one.names, language)) for one in members])
        for kind, members in groupby(areas, key=lambda area: area.layer)
    ]


def _service_choices(desk: Desk) -> Iterator[tuple[str, object]]:
    """What may be reported and is not sensitive, under its group."""
    language = desk.names.language
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in desk.names.services.values():
        if one.privacy is not Privacy.SENSITIVE:
            group = in_language(one.group, language) or str(_("Other"))
            groups[group].append((one.code, in_language(one.names, language)))
    for group, members in groups.items():
        yield group, sorted(members, key=lambda pair: pair[1])


def _initial(alert: Alert) -> dict[str, object]:
    reach = alert.reach
    where = AREAS if reach.areas else CIRCLE if reach.center else EVERYWHERE
    return {
        **{_TITLE + code: said for code, said in alert.titles.items()},
        **{_TEXT + code: said for code, said in alert.texts.items()},
        "gravity": alert.gravity.value,
        "where": where,
        "areas": sorted(reach.areas),
        "near": f"{reach.center.lat:.5f}, {reach.center.lon:.5f}" if reach.center else "",
        "radius_m": round(reach.radius_m) or None,
        "services": sorted(reach.services),
        "starts_at": timezone.localtime(alert.starts_at),
        "until_at": timezone.localtime(alert.until_at) if alert.until_at else None,
    }
