"""How a simulated city behaves, read from a file that people can change."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from hark311.platform.trouble import Trouble

OURS = Path(__file__).resolve().parent / "data" / "profile.yaml"


class Profile:
    """The numbers of one profile, by the names of the file: ``profile.share("reporting.spam")``."""

    def __init__(self, content: Mapping[str, Any], source: str) -> None:
        self._content, self._source = content, source

    def number(self, name: str) -> float:
        found = self._find(name)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self._wrong(name, "a number")
        return float(found)

    def numbers(self, name: str, count: int) -> tuple[float, ...]:
        """So many numbers in a row."""
        found = self._find(name)
        if not isinstance(found, Sequence) or len(found) != count:
            raise self._wrong(name, f"{count} numbers in a row")
        return tuple(float(one) for one in found)

    def shares(self, name: str) -> Mapping[str, float]:
        """Weights by name."""
        found = self._find(name)
        if not isinstance(found, Mapping) or not found:
            raise self._wrong(name, "names with numbers")
        return {str(key): float(share) for key, share in found.items()}

    def words(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """Lists of words by name."""
        found = self._find(name)
        if not isinstance(found, Mapping):
            raise self._wrong(name, "names with words")
        return {str(key): tuple(str(word) for word in words) for key, words in found.items()}

    def names(self, name: str) -> tuple[str, ...]:
        """The names in a part of the file."""
        found = self._find(name)
        if not isinstance(found, Mapping):
            raise self._wrong(name, "names")
        return tuple(str(key) for key in found)

    def has(self, name: str) -> bool:
        try:
            self._find(name)
        except Trouble:
            return False
        return True

    def _find(self, name: str) -> Any:
        found: Any = self._content
        for part in name.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise self._wrong(name, "there")
            found = found[part]
        return found

    def _wrong(self, name: str, wanted: str) -> Trouble:
        return Trouble(f"{self._source}: {name} is not {wanted}")


def read_profile(path: Path = OURS) -> Profile:
    """Raises Trouble if the file cannot be read; what is wrong within is told when it is used."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise Trouble(f"{path} cannot be read: {fault}") from None
    if not isinstance(content, Mapping):
        raise Trouble(f"{path} holds no profile")
    return Profile(content, path.name)
