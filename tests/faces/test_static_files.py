"""Style sheets and scripts come packed, named by content, and are asked for once."""

import re
import urllib.request

import pytest
from tests.faces.conftest import Faces


def _get(url: str, encoding: str = "identity"):
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})  # noqa: S310
    return urllib.request.urlopen(request, timeout=10)  # noqa: S310  # our own address


def _assets(faces: Faces) -> list[str]:
    page = _get(faces.address).read().decode()
    return sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)))


def test_a_page_names_its_assets_by_their_content(faces):
    assets = _assets(faces)

    assert len(assets) >= 3
    assert all(re.search(r"\.[0-9a-f]{12}\.(css|js)$", one) for one in assets), assets


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_they_come_packed(faces, encoding):
    for asset in _assets(faces):
        answer = _get(faces.address + asset, encoding)
        packed = len(answer.read())
        plain = len(_get(faces.address + asset).read())

        assert answer.headers["Content-Encoding"] == encoding or plain < 500, asset
        assert packed <= plain


def test_a_browser_may_keep_them_for_ever(faces):
    for asset in _assets(faces):
        rule = _get(faces.address + asset).headers["Cache-Control"]

        assert "immutable" in rule, asset


def test_no_script_holds_up_the_first_paint(faces):
    page = _get(faces.address).read().decode()
    scripts = re.findall(r"<script[^>]*>", page)

    assert scripts
    assert all('type="module"' in one or " defer" in one for one in scripts)
