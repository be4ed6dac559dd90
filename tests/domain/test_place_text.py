"""What people mean when they write a place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hark311.domain.place_text import LONGEST, fold_name, interpolate, nice_name, read_place

WORDS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        ("123 Peachtree St NE", 123, ("peachtree st ne",)),
        ("#2 12TH ST NE", 2, ("12th st ne",)),
        ("123-125 Oak St", 123, ("oak st",)),
        ("100 block of Auburn Ave", 100, ("auburn ave",)),
        ("1180 Tenth Street Northeast, apt 4", 1180, ("10th st ne",)),
        ("123 Main Street, Ourtown, GA 30303", 123, ("main st",)),
        ("Calle Peachtree 123", 123, ("peachtree st",)),
        ("Avenida Ponce de León 1200", 1200, ("ponce de leon ave",)),
        ("cuadra 300 de la calle Roble", 300, ("roble st",)),
        ("10 st ne", None, ("10th st ne",)),
        ("Calle 10", None, ("10th st",)),
        ("Tenth Street", None, ("10th st",)),
        ("near Piedmont Park", None, ("piedmont park",)),
        ("10th St & Peachtree", None, ("10th st", "peachtree")),
        ("corner of 10th and Peachtree", None, ("10th", "peachtree")),
        ("Esquina de Calle 10 y Avenida del Parque", None, ("10th st", "parque ave")),
        ("Roble con Arce", None, ("roble", "arce")),
        ("Oak St at Elm Ave, Ourtown", None, ("oak st", "elm ave")),
        (" , ", None, ()),
        ("", None, ()),
    ],
)
def test_a_text_is_taken_apart(text, number, names):
    found = read_place(text)

    assert (found.number, found.names) == (number, names)


@given(WORDS)
@example("&")
@example("esquina de y")
@example("1 ")
@example("St " * 80)
def test_any_text_is_read(text):
    found = read_place(text)

    assert len(found.names) <= 2
    assert all(found.names)
    assert found.number is None or found.names


@given(WORDS)
def test_a_folded_name_is_its_own_folded_name(text):
    once = fold_name(text)

    assert fold_name(once) == once
    assert once == once.casefold()


@given(st.text(alphabet="áéíóúüñ abc", min_size=1, max_size=20))
def test_accents_and_case_make_no_difference(name):
    assert fold_name(name.upper()) == fold_name(name)


def test_a_long_text_costs_no_more():
    assert read_place("a" * (LONGEST + 500)).names == ("a" * LONGEST,)


@given(
    st.integers(0, 9000),
    st.tuples(st.integers(0, 9000), st.floats(-1, 1)),
    st.tuples(st.integers(0, 9000), st.floats(-1, 1)),
)
def test_a_number_lies_between_its_neighbors(number, first, last):
    found = interpolate(number, first, last)

    assert min(first[1], last[1]) - 1e-9 <= found <= max(first[1], last[1]) + 1e-9


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("10TH ST NE", "10th St NE"),
        ("Oak St", "Oak St"),
        ("PONCE DE LEON AVE", "Ponce De Leon Ave"),
    ],
)
def test_capitals_become_a_street_sign(written, shown):
    assert nice_name(written) == shown
