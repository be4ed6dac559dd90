"""People are found exactly first, then forgiving slips, each way along its own index."""

import pytest
from tests.cases.make import make_person

from hark311.people import finding
from hark311.people.finding import people_like
from hark311.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(frozen_clock) -> Person:
    return make_person(name="Adaeze Okonkwo", email="adaeze.okonkwo@people.test")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("adaeze.okonkwo@people.test", id="the address"),
        pytest.param("ADAEZE.OKONKWO@people.test", id="in capitals"),
        pytest.param("adaeze.okonkwo@gmail.test", id="at another provider"),
        pytest.param("adaeze.okonquo@people.test", id="misheard"),
        pytest.param("+1 212 555 0123", id="the number"),
        pytest.param("(212) 555-0123", id="as people write it"),
        pytest.param("555 0123", id="without its area"),
        pytest.param("okonkwo adaeze", id="the name in any order"),
        pytest.param("ada oko", id="how it begins"),
        pytest.param("Adaese Okonko", id="how it sounds"),
    ],
)
def test_somebody_is_found_by_what_a_caller_says(ada, words):
    assert people_like(words, ada.jurisdiction_id) == (ada.pk,)


def test_who_is_meant_exactly_keeps_out_who_only_sounds_so(ada):
    make_person(name="Adaeze Okonkwa", email="other@people.test")

    assert people_like("Adaeze Okonkwo", ada.jurisdiction_id) == (ada.pk,)


@pytest.mark.parametrize("words", ["", " ", "!!", "a", "12", "' OR 1=1 --", "a:* & b", "\x00", "@"])
def test_nobody_is_found_by_nothing(ada, words):
    Person.objects.filter(pk=ada.pk).update(email="")
    assert people_like(words, ada.jurisdiction_id) == ()


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (finding._EXACT_NAME, "person_name_words"),
        (finding._BEGINS_NAME, "person_name_words"),
        (finding._LIKE_NAME, "person_name_like"),
        (finding._LIKE_EMAIL, "person_email_begins"),
        (finding._LIKE_PHONE, "person_phone_local"),
    ],
)
def test_each_way_has_its_index(owner_connection, condition, index):
    facts = {"words": "ada", "phone": "", "local": "5550123", "prefixes": "ada:*"}
    with owner_connection.transaction(force_rollback=True):
        owner_connection.execute("SET LOCAL enable_seqscan = off")
        # With next to no rows another index may seem as good: look without those.
        owner_connection.execute("DROP INDEX person_email, person_phone")
        statement = f"EXPLAIN SELECT id FROM people_person WHERE {condition}"  # noqa: S608
        plan = " ".join(row[0] for row in owner_connection.execute(statement, facts))

    assert index in plan
