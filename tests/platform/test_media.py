"""What strangers upload as photos: what becomes of it, and what is refused, each for its reason."""

import os
import random
import signal
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from hark311.domain.errors import BadMedia
from hark311.platform import media, media_pool
from hark311.platform.media_pool import Pool, pool

pillow_heif.register_heif_opener()
NORTH_OF_EQUATOR, WEST = (33.0, 45.0, 0.0), (84.0, 23.0, 24.0)


@pytest.fixture(scope="module", autouse=True)
def no_process_stays():
    yield
    pool.close()


def picture(
    kind: str, *, mode: str = "RGB", size=(40, 20), orientation: int = 1, gps=None, **how
) -> bytes:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    if gps:
        exif.get_ifd(0x8825).update(gps)
    Image.new(mode, size).save(made, kind, exif=exif, **how)
    return made.getvalue()


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A drawing with one more part behind its header."""
    drawing, checked = picture("PNG"), kind + content
    part = struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
    return drawing[:33] + part + drawing[33:]


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A drawing of 60,000 by 60,000 black points in a few kilobytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj()
    body = b"".join(packer.compress(row) for _row in range(2000)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("kind", "mode", "content_type"),
    [
        pytest.param("JPEG", "RGB", "image/jpeg", id="photo"),
        pytest.param("JPEG", "L", "image/jpeg", id="gray photo"),
        pytest.param("JPEG", "CMYK", "image/jpeg", id="print colors"),
        pytest.param("PNG", "RGBA", "image/png", id="drawing"),
        pytest.param("PNG", "P", "image/png", id="drawing of few colors"),
        pytest.param("PNG", "I;16", "image/png", id="drawing of many grays"),
        pytest.param("WEBP", "RGB", "image/jpeg", id="WebP"),
        pytest.param("WEBP", "RGBA", "image/jpeg", id="see-through WebP"),
        pytest.param("HEIF", "RGB", "image/jpeg", id="HEIC"),
    ],
)
def test_photos_of_every_kind_become_what_every_screen_shows(kind, mode, content_type):
    clean = media.cleaned_picture(picture(kind, mode=mode))

    assert clean.content_type == content_type
    shown = Image.open(BytesIO(clean.content))
    assert shown.mode in {"RGB", "RGBA"}
    assert shown.size == (40, 20)
    assert clean.position is None


def test_print_colors_stay_the_colors_people_see():
    made = BytesIO()
    Image.new("CMYK", (40, 20), (0, 255, 255, 0)).save(made, "JPEG", quality=95)

    shown = Image.open(BytesIO(media.cleaned_picture(made.getvalue()).content))

    red, green, blue = shown.getpixel((20, 10))
    assert red > 200
    assert green < 60
    assert blue < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_stands_upright_and_says_so_no_more(kind):
    clean = media.cleaned_picture(picture(kind, orientation=6))

    upright = Image.open(BytesIO(clean.content))
    assert upright.size == (20, 40)
    assert not upright.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_where_it_was_taken_is_told_and_stays_not_in_the_picture(kind):
    gps = {1: "N", 2: NORTH_OF_EQUATOR, 3: "W", 4: WEST}
    clean = media.cleaned_picture(picture(kind, gps=gps))

    assert clean.position == pytest.approx((-84.39, 33.75))
    assert not Image.open(BytesIO(clean.content)).getexif()
    assert b"A camera" not in clean.content


@pytest.mark.parametrize(
    "gps",
    [
        pytest.param({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, id="null island"),
        pytest.param({1: "N", 2: (99.0, 0.0, 0.0), 3: "W", 4: WEST}, id="off the globe"),
        pytest.param({1: "N", 2: NORTH_OF_EQUATOR}, id="half of it"),
    ],
)
def test_a_place_that_cannot_be_is_none(gps):
    assert media.cleaned_picture(picture("JPEG", gps=gps)).position is None


def test_a_large_photo_is_kept_in_a_size_that_loads():
    clean = media.cleaned_picture(picture("JPEG", size=(5000, 2500)))

    assert Image.open(BytesIO(clean.content)).size == (2560, 1280)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_picture_that_moves_the_first_is_kept_and_that_is_said(kind):
    made, first = BytesIO(), Image.new("RGB", (40, 20), "red")
    more = [Image.new("RGB", (40, 20), "blue")]
    first.save(made, kind, save_all=True, append_images=more)

    clean = media.cleaned_picture(made.getvalue())

    assert clean.is_first_of_several
    assert Image.open(BytesIO(clean.content)).convert("RGB").getpixel((5, 5))[0] > 200


def test_of_a_photo_that_holds_several_the_first_is_kept():
    made, first = BytesIO(), Image.new("RGB", (40, 20))
    first.save(made, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])

    clean = media.cleaned_picture(made.getvalue())

    assert clean.content_type == "image/jpeg"
    assert Image.open(BytesIO(clean.content)).size == (40, 20)


@pytest.mark.parametrize(
    ("content", "reason", "kind"),
    [
        pytest.param(b"", "empty", None, id="nothing"),
        pytest.param(b"x" * (media.LARGEST_BYTES + 1), "too_large", None, id="too many bytes"),
        pytest.param(b"%PDF-1.7 ...", "not_a_picture", "pdf", id="a PDF"),
        pytest.param(picture("GIF"), "not_a_picture", "gif", id="a GIF"),
        pytest.param(b"<svg onload='x()'/>", "not_a_picture", "svg", id="SVG"),
        pytest.param(b"<?xml?><svg/>", "not_a_picture", "svg", id="SVG behind a heading"),
        pytest.param(b"\n <!DOCTYPE html><p>", "not_a_picture", "page", id="a web page"),
        pytest.param(b"\0\0\0 ftypisom" + b"\0" * 40, "not_a_picture", "video", id="a film"),
        pytest.param(b"PK\x03\x04" + b"\0" * 40, "not_a_picture", "archive", id="packed"),
        pytest.param(b"some words", "not_a_picture", None, id="words"),
        pytest.param(picture("JPEG", size=(900, 900))[:4000], "broken", None, id="cut off"),
        pytest.param(with_chunk(b"gAMA", b""), "not_a_picture", None, id="an empty part"),
        pytest.param(bomb(), "too_many_pixels", None, id="a decompression bomb"),
        pytest.param(
            with_chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 20_000_000)),
            "not_a_picture",
            None,
            id="words that unfold to 20 MB",
        ),
    ],
)
def test_what_is_no_photo_is_refused_and_why_is_told(content, reason, kind):
    with pytest.raises(BadMedia) as refused:
        media.cleaned_picture(content)

    assert refused.value.facts["reason"] == reason
    assert refused.value.facts.get("kind") == kind


def test_a_photo_follows_a_refused_one_in_the_same_process():
    with pytest.raises(BadMedia):
        media.cleaned_picture(bomb())

    assert media.cleaned_picture(picture("JPEG")).content_type == "image/jpeg"


def test_a_process_that_is_killed_is_replaced_and_the_photo_is_not_lost():
    mine = Pool(1)
    mine.draw(picture("JPEG"))
    os.kill(mine._idle.queue[0].process.pid, signal.SIGKILL)

    assert mine.draw(picture("PNG")).content_type == "image/png"
    mine.close()


def test_a_decoder_that_does_not_come_to_an_end_is_ended(monkeypatch):
    monkeypatch.setattr(media_pool, "LONGEST_S", 0.4)
    monkeypatch.setattr(media_pool, "_COMMAND", ("/bin/sleep", "60"))
    mine = Pool(1)

    with pytest.raises(BadMedia) as refused:
        mine.draw(picture("JPEG"))

    assert refused.value.facts["reason"] == "broken"
    assert mine._idle.empty()


def test_six_at_once_share_two_processes():
    mine = Pool(2)
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(mine.draw, [picture("JPEG")] * 6))

    assert len(made) == 6
    assert mine._idle.qsize() <= 2
    mine.close()


def test_the_process_can_open_nothing_and_holds_no_secret(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret@nowhere/x")
    mine = Pool(1)
    mine.draw(picture("JPEG"))
    pid = mine._idle.queue[0].process.pid
    with open(f"/proc/{pid}/limits") as limits:
        of = {line[:26].strip(): line[26:47].strip() for line in limits}
    with open(f"/proc/{pid}/environ", "rb") as environment:
        assert b"secret" not in environment.read()

    assert of["Max open files"] == "3"
    assert of["Max file size"] == "0"
    assert int(of["Max address space"]) <= 1 << 30
    assert int(of["Max cpu time"]) < 60
    mine.close()


def test_whatever_bytes_come_the_answer_is_a_picture_or_a_refusal():
    dice, answers = random.Random(311), set()
    samples = [picture(kind) for kind in ("JPEG", "PNG", "WEBP", "HEIF")]
    for turn in range(120):
        spoiled = bytearray(samples[turn % 4])
        for _fault in range(dice.randint(1, 12)):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        answers.add(answer_to(bytes(spoiled)))

    assert answers <= {"taken", "broken", "not_a_picture", "too_many_pixels"}


def answer_to(content: bytes) -> object:
    try:
        media.cleaned_picture(content)
    except BadMedia as refused:
        return refused.facts["reason"]
    return "taken"


def test_what_is_saved_is_read_by_its_key():
    key = media.save(b"bytes", "image/png")

    assert key.endswith(".png")
    assert media.read(key) == b"bytes"


def test_the_same_bytes_are_kept_once_and_wait_anew():
    key = media.save_once(b"the same", "image/png")
    os.utime(media._marks() / key[3:], (0, 0))
    assert key in media.waiting_longer_than(60)

    assert media.save_once(b"the same", "image/png") == key
    assert key not in media.waiting_longer_than(60)


def test_what_is_settled_waits_no_more_and_what_is_deleted_is_gone():
    key = media.save(b"settled", "image/png")
    os.utime(media._marks() / key[3:], (0, 0))
    media.settle(key)
    assert key not in media.waiting_longer_than(60)

    media.delete(key)
    media.delete(key)
    assert not media.exists(key)


@pytest.mark.parametrize("key", ["../secret.key", "/etc/passwd", "aa/none.jpg"])
def test_nothing_else_is_read(key):
    with pytest.raises(FileNotFoundError):
        media.read(key)
