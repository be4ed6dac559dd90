"""A reader who chose light or dark gets every page in it at once."""

import pytest
from django.test import RequestFactory

from hark311.platform.place import THEME_COOKIE, place


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", ""), ('x" onload="', "")]
)
def test_the_chosen_theme_comes_with_the_page(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES[THEME_COOKIE] = cookie

    assert place(request)["page_theme"] == theme
