"""The form of a message to everybody: plain text first, then what differs by network."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hark311.console.desk import Desk
from hark311.console.staff_form import StaffForm
from hark311.console.wording import language_name
from hark311.domain.errors import BadMedia
from hark311.domain.social import LONGEST, Network
from hark311.domain.texts import in_language
from hark311.government.models import Account
from hark311.outreach.posts.queries import Message
from hark311.outreach.posts.writing import PostDraft
from hark311.platform import media
from hark311.platform.problem import wording_of

_TEXT = "text_"
_AREA = {"class": "in", "rows": 3}
_WHEN = forms.DateTimeInput(
    attrs={"class": "in", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
)


class PostForm(StaffForm):
    """What is said to everybody, where, when, and who answers for it."""

    text = forms.CharField(
        label=_("The message, as plain text"),
        help_text=_("It stands alone: whoever sees no picture and follows no link knows enough."),
        max_length=5000,
        widget=forms.Textarea(attrs=_AREA),
    )
    language = forms.ChoiceField(
        label=_("Its language"), widget=forms.Select(attrs={"class": "in"})
    )
    networks = forms.MultipleChoiceField(
        label=_("Where it is published"), widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ChoiceField(
        label=_("Who answers for the facts"), widget=forms.Select(attrs={"class": "in"})
    )
    agree = forms.MultipleChoiceField(
        label=_("Which departments must agree"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publish_at = forms.DateTimeField(
        label=_("When"),
        help_text=_("Empty means as soon as it is approved."),
        required=False,
        widget=_WHEN,
    )
    picture = forms.FileField(
        label=_("A picture"),
        help_text=_("JPEG, PNG, WebP or HEIC, without words in it."),
        required=False,
        widget=forms.FileInput(attrs={"class": "in", "accept": "image/*"}),
    )
    alternative = forms.CharField(
        label=_("What the picture shows, in words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"class": "in", "rows": 2}),
    )
    is_wordless = forms.BooleanField(label=_("There are no words in the picture"), required=False)
    drop_picture = forms.BooleanField(label=_("Leave the picture out"), required=False)
    crawl = forms.CharField(
        label=_("The line that runs below a city channel"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    fact = forms.CharField(
        label=_("The line that agents and the telephone say"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    fact_until = forms.DateTimeField(
        label=_("Until when it is true"),
        help_text=_("Empty means a week."),
        required=False,
        widget=_WHEN,
    )

    def __init__(
        self,
        desk: Desk,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        post: Message | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, files, initial=_initial(post) if post else (initial or {}))
        self.desk, self.post = desk, post
        self.alert_id = post.alert_id if post else None
        self.picture_key = post.picture if post else ""
        self._offer()
        for network in LONGEST:
            self.fields[_TEXT + network.value] = forms.CharField(
                label=_("Other words on %(network)s, at most %(limit)s letters")
                % {"network": network.name_for_people, "limit": LONGEST[network]},
                max_length=LONGEST[network] * 2,
                required=False,
                widget=forms.Textarea(attrs=_AREA),
            )
        if not self.picture_key:
            del self.fields["drop_picture"]

    @property
    def variants(self) -> list[forms.BoundField]:
        """The boxes for words of one network alone."""
        return [self[_TEXT + network.value] for network in LONGEST]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        sent = cleaned.get("picture")
        if sent is not None:
            try:
                picture = media.cleaned_picture(sent.read(media.LARGEST_BYTES + 1))
            except BadMedia as error:
                self.add_error("picture", wording_of(error))
            else:
                self.picture_key = media.save_once(picture.content, picture.content_type)
        elif cleaned.get("drop_picture"):
            self.picture_key = ""
        if self.picture_key and not str(cleaned.get("alternative") or "").strip():
            self.add_error("alternative", _now("Say in words what the picture shows."))
        if self.picture_key and not cleaned.get("is_wordless"):
            self.add_error(
                "is_wordless",
                _now(
                    "Use a picture without words in it: many cannot read them."
                    " Say that it has none."
                ),
            )
        return cleaned

    def draft(self) -> PostDraft:
        cleaned = self.cleaned_data
        variants = {one.value: cleaned[_TEXT + one.value] for one in LONGEST}
        return PostDraft(
            texts={"": cleaned["text"], **variants},
            networks=[Network(one) for one in cleaned["networks"]],
            language=cleaned["language"],
            fact_owner_id=int(cleaned["owner"]),
            agree=[int(one) for one in cleaned["agree"]],
            publish_at=cleaned["publish_at"],
            crawl=cleaned["crawl"],
            fact=cleaned["fact"],
            fact_until=cleaned["fact_until"],
            picture=self.picture_key,
            alternative=cleaned["alternative"] if self.picture_key else "",
            is_wordless=cleaned["is_wordless"] and bool(self.picture_key),
            alert_id=self.alert_id,
        )

    def _offer(self) -> None:
        codes = [str(one["code"]) for one in self.desk.jurisdiction.languages]
        self._choose("language", [(code, language_name(code)) for code in codes])
        self._choose("networks", [(one.value, one.name_for_people) for one in LONGEST])
        self._choose("owner", [("", _("Choose one.")), *_colleagues(self.desk)])
        language = self.desk.names.language
        departments = self.desk.names.organisation.departments
        self._choose(
            "agree",
            [(str(one.id), in_language(one.names, language)) for one in departments.values()],
        )

    def _choose(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
            field.choices = choices


def _colleagues(desk: Desk) -> Iterator[tuple[str, object]]:
    """Everybody who works here, by name; one statement."""
    rows = Account.objects.filter(
        is_active=True, staff_roles__jurisdiction=desk.actor.jurisdiction_id
    )
    for pk, name in rows.order_by("name", "id").distinct().values_list("id", "name"):
        yield str(pk), name


def _initial(post: Message) -> dict[str, object]:
    return {
        "text": post.text,
        **{_TEXT + name: text for name, text in post.texts.items() if name},
        "language": post.language,
        "networks": [one.value for one in post.networks],
        "owner": str(post.owner_id or ""),
        "agree": [str(one.department_id) for one in post.agreements],
        "publish_at": timezone.localtime(post.publish_at) if post.publish_at else None,
        "alternative": post.alternative,
        "is_wordless": post.is_wordless,
        "crawl": post.crawl,
        "fact": post.fact,
        "fact_until": timezone.localtime(post.fact_until) if post.fact_until else None,
    }
