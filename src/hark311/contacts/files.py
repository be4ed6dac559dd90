"""Keeps recordings as private evidence: on disk outside the web, known by a row, for staff."""

import wave
from datetime import datetime
from io import BytesIO

from hark311.contacts.models import IncomingFile, Interaction
from hark311.domain.errors import BadMedia, NotFound
from hark311.platform import media, provider_files, recordings

LARGEST_RECORDING = 20 * 1024 * 1024
_KEPT = "kept"


def keep_recording(content: bytes) -> str:
    """Keep the bytes of a WAV file; the same bytes have the same key.

    Raises BadMedia(reason="not_a_recording") for anything else.
    """
    try:
        with wave.open(BytesIO(content)) as sound:
            sound.getnframes()
    except (wave.Error, EOFError) as fault:
        raise BadMedia(reason="not_a_recording") from fault
    return recordings.save(content)


def recording_of(interaction: Interaction, where: str, *, at: datetime) -> IncomingFile:
    """The recording of a call as a row. where: at the provider, or as the gateway was told."""
    is_kept = where.startswith("kept:")
    key = where.split(":")[1] if is_kept else ""
    row, _is_new = IncomingFile.objects.get_or_create(
        interaction=interaction,
        kind="recording",
        source_url="" if is_kept else where,
        storage_key=key,
        defaults={
            "content_type": "audio/wav" if is_kept else "",
            "state": _KEPT if is_kept else "waiting",
            "next_try_at": None if is_kept else at,
            "created_at": at,
        },
    )
    return row


def recording(file_id: int, jurisdiction_id: int) -> tuple[bytes, str]:
    """What was recorded, and the number of the case that the call led to, if any.

    Raises NotFound if it is not here (yet).
    """
    row = (
        IncomingFile.objects.filter(
            pk=file_id, kind="recording", state=_KEPT, interaction__jurisdiction=jurisdiction_id
        )
        .select_related("interaction")
        .first()
    )
    if row is None:
        raise NotFound(what="recording")
    try:
        return recordings.read(row.storage_key), row.interaction.case_number
    except FileNotFoundError as gone:
        raise NotFound(what="recording") from gone


def picture_of(interaction: Interaction, url: str, *, at: datetime) -> IncomingFile:
    """A picture that is still at the provider, as a row; the same again is the same."""
    row, _is_new = IncomingFile.objects.get_or_create(
        interaction=interaction,
        kind="picture",
        source_url=url[:2000],
        defaults={"state": "waiting", "next_try_at": at, "created_at": at},
    )
    return row


def fetched_picture(file_id: int) -> tuple[Interaction, str] | None:
    """The interaction and storage key of a picture, fetched and drawn anew the first time.

    None for what was fetched before or is no picture. Raises OSError while the provider is away.
    """
    row = _waiting(file_id, "picture")
    if row is None:
        return None
    try:
        picture = media.cleaned_picture(
            provider_files.fetch(row.source_url, most_bytes=media.LARGEST_BYTES)
        )
    except (BadMedia, provider_files.NotTheProvider):
        _settle(row, "failed", "", "")
        return None
    key = media.save_once(picture.content, picture.content_type)
    _settle(row, _KEPT, key, picture.content_type)
    return row.interaction, key


def fetch_recording(file_id: int) -> None:
    """Bring a recording here from the provider; twice is as once.

    Raises OSError while the provider is away.
    """
    row = _waiting(file_id, "recording")
    if row is None:
        return
    try:
        content = provider_files.fetch(f"{row.source_url}.wav", most_bytes=LARGEST_RECORDING)
        _settle(row, _KEPT, keep_recording(content), "audio/wav")
    except (BadMedia, provider_files.NotTheProvider):
        _settle(row, "failed", "", "")


def _waiting(file_id: int, kind: str) -> IncomingFile | None:
    return (
        IncomingFile.objects.select_related("interaction__jurisdiction")
        .filter(pk=file_id, kind=kind, state="waiting")
        .first()
    )


def _settle(row: IncomingFile, state: str, key: str, content_type: str) -> None:
    row.state, row.storage_key, row.content_type = state, key, content_type
    row.attempts, row.next_try_at = row.attempts + 1, None
    row.save()
