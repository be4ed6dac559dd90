"""The forms by which an administrator says who works here, and by which one's password is set."""

from datetime import date

from django import forms
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from hark311.console.desk import Desk
from hark311.console.staff_form import StaffForm
from hark311.domain.actor import Role
from hark311.domain.staffing import GivenRole
from hark311.government.colleagues import StaffMember
from hark311.government.models import Account
from hark311.platform.languages import OWN_NAMES

SHORTEST_PASSWORD = 12
_LONGEST_PASSWORD = 200
_RULES = (
    MinimumLengthValidator(SHORTEST_PASSWORD),
    UserAttributeSimilarityValidator(user_attributes=("email", "name")),
    CommonPasswordValidator(),
    NumericPasswordValidator(),
)
_ROLES = {
    Role.VIEWER: gettext_lazy("Looks on"),
    Role.CREW: gettext_lazy("Crew"),
    Role.AGENT: gettext_lazy("Agent"),
    Role.SUPERVISOR: gettext_lazy("Supervisor"),
    Role.ADMIN: gettext_lazy("Administrator"),
}
_IN = {"class": "in"}


def role_words(given: GivenRole, desk: Desk) -> str:
    """A role and where it holds, as in "Crew: Streets"."""
    return f"{_ROLES[given.role]}: {place_words(given, desk)}"


def place_words(given: GivenRole, desk: Desk) -> str:
    if given.queue_id is not None:
        return desk.names.queue(given.queue_id)
    if given.department_id is not None:
        return desk.names.department(given.department_id)
    return gettext("everywhere")


def role_key(given: GivenRole) -> str:
    """A role as a form names it: "crew", "crew.d3", "crew.q7"."""
    if given.queue_id is not None:
        return f"{given.role.value}.q{given.queue_id}"
    place = f".d{given.department_id}" if given.department_id is not None else ""
    return f"{given.role.value}{place}"


class RolesForm(StaffForm):
    """The roles that stay, and one more."""

    keep = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    role = forms.ChoiceField(
        label=_("One more role"), required=False, widget=forms.Select(attrs=_IN)
    )
    where = forms.ChoiceField(label=_("Where"), required=False, widget=forms.Select(attrs=_IN))

    def __init__(
        self, desk: Desk, member: StaffMember | None = None, data: QueryDict | None = None
    ) -> None:
        self.places = _places(desk)
        self.held = {role_key(one): one for one in (member.roles if member else ())}
        super().__init__(data, initial={"keep": list(self.held)})
        self._offer("keep", [(key, role_words(one, desk)) for key, one in self.held.items()])
        self._offer("role", [("", gettext("None")), *((r.value, str(_ROLES[r])) for r in Role)])
        self._offer("where", [(key, words) for key, (words, _place) in self.places.items()])

    def given(self) -> frozenset[GivenRole]:
        """The roles as the form has them."""
        kept = {self.held[key] for key in self.cleaned_data["keep"]}
        if self.cleaned_data["role"]:
            _words, (department_id, queue_id) = self.places[self.cleaned_data["where"] or "all"]
            kept.add(GivenRole(Role(self.cleaned_data["role"]), department_id, queue_id))
        return frozenset(kept)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class InviteForm(RolesForm):
    """Somebody new, with a first role."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={**_IN, "autofocus": True})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={**_IN, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), widget=forms.Select(attrs=_IN))
    field_order = ("name", "email", "language", "role", "where")

    def __init__(self, desk: Desk, data: QueryDict | None = None) -> None:
        super().__init__(desk, None, data)
        del self.fields["keep"]
        self.fields["role"].label = _("Role")
        self.fields["role"].required = True
        self._offer("role", [(role.value, str(_ROLES[role])) for role in Role])
        self._offer("language", [(code, OWN_NAMES[code]) for code in ("en", "es")])

    def given(self) -> frozenset[GivenRole]:
        self.cleaned_data["keep"] = []
        return super().given()


class DescriptionForm(StaffForm):
    """How a colleague is called, what they speak, and when they are away."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs=_IN))
    spoken = forms.MultipleChoiceField(
        label=_("Speaks with people"), required=False, widget=forms.CheckboxSelectMultiple
    )
    absent_from = forms.DateField(
        label=_("Away from"), required=False, widget=forms.DateInput(attrs={**_IN, "type": "date"})
    )
    absent_to = forms.DateField(
        label=_("Away until (the last day)"),
        required=False,
        widget=forms.DateInput(attrs={**_IN, "type": "date"}),
    )

    def __init__(self, desk: Desk, member: StaffMember, data: QueryDict | None = None) -> None:
        first = {
            "name": member.name,
            "spoken": list(member.spoken),
            "absent_from": _iso(member.absent_from),
            "absent_to": _iso(member.absent_to),
        }
        super().__init__(data, initial=first)
        codes = [str(one["code"]) for one in desk.jurisdiction.languages]
        field = self.fields["spoken"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(code, OWN_NAMES.get(code.lower(), code)) for code in codes]


class NewPasswordForm(StaffForm):
    """A password, twice. It is checked by length and against what is guessed first."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 letters or digits. Three words that you alone put together do."),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={**_IN, "autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Once more"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={**_IN, "autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.account = account

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", gettext("Type the same password twice."))
        if password:
            try:
                validate_password(str(password), self.account, _RULES)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The present password first: a desk left open changes nothing."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={**_IN, "autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "again")


def _places(desk: Desk) -> dict[str, tuple[str, tuple[int | None, int | None]]]:
    """Everywhere, then each department and its queues, by key: words, department, queue."""
    organisation = desk.names.organisation
    found: dict[str, tuple[str, tuple[int | None, int | None]]] = {
        "all": (gettext("Everywhere but in sensitive queues"), (None, None))
    }
    named = sorted((desk.names.department(pk), pk) for pk in organisation.departments)
    for name, pk in named:
        found[f"d{pk}"] = (name, (pk, None))
        for queue in organisation.queues.values():
            if queue.department_id == pk and queue.is_active:
                found[f"q{queue.id}"] = (f"{name}: {desk.names.queue(queue.id)}", (pk, queue.id))
    return found


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
