"""One neutral answer, written twice: as JSON after the Spark convention and as XML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import escape

import orjson


class Form(StrEnum):
    """The two forms of an answer, by the suffix that asks for them."""

    JSON = "json"
    XML = "xml"

    @property
    def content_type(self) -> str:
        kind = "application/json" if self is Form.JSON else "text/xml"
        return f"{kind}; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Items:
    """A list: a bare array in JSON; in XML every entry stands in an element named ``each``."""

    each: str
    entries: tuple["Node", ...]


Node: TypeAlias = str | int | float | bool | Items | Mapping[str, "Node"] | None


@dataclass(frozen=True, slots=True)
class Document:
    """What is answered. root: the outermost element, which JSON leaves out."""

    root: str
    content: Node


def written(document: Document, form: Form) -> bytes:
    """``document`` in UTF-8, in one of the two forms."""
    if form is Form.JSON:
        return _json(document)
    return _xml(document)


def _json(document: Document) -> bytes:
    return orjson.dumps(document.content, _plain, orjson.OPT_PASSTHROUGH_DATACLASS)


def _plain(node: Node) -> object:
    """What a kind of ours is in JSON; the rest is written as it is."""
    if isinstance(node, Items):
        return node.entries
    if isinstance(node, Mapping):
        return dict(node)
    raise TypeError


def _xml(document: Document) -> bytes:
    parts = ['<?xml version="1.0" encoding="utf-8"?>\n']
    _element(document.root, document.content, parts)
    return "".join(parts).encode()


def _element(name: str, node: Node, parts: list[str]) -> None:
    if node is None or node == "":
        parts.append(f"<{name}/>")
        return
    parts.append(f"<{name}>")
    if isinstance(node, Items):
        for entry in node.entries:
            _element(node.each, entry, parts)
    elif isinstance(node, Mapping):
        for inner_name, inner in node.items():
            _element(inner_name, inner, parts)
    else:
        parts.append(_text(node))
    parts.append(f"</{name}>")


# XML 1.0 has no way to write these, not even as a reference.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(node: str | int | float | bool) -> str:
    if isinstance(node, bool):
        return "true" if node else "false"
    return escape(_NOT_IN_XML.sub("", str(node)), {"\r": "&#13;"})


def rows(root: str, each: str, entries: Sequence[Node]) -> Document:
    """The usual answer: a bare array in JSON, ``root``/``each`` in XML."""
    return Document(root, Items(each, tuple(entries)))
