"""Walks pages as a person without scripts does: reads a form, fills it in, presses its button."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client


@dataclass
class Form:
    """One form of a page: where it goes, how, and what it holds already."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    # Radio buttons and check boxes by name: what could be chosen.
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self._form)
        elif self._form is None or (not given.get("name") and tag != "option"):
            return
        elif tag in {"input", "button"}:
            self._input(tag, given)
        elif tag == "textarea":
            self._text = given["name"]
            self._form.values[self._text] = [""]
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given:
                self._form.values[self._select] = [given.get("value", "")]

    def _input(self, tag, given):
        name, value = given["name"], given.get("value") or ""
        if tag == "button":
            # A button with a value is one choice among those of its name.
            self._form.choices.setdefault(name, []).append(value)
        elif given.get("type") in {"radio", "checkbox"}:
            self._form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                self._form.values.setdefault(name, []).append(value or "on")
        else:
            self._form.values[name] = [value]

    def handle_data(self, data):
        if self._text and self._form:
            self._form.values[self._text][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._text and self._form:
            # As browsers do: the line break right after the tag is none of the text.
            self._form.values[self._text][0] = self._form.values[self._text][0].removeprefix("\n")
            self._text = None
        elif tag == "select":
            self._select = None


@dataclass
class Walker:
    """A person with a browser; ``page`` is what is on the screen."""

    client: Client
    url: str = "/"
    page: HttpResponse | None = None

    def go(self, url: str, **headers: str) -> "Walker":
        self.page = self.client.get(url, follow=True, headers=headers)
        self.url = self.page.redirect_chain[-1][0] if self.page.redirect_chain else url
        return self

    def send(self, to: str = "", press: str = "", **typed: object) -> "Walker":
        """Fill in and send the form whose address ends with ``to`` (the page's own if '')."""
        form = self.form(to)
        data = {**form.values}
        for name, value in typed.items():
            key = name.replace("__", "-")
            if key not in form.values and key not in form.choices:
                raise AssertionError(f"no field {key!r} in {sorted({*form.values, *form.choices})}")
            data[key] = value if isinstance(value, list) else [str(value)]
        if press:
            data[press] = ["1"]
        data = {name: values for name, values in data.items() if values}
        target = urljoin(self.url, form.action) if form.action else self.url
        call = self.client.post if form.method == "post" else self.client.get
        self.page = call(target, data, follow=True)
        self.url = self.page.redirect_chain[-1][0] if self.page.redirect_chain else target
        return self

    def form(self, to: str = "") -> Form:
        parser = _Forms()
        parser.feed(self.text)
        own = {"", self.url.partition("#")[0]}
        fitting = [
            one
            for one in parser.forms
            if (one.action.endswith(to) if to else one.method == "post" and one.action in own)
        ]
        if not fitting:
            raise AssertionError(f"no form to {to!r}: {[one.action for one in parser.forms]}")
        return fitting[0]

    @property
    def status(self) -> int:
        return self.page.status_code

    @property
    def text(self) -> str:
        return self.page.content.decode()

    @property
    def words(self) -> str:
        """The page without tags, blanks run together."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())


def number_on(walker: Walker) -> str:
    """The case number on the page's plate."""
    found = re.search(r"\b\d\d-\d{8}-\d\b", walker.text)
    if found is None:
        raise AssertionError("no case number on the page")
    return found[0]
