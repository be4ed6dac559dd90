"""Takes pictures along: files are drawn anew as every upload is, foreign addresses are linked."""

from collections.abc import Sequence
from pathlib import Path

from hark311.domain.errors import BadMedia
from hark311.platform import media

MOST = 5


class Photos:
    """Finds pictures by the names that rows give. folder: None where there are no files."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None

    def of(
        self, names: Sequence[str], repairs: dict[str, str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Addresses to link, and keys of pictures kept; the rest is told in ``repairs``."""
        links: list[str] = []
        keys: list[str] = []
        for name in names:
            if name.startswith(("https://", "http://")):
                links.append(name)
            elif key := self._kept(name):
                keys.append(key)
            else:
                repairs["photo_left_out"] = name[:200]
        if len(links) > MOST or len(keys) > MOST:
            repairs["photos_over_five"] = str(max(len(links), len(keys)))
        return tuple(links[:MOST]), tuple(keys[:MOST])

    def _kept(self, name: str) -> str | None:
        """The key of a picture in the folder, or None: there is none, or it is no picture."""
        if self._folder is None:
            return None
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            return None
        if path.stat().st_size > media.LARGEST_BYTES:
            return None
        try:
            picture = media.cleaned_picture(path.read_bytes())
        except BadMedia:
            return None
        return media.save_once(picture.content, picture.content_type)
