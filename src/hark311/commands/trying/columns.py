"""What the columns of an unknown export look like, told from their headings and a sample."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

DATE_FORMS = (
    "iso",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
)
EMPTY = frozenset({"", "null", "none", "n/a", "na", "nan", "unspecified", "-"})
_MOSTLY = 0.9
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Column:
    """One column of the sample. name: as profiles write it. values: in order of the rows."""

    name: str
    values: tuple[str, ...]

    @cached_property
    def filled(self) -> tuple[str, ...]:
        return tuple(value for value in self.values if value.lower() not in EMPTY)

    @cached_property
    def kinds(self) -> Counter[str]:
        return Counter(self.filled)

    @property
    def fill(self) -> float:
        """The share of rows that have a value."""
        return len(self.filled) / len(self.values) if self.values else 0.0

    @property
    def variety(self) -> float:
        """How many of the values are different, as a share."""
        return len(self.kinds) / len(self.filled) if self.filled else 0.0

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the heading."""
        return frozenset(self.name.split("_"))

    @cached_property
    def length(self) -> float:
        """The mean length of a value in characters."""
        return sum(map(len, self.filled)) / len(self.filled) if self.filled else 0.0

    @cached_property
    def is_number(self) -> bool:
        return _share(self.filled, lambda value: bool(_NUMBER.fullmatch(value))) >= _MOSTLY

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        return tuple(float(value) for value in self.filled if _NUMBER.fullmatch(value))

    @cached_property
    def decimals(self) -> float:
        """The mean number of digits behind the point."""
        digits = [len(value.partition(".")[2]) for value in self.filled]
        return sum(digits) / len(digits) if digits else 0.0

    @cached_property
    def date_form(self) -> str:
        """The form that most of its values have, or "" if it holds no dates."""
        if self.is_number or not self.filled:
            return ""
        shares = {form: _share(self.filled[:400], _reads(form)) for form in DATE_FORMS}
        best = max(shares, key=lambda form: shares[form])
        return best if shares[best] >= _MOSTLY else ""

    @cached_property
    def instants(self) -> tuple[datetime | None, ...]:
        """Its dates, row by row, without their zones; None where there is none."""
        return tuple(instant(value, self.date_form) for value in self.values)

    def has(self, *words: str) -> bool:
        """True if the heading holds one of the words, whole or run together."""
        return any(
            word in self.words
            or self.name.startswith(word if len(word) > 2 else f"{word}_")
            or (len(word) > 3 and word in self.name)
            for word in words
        )


def instant(text: str, form: str) -> datetime | None:
    """The instant that ``text`` tells in a form, without its zone; None if it is none."""
    try:
        if form == "iso":
            return datetime.fromisoformat(text).replace(tzinfo=None)
        return datetime.strptime(text, form).replace(tzinfo=None)  # noqa: DTZ007  # compared only
    except ValueError:
        return None


def columns_of(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> tuple[Column, ...]:
    """The columns of a sample; a heading without letters or digits is left out."""
    return tuple(
        Column(name, tuple(row.get(name, "").strip() for row in rows)) for name in names if name
    )


def _reads(form: str) -> Callable[[str], bool]:
    return lambda text: instant(text, form) is not None


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values) if values else 0.0
