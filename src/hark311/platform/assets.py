"""Gathers style sheets and scripts, compressed and named by content, when they changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Files named by their content; what a module imports is named so inside it, too."""

    support_js_module_import_aggregation = True


def gather() -> bool:
    """Gather all static files into settings.STATIC_ROOT; whether anything had changed."""
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command(
        "collectstatic",
        interactive=False,
        verbosity=0,
        clear=stamp.exists(),
        ignore_patterns=["*-src*"],
    )
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    # Another way of packing makes other files of the same sources.
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
