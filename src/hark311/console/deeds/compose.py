"""Forms in which staff write to people: texts kept ready, and words per language of a reader."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hark311.catalog.texts import ready_texts
from hark311.console.deeds.base import DeedForm, optional_text
from hark311.console.wording import language_name
from hark311.domain.canned import TextUse, filled
from hark311.domain.texts import in_language

# A blank of which nothing was known when the text was taken.
_BLANK = re.compile(r"\{[a-z]+\}")
_PREFIX = "text_"


@dataclass(frozen=True, slots=True)
class Offered:
    """A text that may be taken. words: by language, with their blanks filled."""

    key: str
    name: str
    words: Mapping[str, str]
    shown: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was put into the form. missing: languages of readers in which the text is not kept.

    fallback: the language of the words that those read instead.
    """

    name: str
    missing: tuple[str, ...]
    fallback: str


class ComposeForm(DeedForm):
    """Writes to everybody whose case it is, each in a language they read where there is one."""

    use: ClassVar[TextUse]

    def prepare(self) -> None:
        for language, people in self.other_languages.items():
            label = ngettext(
                "In %(language)s, for one person", "In %(language)s, for %(people)d people", people
            )
            facts = {"language": language_name(language), "people": people}
            self.fields[_PREFIX + language] = optional_text(
                label % facts, _("Left empty, they read the words above as you wrote them.")
            )
            self.fields[_PREFIX + language].widget.attrs.update(rows=2, lang=language)
        names = list(self.fields)
        others = [name for name in names if name.startswith(_PREFIX)]
        before, after = names[: names.index("text") + 1], names[names.index("text") + 1 :]
        self.order_fields([*before, *others, *(name for name in after if name not in others)])

    @property
    def main_language(self) -> str:
        """The language of the words in the main box: the writer's own."""
        return self.desk.names.language

    @cached_property
    def other_languages(self) -> Mapping[str, int]:
        """In which other languages people read, and how many do."""
        readers = self.incident.languages.items()
        return {language: n for language, n in readers if language != self.main_language}

    @property
    def translations(self) -> dict[str, str]:
        """What was typed for readers of other languages."""
        typed = {one: self.cleaned_data.get(_PREFIX + one, "") for one in self.other_languages}
        return {language: words for language, words in typed.items() if words}

    @cached_property
    def offered(self) -> tuple[Offered, ...]:
        """The texts that fit: of the department, of the city, of the service. One statement."""
        return tuple(self._kept()) + tuple(self._of_service())

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        for name in ("text", *(_PREFIX + one for one in self.other_languages)):
            left = _BLANK.search(str(cleaned.get(name) or ""))
            if left:
                message = _("Write what belongs in the place of %(blank)s.")
                self.add_error(name, message % {"blank": left.group(0)})
        return cleaned

    def take(self, key: str) -> Taken | None:
        """Put a text into the boxes of the form; what else was typed stays. None if it is gone."""
        found = next((one for one in self.offered if one.key == key), None)
        if found is None:
            return None
        main = self._reader_language() or self.main_language
        self.initial["text"] = in_language(found.words, main)
        for language in self.other_languages if self._reader_language() is None else ():
            self.initial[_PREFIX + language] = found.words.get(language, "")
        wanted = (main, *(self.other_languages if self._reader_language() is None else ()))
        missing = tuple(language_name(one) for one in wanted if one not in found.words)
        fallback = next(
            (one for one in found.words if found.words[one] == self.initial["text"]), main
        )
        return Taken(found.name, missing, language_name(fallback))

    def _reader_language(self) -> str | None:
        """Where one person alone is written to, their language; None where there are many."""
        return None

    def _number(self) -> str:
        """The number of the one case that is written about; "" where there are many."""
        return ""

    def _kept(self) -> Iterator[Offered]:
        queue = self.desk.names.organisation.queues[self.incident.queue_id]
        own = frozenset({queue.department_id}) | self.actor.departments
        for kept in ready_texts(self.desk.jurisdiction, own):
            if self.use in kept.uses and kept.fits(self.incident.service.code, self.incident.state):
                name = in_language(kept.names, self.main_language)
                yield self._offered(str(kept.id), name, kept.texts)

    def _of_service(self) -> Iterator[Offered]:
        """None but where a form closes."""
        yield from ()

    def _offered(self, key: str, name: str, texts: Mapping[str, str]) -> Offered:
        words = {one: filled(text, self._facts(one)) for one, text in texts.items() if text}
        shown = self._reader_language() or self.main_language
        return Offered(key, name, words, in_language(words, shown))

    def _facts(self, language: str) -> dict[str, str]:
        """What blanks are filled with, in a language."""
        organisation, day = self.desk.names.organisation, self.incident.expected_on
        department = organisation.queues[self.incident.queue_id].department_id
        with override(language):
            date = date_format(day, "DATE_FORMAT") if day else ""
        return {
            "street": self.incident.place,
            "date": date,
            "service": in_language(self.incident.service.names, language),
            "department": in_language(organisation.departments[department].names, language),
            "number": self._number(),
        }


class OneReaderForm(ComposeForm):
    """Writes to the reporter of one case."""

    @property
    def other_languages(self) -> Mapping[str, int]:
        return {}

    def _reader_language(self) -> str | None:
        found = self._case()
        return found[1] if found else None

    def _number(self) -> str:
        found = self._case()
        return found[0] if found else ""

    def _case(self) -> tuple[str, str] | None:
        """The number and the language of the case that is written about, once it is chosen."""
        chosen = self._case_id()
        cases = (case for case in self.incident.cases if case.case_id == chosen)
        return next(((case.number, case.language) for case in cases), None)

    def _case_id(self) -> int | None:
        raise NotImplementedError

    def _chosen(self, name: str) -> int | None:
        """The number that is chosen in a field, as typed or as offered first."""
        value = str(self.data.get(name) or self.initial.get(name) or "")
        return int(value) if value.isascii() and value.isdigit() else None


def typed_into(form: DeedForm, data: QueryDict) -> None:
    """Keep in a form that asks nothing what was typed into it so far."""
    for name, field in form.fields.items():
        if name != "seen":
            form.initial[name] = _typed(field, data, name)


def _typed(field: forms.Field, data: QueryDict, name: str) -> object:
    return field.widget.value_from_datadict(data, {}, name)
