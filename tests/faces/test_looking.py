"""The questions that pages are asked find what they are meant to find."""

import pytest
from tests.faces.looking import (
    SCRIPT,
    axe_faults,
    html_faults,
    keyboard_faults,
    narrow_faults,
    prose_faults,
    rules_faults,
)
from tests.faces.reading import grade, syllables

SOUND = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<style>:focus-visible {{ outline: 3px solid }}</style><main><h1>A page</h1>{}</main></html>"""


def _shown(browser, inside):
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.set_content(SOUND.format(inside))
    page.evaluate(SCRIPT)
    return page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<h3>Deep</h3>", "a heading skips a level"),
        ("<h1>Again</h1>", "2 h1"),
        ("<input>", "a field without a label"),
        ('<a href="/a">here</a>', "a link that says nothing"),
        ('<p tabindex="3">First!</p>', "positive tabindex"),
        ('<p style="color: red">Red</p>', "inline style"),
        ('<p onclick="go()">Go</p>', "onclick in the markup"),
        ('<label for="gone">Name</label>', "refers to #gone"),
    ],
)
def test_a_fault_of_structure_is_told(browser, inside, fault):
    told = _shown(browser, inside).evaluate("faces.structure()")

    assert any(fault in line for line in told), told


@pytest.mark.browser
def test_a_stop_without_a_ring_is_told(browser):
    page = _shown(browser, '<a href="/a">One</a><a href="/b" class="bare">Two</a>')
    page.add_style_tag(content=".bare:focus-visible { outline: 0 }")

    assert keyboard_faults(page) == ["no focus ring on a.bare “Two”"]


@pytest.mark.browser
def test_a_stop_behind_something_else_is_told(browser):
    page = _shown(browser, '<a href="/a">One</a><div class="over">Above</div>')
    page.add_style_tag(content=".over { position: fixed; inset: 0; background: #fff }")

    assert keyboard_faults(page) == ["the focus is out of sight on a “One”"]


@pytest.mark.browser
def test_what_tab_never_reaches_is_told(browser):
    page = _shown(browser, '<a href="/a" id="one">One</a><a href="/b">Two</a>')
    page.evaluate(
        "document.addEventListener('keydown', (e) => {"
        " if (document.activeElement.id === 'one') e.preventDefault(); })"
    )

    assert keyboard_faults(page) == ["Tab never reaches a “Two”"]


@pytest.mark.browser
def test_a_field_for_a_day_is_walked_through(browser):
    page = _shown(browser, '<label>Day <input type="date"></label><a href="/b">Two</a>')

    assert keyboard_faults(page) == []


@pytest.mark.browser
def test_what_is_wider_than_the_screen_or_cut_off_is_told(browser):
    page = _shown(browser, '<p class="wide">Wide</p><p class="cut">Cut off at the edge of it</p>')
    page.add_style_tag(
        content=".wide { width: 500px } .cut { width: 5em; white-space: nowrap; overflow: hidden }"
    )

    told = " ".join(narrow_faults(page))

    assert "to scroll sideways: p.wide" in told
    assert "text is cut off in p.cut" in told


@pytest.mark.browser
def test_a_pale_word_is_told(browser):
    page = _shown(browser, '<p class="pale">Pale</p>')
    page.add_style_tag(content=".pale { color: #ccc; background: #fff }")

    assert axe_faults(page)[0].startswith("axe color-contrast: p ")


@pytest.mark.browser
def test_what_is_not_html_is_told(faces):
    if not faces.checker:
        pytest.skip("no Java is installed: nothing checks the HTML")

    told = html_faults(faces.checker, SOUND.format("<p><div>A box in a line</div></p>").encode())

    assert any("p” end tag" in line or "p” element" in line for line in told), told


def test_a_rule_that_lets_pages_carry_scripts_is_told():
    loose = {"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'"}

    assert len(rules_faults(loose)) == 2


@pytest.mark.parametrize(
    ("word", "count"),
    [("hole", 1), ("city", 2), ("report", 2), ("repaired", 2), ("emergency", 4), ("table", 2)],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_plain_words_read_easier_than_those_of_an_office():
    plain = ["We fix the hole by Friday. You get a note when it is done."] * 3
    office = ["The municipality anticipates remediation of infrastructural irregularities."] * 5

    assert grade(plain) < 4
    assert grade(office) > 15
    assert prose_faults(office)[0].startswith("reads at grade")
