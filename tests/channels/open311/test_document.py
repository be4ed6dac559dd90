"""One document, written as JSON and as XML, says the same in both."""

import json

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from hark311.channels.open311.document import Document, Form, Items, rows, written

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
)


def test_a_list_is_a_bare_array_and_nested_elements():
    document = rows("services", "service", [{"code": "a", "keys": Items("key", ("x", "y"))}])

    assert json.loads(written(document, Form.JSON)) == [{"code": "a", "keys": ["x", "y"]}]
    assert written(document, Form.XML).decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        "<services><service><code>a</code><keys><key>x</key><key>y</key></keys></service></services>"
    )


def test_truth_numbers_and_nothing_keep_their_kinds():
    document = Document("row", {"yes": True, "lat": 39.95, "none": None, "count": 3})

    assert json.loads(written(document, Form.JSON)) == document.content
    assert written(document, Form.XML).endswith(
        b"<row><yes>true</yes><lat>39.95</lat><none/><count>3</count></row>"
    )


@given(TEXT)
def test_every_text_is_read_back_from_both_forms(text):
    document = Document("row", {"text": text})

    assert json.loads(written(document, Form.JSON))["text"] == text
    assert (fromstring(written(document, Form.XML)).findtext("text") or "") == text


@given(st.text())
def test_no_text_breaks_the_xml(text):
    document = Document("row", {"text": text})

    assert fromstring(written(document, Form.XML)).tag == "row"
