"""The files of a pack as YAML nodes; no value is interpreted here.

Nodes are composed, never constructed: every value keeps its line and its own spelling, so that
``7:00`` stays a time and ``no`` stays a word.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.composer import ComposerError
from yaml.nodes import MappingNode, Node, ScalarNode

from hark311.catalog.pack.marks import Fault, Place

EXAMPLES = "examples"
"""The folder of what people say about services, from which understanding learns; not loaded."""
DEEPEST = 30
"""Levels of nesting that a pack can have; the format itself needs fewer than ten."""


class _PackLoader(yaml.SafeLoader):
    """Composes one file; an alias or a bottomless nesting is an error with a line."""

    depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # missing in the stubs
        if self.check_event(yaml.AliasEvent):
            raise ComposerError(None, None, "an alias (*name) is used", event.start_mark)
        if self.depth > DEEPEST:
            raise ComposerError(None, None, "lists and mappings nest too deep", event.start_mark)
        self.depth += 1
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def pack_files(folder: Path) -> list[Path]:
    """Every YAML file under the folder, in the order of their names, but those of examples."""
    found = (path for ending in ("*.yaml", "*.yml") for path in folder.rglob(ending))
    return sorted(path for path in found if path.relative_to(folder).parts[0] != EXAMPLES)


def compose(path: Path, name: str, faults: list[Fault]) -> Node | None:
    """The root node of a file, or None with a fault added if it cannot be read or is empty."""
    try:
        loader = _PackLoader(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        faults.append(_not_utf8(name, path, error))
        return None
    except OSError as error:
        faults.append(
            Fault(name, 1, f"The file cannot be read: {error.strerror}.", "Check its rights.")
        )
        return None
    except yaml.reader.ReaderError as error:
        faults.append(_bad_character(name, path, error))
        return None
    return _compose(loader, name, faults)


def _compose(loader: _PackLoader, name: str, faults: list[Fault]) -> Node | None:
    loader.name = name
    try:
        root: Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        faults.append(_not_yaml(name, error))
        return None
    except yaml.YAMLError as error:
        faults.append(Fault(name, 1, f"This is not YAML: {error}.", "Correct the spelling."))
        return None
    finally:
        loader.dispose()
    if root is None:
        faults.append(Fault(name, 1, "The file is empty.", "Fill it or remove it."))
    return root


def _not_utf8(name: str, path: Path, error: UnicodeDecodeError) -> Fault:
    line = path.read_bytes()[: error.start].count(b"\n") + 1
    return Fault(name, line, "The file is not UTF-8.", "Save it in the encoding UTF-8.")


def _bad_character(name: str, path: Path, error: yaml.reader.ReaderError) -> Fault:
    text = path.read_bytes().decode("utf-8-sig")
    line = text[: error.position].count("\n") + 1
    return Fault(
        name, line, "A character is not allowed in YAML.", "Remove the invisible character."
    )


def _not_yaml(name: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = " ".join(str(error.problem or error.context or "unknown problem").split())
    return Fault(
        name,
        line,
        f"This is not YAML that a pack can use: {problem}.",
        "Look at this line and the one before it: indentation, quotes, a missing colon.",
    )


def entries(node: MappingNode, faults: list[Fault]) -> Iterator[tuple[ScalarNode, Node]]:
    """The keys and values of a mapping; a key that is no word or comes twice is a fault."""
    seen: dict[str, Place] = {}
    for key, value in node.value:
        at = Place.of(key)
        if not isinstance(key, ScalarNode):
            faults.append(Fault(at.file, at.line, "A key is not a word.", "Write `key: value`."))
        elif key.value in seen:
            faults.append(
                Fault(
                    at.file,
                    at.line,
                    f"The key {key.value!r} stands twice; first on line {seen[key.value].line}.",
                    "Keep one of the two.",
                )
            )
        else:
            seen[key.value] = at
            yield key, value
