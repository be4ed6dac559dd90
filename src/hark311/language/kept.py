"""Heads in files: the same content gives the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from hark311.language.heads import Head, as_arrays, from_arrays

_FORM = "1"


def write_heads(path: Path, heads: Mapping[str, Head], *, made_from: str) -> int:
    """Write ``heads`` by name and return the size in bytes. made_from: digest of the examples."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "form": np.array(_FORM),
        "made_from": np.array(made_from),
        "names": np.array(sorted(heads)),
    }
    for name in sorted(heads):
        arrays.update(as_arrays(heads[name], name))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, allow_pickle=False, **arrays)
    part.replace(path)
    return path.stat().st_size


def read_heads(path: Path) -> Mapping[str, Head]:
    """The heads in a file; none if there is no file, or if it is of another form."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["form"]) != _FORM:
                return {}
            return {name: from_arrays(arrays, name) for name in arrays["names"].tolist()}
    except (FileNotFoundError, NotADirectoryError, BadZipFile, EOFError, KeyError, ValueError):
        return {}


def made_from(path: Path) -> str:
    """The digest of the examples that a file was made from; '' if there is none."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return str(arrays["made_from"])
    except (FileNotFoundError, NotADirectoryError, BadZipFile, EOFError, KeyError, ValueError):
        return ""
