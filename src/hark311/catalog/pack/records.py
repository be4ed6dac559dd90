"""How a frozen dataclass says which keys a mapping of the pack has, and how it is read.

Each field of a record is made with ``needed``, ``optional`` or ``defaulted``; from these follow
the reader, the checks for missing and unknown keys, and the reference page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from yaml.nodes import MappingNode, Node

from hark311.catalog.pack.marks import Place
from hark311.catalog.pack.reading import Reading, did_you_mean
from hark311.catalog.pack.shapes import Shape
from hark311.catalog.pack.tree import entries

T = TypeVar("T")


class Record(Protocol):
    """A frozen dataclass whose fields, apart from ``at``, are keys of a pack."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def at(self) -> Place: ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Key:
    """What the reader and the reference page know of one key."""

    shape: Shape[Any]
    about: str
    required: bool


def needed(shape: Shape[T], about: str) -> T:
    """A field whose key must be there."""
    return cast(T, field(metadata={"key": Key(shape, about, required=True)}))


def optional(shape: Shape[T], about: str) -> T | None:
    """A field that is None where its key is left out."""
    known = Key(shape, about, required=False)
    return cast("T | None", field(default=None, metadata={"key": known}))


def defaulted(shape: Shape[T], default: T, about: str) -> T:
    """A field that has ``default`` where its key is left out."""
    known = Key(shape, about, required=False)
    return field(default_factory=lambda: default, metadata={"key": known})


def keys_of(record: type[Record]) -> Mapping[str, Key]:
    """The keys of a record in the order in which they are declared."""
    named = {each.name: each.metadata.get("key") for each in fields(record)}
    return {name: found for name, found in named.items() if found is not None}


@dataclass(frozen=True, slots=True)
class RecordOf(Generic[R]):
    """A mapping with the keys of one record."""

    record: type[R]

    @property
    def about(self) -> str:
        return _noun(self.record)

    def read(self, node: Node, reading: Reading) -> R | None:
        at = Place.of(node)
        if not isinstance(node, MappingNode):
            known = ", ".join(keys_of(self.record))
            reading.fault(at, f"Here {self.about} is needed.", f"Its keys are {known}.")
            return None
        values = self._values(node, reading)
        missing = [
            name
            for name, known in keys_of(self.record).items()
            if known.required and name not in values
        ]
        return None if missing else self.record(at=at, **values)  # type: ignore[call-arg]

    def _values(self, node: MappingNode, reading: Reading) -> dict[str, Any]:
        """The values that could be read; faults say why the others could not."""
        known = keys_of(self.record)
        values: dict[str, Any] = {}
        written = set()
        for key_node, value_node in entries(node, reading.faults):
            name = key_node.value
            written.add(name)
            if name not in known:
                message = f"Unknown key {name!r} in {self.about}."
                reading.fault(Place.of(key_node), message, did_you_mean(name, known))
                continue
            value = known[name].shape.read(value_node, reading)
            if value is not None:
                values[name] = value
        for name, each in known.items():
            if each.required and name not in written:
                message = f"The key {name!r} is missing in {self.about}."
                reading.fault(Place.of(node), message, f"Add `{name}:` with {each.shape.about}.")
        return values


def _noun(record: type[Record]) -> str:
    """``ServicePromise`` as ``a service promise``."""
    words = "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in record.__name__
    )
    article = "an" if words.strip()[0] in "aeiou" else "a"
    return f"{article}{words}"
