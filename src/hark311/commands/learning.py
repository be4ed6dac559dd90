"""What the verbs of understanding share: packs as examples, and their readers."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from hark311.catalog.pack.check import read_pack
from hark311.catalog.pack.service_format import Service
from hark311.language.examples import Example, examples_in
from hark311.language.heads import Head
from hark311.language.kept import read_heads
from hark311.language.readers import PACKS, SHARED, embedder, packed_file, trained_file
from hark311.language.reading import HeadName, Reader
from hark311.platform.trouble import Trouble


def folder_of(city: str) -> Path:
    """The folder of a pack, by its name or path. Raises Trouble if there is none."""
    for folder in (PACKS / city, Path(city)):
        if city and folder.is_dir():
            return folder
    known = ", ".join(sorted(each.name for each in PACKS.glob("*/")))
    raise Trouble(f"there is no city pack {city!r}: name a folder, or one of {known}")


def examples_of(folder: Path) -> list[Example]:
    """What a pack says of its services: names, texts, phrases and the files of examples.

    Raises BadPack, and Trouble if an example is of a service that the pack does not have.
    """
    services = read_pack(folder).services
    known = {str(service.code) for service in services}
    written = examples_in(folder / "examples")
    for one in written:
        if one.label not in known:
            raise Trouble(f"examples/{one.language}.yaml: there is no service {one.label!r}")
    return [*(one for service in services for one in _catalog_examples(service)), *written]


def reader_of(folder: Path) -> Reader:
    """The reader of a pack; what was never trained is trained first, in a process of its own.

    Raises Trouble if that fails.
    """
    heads = _heads_of(folder)
    if HeadName.SERVICES not in heads:
        _train(folder)
        heads = _heads_of(folder)
    return Reader(embedder(), {**read_heads(SHARED), **heads})


def _heads_of(folder: Path) -> Mapping[str, Head]:
    return read_heads(trained_file(folder.name)) or read_heads(packed_file(folder))


def _train(folder: Path) -> None:
    """Learning needs much more memory than reading, which must not stay in this process."""
    words = ("language", "train", "--city", str(folder), "--data", str(settings.DATA))
    done = subprocess.run(
        [sys.executable, "-m", "hark311.commands.main", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble((done.stderr.strip().splitlines() or ["the pack cannot be learned"])[-1])


def _catalog_examples(service: Service) -> Iterator[Example]:
    code = str(service.code)
    for texts in (service.names, service.descriptions):
        for language, text in (texts or {}).items():
            yield Example(code, str(text), str(language))
    for lists in (service.phrases, service.keywords):
        for language, words in (lists or {}).items():
            for word in words:
                yield Example(code, str(word), str(language))
