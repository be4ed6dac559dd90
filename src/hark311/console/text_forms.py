"""The form of a text that a department keeps ready, one box for each language of the city."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.catalog.texts import ReadyText, TextDraft
from hark311.console.desk import Desk
from hark311.console.staff_form import StaffForm
from hark311.console.wording import TEXT_USES, language_name
from hark311.domain.canned import TextUse, blanks_of, unknown_blanks
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language

_PREFIX = "words_"


class TextForm(StaffForm):
    """What a department keeps ready: for what, when, and in which words."""

    name = forms.CharField(
        label=_("What colleagues choose it by"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    department = forms.ChoiceField(
        label=_("Which department keeps it"), widget=forms.Select(attrs={"class": "in"})
    )
    uses = forms.MultipleChoiceField(label=_("What it is for"), widget=forms.CheckboxSelectMultiple)
    service = forms.ChoiceField(
        label=_("For which service"), required=False, widget=forms.Select(attrs={"class": "in"})
    )
    states = forms.MultipleChoiceField(
        label=_("In which states"),
        help_text=_("None ticked means in all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, desk: Desk, data: QueryDict | None = None, *, text: ReadyText | None = None
    ) -> None:
        super().__init__(data, initial=_initial(text, desk) if text else {})
        self.desk = desk
        self._offer()
        self.languages = [str(one["code"]) for one in desk.jurisdiction.languages]
        for position, code in enumerate(self.languages):
            self.fields[_PREFIX + code] = forms.CharField(
                label=_("Words in %(language)s") % {"language": language_name(code)},
                help_text=_BLANKS_HINT if position == 0 else "",
                max_length=2000,
                required=position == 0,
                widget=forms.Textarea(attrs={"rows": 3, "class": "in", "lang": code}),
            )

    def _offer(self) -> None:
        desk = self.desk
        services = sorted(
            (in_language(one.names, desk.names.language), one.code)
            for one in desk.names.services.values()
        )
        choices = {
            "department": [
                (str(one), desk.names.department(one)) for one in sorted(departments_of(desk))
            ],
            "uses": [(use.value, str(TEXT_USES[use])) for use in TextUse],
            "service": [("", str(_("All services"))), *((code, name) for name, code in services)],
            "states": [(state.value, desk.state_label(state)) for state in State],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        known = blanks_of(TextUse(use) for use in cleaned.get("uses", ()))
        for code in self.languages:
            self._check_blanks(_PREFIX + code, str(cleaned.get(_PREFIX + code) or ""), known)
        return cleaned

    def _check_blanks(self, name: str, words: str, known: frozenset[str]) -> None:
        try:
            unknown = unknown_blanks(words, known)
        except ValueError:
            self.add_error(name, _("Close each brace, as in {street}."))
            return
        if unknown:
            facts = {"blank": unknown[0], "known": ", ".join(f"{{{one}}}" for one in sorted(known))}
            self.add_error(
                name, _("Nothing can fill {%(blank)s} here. Use one of: %(known)s.") % facts
            )

    @property
    def department_id(self) -> int:
        return int(self.cleaned_data["department"])

    def draft(self) -> TextDraft:
        cleaned = self.cleaned_data
        return TextDraft(
            names={self.desk.names.language: cleaned["name"]},
            texts={
                code: cleaned[_PREFIX + code] for code in self.languages if cleaned[_PREFIX + code]
            },
            uses=tuple(TextUse(use) for use in cleaned["uses"]),
            services=(cleaned["service"],) if cleaned["service"] else (),
            states=tuple(State(state) for state in cleaned["states"]),
        )


_BLANKS_HINT = _(
    "Blanks that fill themselves: {street}, {date}, {service}, {department}; and {number} in"
    " questions and answers to one person."
)


def departments_of(desk: Desk) -> frozenset[int]:
    """The departments whose texts the reader may change."""
    queues = desk.names.organisation.queues.values()
    return frozenset(
        queue.department_id for queue in queues if desk.may(Permission.KEEP_TEXTS, queue.id)
    )


def _initial(text: ReadyText, desk: Desk) -> dict[str, object]:
    words = {_PREFIX + code: said for code, said in text.texts.items()}
    return {
        **words,
        "name": in_language(text.names, desk.names.language),
        "department": str(text.department_id),
        "uses": [use.value for use in text.uses],
        "service": text.services[0] if text.services else "",
        "states": [state.value for state in text.states],
    }
