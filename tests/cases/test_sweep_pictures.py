import os

import pytest
from tests.cases.make import make_case

from hark311.cases.models import Attachment
from hark311.cases.sweep_pictures import KEPT, sweep_pictures
from hark311.platform import clock, media

pytestmark = pytest.mark.django_db


def kept(content: bytes, *, is_old: bool = True) -> str:
    key = media.save(content, "image/png")
    if is_old:
        os.utime(media._marks() / key[3:], (0, 0))
    return key


def test_only_old_pictures_that_nothing_points_at_are_deleted(frozen_clock):
    needed, left, fresh = kept(b"needed"), kept(b"left"), kept(b"fresh", is_old=False)
    case = make_case()
    Attachment.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        kind="photo",
        storage_key=needed,
        content_type="image/png",
        size=6,
        digest="0" * 64,
        created_at=clock.now(),
    )

    assert sweep_pictures() >= 2

    assert [media.exists(key) for key in (needed, left, fresh)] == [True, False, True]
    assert {needed, left}.isdisjoint(media.waiting_longer_than(KEPT.total_seconds()))
