"""Docs equal code."""

from pathlib import Path

from hark311.config import settings
from hark311.config.env import Declaration, declared
from hark311.config.reference import settings_page

ROOT = Path(__file__).parents[2]


def test_the_settings_page_is_what_the_code_declares():
    page = ROOT / "docs" / "reference" / "settings.md"

    assert page.read_text() == settings_page(), "run script/docs"


def test_a_secret_is_never_shown():
    secret = Declaration("A", "text", "", "why", is_secret=True, value="x", source="environment")

    assert secret.shown == "(hidden)"


def test_every_setting_gives_its_reason():
    assert all(len(declaration.about) > 10 for declaration in declared())
    assert settings.DECLARATIONS
