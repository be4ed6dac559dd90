"""Reads what a client sent, from the address and the body alike, before anything is believed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException

from hark311.domain.errors import UnreadablePayload

MOST_FIELDS = 500
File: TypeAlias = "UploadedFile[bytes]"

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"false", "0", "no", ""})


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names with their values, in the order they came; an empty value equals an absent one."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[File, ...] = ()

    def one(self, name: str) -> str:
        """The first value that is not empty, without blanks around it; '' if there is none."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value that is not empty, without blanks around it."""
        stripped = (value.strip() for value in self.values.get(name, ()))
        return tuple(value for value in stripped if value)

    def words(self, name: str) -> tuple[str, ...]:
        """The parts of a comma-separated list, without the empty ones."""
        parts = (part.strip() for value in self.all(name) for part in value.split(","))
        return tuple(part for part in parts if part)

    def raw(self, name: str) -> str:
        """The first value as it was sent: blanks and line breaks kept."""
        return next((value for value in self.values.get(name, ()) if value.strip()), "")

    def truth(self, name: str) -> bool:
        """Raises UnreadablePayload(reason="not_a_truth_value") for anything but true and false."""
        text = self.one(name).lower()
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        raise UnreadablePayload(field=name, reason="not_a_truth_value")


def parameters_of(request: HttpRequest) -> Parameters:
    """Everything the client sent; what the body says stands before what the address says.

    Raises UnreadablePayload with reason ``content_type``, ``not_utf8``, ``nul``, ``too_large``,
    ``too_many_fields`` or ``broken_form``.
    """
    address = _fields(request.META.get("QUERY_STRING", "").encode("latin-1"))
    if request.method != "POST":
        return _checked(address, {}, ())
    if request.content_type == _MULTIPART:
        body, files = _multipart(request)
        return _checked(body, address, files)
    if request.content_type not in {_FORM, ""}:
        raise UnreadablePayload(reason="content_type", field="Content-Type")
    return _checked(_fields(_body(request)), address, ())


def _checked(
    first: Mapping[str, tuple[str, ...]],
    second: Mapping[str, tuple[str, ...]],
    files: tuple[File, ...],
) -> Parameters:
    values = {name: first.get(name, ()) + second.get(name, ()) for name in (*first, *second)}
    for name, given in values.items():
        if "\x00" in name or any("\x00" in value for value in given):
            raise UnreadablePayload(field=name.replace("\x00", "")[:80], reason="nul")
    return Parameters(values, files)


def _fields(encoded: bytes) -> dict[str, tuple[str, ...]]:
    try:
        pairs = parse_qsl(
            encoded.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise UnreadablePayload(reason="not_utf8") from error
    except ValueError as error:
        raise UnreadablePayload(reason="too_many_fields", limit=MOST_FIELDS) from error
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise UnreadablePayload(reason="too_large") from error


def _multipart(
    request: HttpRequest,
) -> tuple[dict[str, tuple[str, ...]], tuple[File, ...]]:
    request.encoding = "utf-8"
    try:
        posted, sent = request.POST, request.FILES
    except (RequestDataTooBig, TooManyFilesSent) as error:
        raise UnreadablePayload(reason="too_large") from error
    except TooManyFieldsSent as error:
        raise UnreadablePayload(reason="too_many_fields", limit=MOST_FIELDS) from error
    except (MultiPartParserError, RawPostDataException) as error:
        raise UnreadablePayload(reason="broken_form") from error
    values = {name: tuple(posted.getlist(name)) for name in posted}
    if any("\ufffd" in value for given in values.values() for value in given):
        raise UnreadablePayload(reason="not_utf8")
    files = tuple(
        one for name in sent for one in sent.getlist(name) if isinstance(one, UploadedFile)
    )
    return values, files
