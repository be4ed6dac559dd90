"""What opening a matter promises, whatever the channel."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from tests.cases.make import City, make_city, make_incident
from tests.intake.drafts import make_draft, resident

from hark311.cases.models import Case, Clock, Event, Incident, Membership
from hark311.catalog.models import ServiceVersion
from hark311.contacts.models import Interaction
from hark311.domain.draft import Contact
from hark311.domain.errors import (
    BadPlace,
    CannotMerge,
    ChannelRefused,
    KeyReused,
    NotFound,
    OutsideCity,
    TextTooLong,
    UnknownService,
)
from hark311.domain.numbers import is_number
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel, HazardLevel
from hark311.intake.submit import submit
from hark311.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock) -> City:
    return make_city()


def offer_only(city: City, code: str, channel: str) -> None:
    """Change the catalog so that a service is offered on one channel."""
    version = ServiceVersion.objects.get(
        service__code=code, service__jurisdiction=city.jurisdiction
    )
    version.content = {**version.content, "channels": [channel]}
    version.save()


def test_a_draft_becomes_a_numbered_case_in_a_queue_with_a_promise(city):
    receipt = submit(make_draft(city), actor=resident(city))

    case = Case.objects.get(number=receipt.number)
    assert is_number(receipt.number)
    assert case.incident.queue == city.queues["streets"]
    assert case.incident.why_here == [{"code": "service_queue", "facts": {"service": "pothole"}}]
    assert {clock.target for clock in Clock.objects.filter(case=case)} == {
        "acknowledge",
        "update",
        "resolve",
    }
    assert Membership.objects.get(case=case).incident == case.incident


def test_the_event_says_what_was_written(city):
    receipt = submit(make_draft(city), actor=resident(city))

    event = Event.objects.select_related("body").get(stream_id=receipt.incident_id)
    assert event.kind == "received"
    assert event.body.payload["rows"]["case"][str(receipt.case_id)]["number"] == receipt.number


def test_a_repeat_of_the_same_message_gets_the_same_receipt(city):
    draft = make_draft(city, source_key="once")

    first, second = submit(draft, actor=resident(city)), submit(draft, actor=resident(city))

    assert (second.number, second.token, second.is_repeat) == (first.number, first.token, True)
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(city):
    submit(make_draft(city, source_key="once"), actor=resident(city))

    with pytest.raises(KeyReused):
        submit(make_draft(city, source_key="once", description="Else."), actor=resident(city))


def test_the_same_key_on_another_channel_is_another_message(city):
    submit(make_draft(city, source_key="once"), actor=resident(city))
    submit(make_draft(city, source_key="once", channel=Channel.DESK), actor=resident(city))

    assert Case.objects.count() == 2


def test_a_refused_message_leaves_its_key_free(city):
    with pytest.raises(UnknownService):
        submit(make_draft(city, source_key="once", service_code="x"), actor=resident(city))

    receipt = submit(make_draft(city, source_key="once"), actor=resident(city))

    assert not receipt.is_repeat
    assert Interaction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_racing_repeats_make_one_case(city):
    draft = make_draft(city, source_key="race")

    def call(_attempt: int) -> str:
        try:
            return submit(draft, actor=resident(city)).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(call, range(8)))

    assert len(numbers) == 1
    assert Case.objects.count() == Incident.objects.count() == Person.objects.count() == 1


def test_an_area_gives_a_point_and_says_how_exact_it_is(city):
    receipt = submit(make_draft(city, point=None, area="ward:north"), actor=resident(city))

    case = Case.objects.get(pk=receipt.case_id)
    assert (case.lon, case.lat, case.precision) == (-80.0, 40.05, "area")
    assert case.areas == ["ward:north"]


def test_an_address_without_a_point_stands_in_the_middle_of_the_city(city):
    receipt = submit(make_draft(city, point=None, address_text="5 Elm St"), actor=resident(city))

    case = Case.objects.get(pk=receipt.case_id)
    assert (case.lon, case.lat, case.precision) == (-80.0, 40.0, "city")
    assert case.address == "5 Elm St"


def test_a_place_outside_names_who_is_responsible(city):
    with pytest.raises(OutsideCity) as refused:
        submit(make_draft(city, point=Point(-79.85, 40.0)), actor=resident(city))

    assert refused.value.facts["responsible"] == {"en": "Nextville"}
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"service_code": "nope"}, UnknownService, id="unknown service"),
        pytest.param({"point": None}, BadPlace, id="no place"),
        pytest.param({"point": None, "area": "ward:west"}, BadPlace, id="unknown area"),
        pytest.param({"description": "x" * 4001}, TextTooLong, id="too long"),
        pytest.param({"description": "x" * 1_000_000}, TextTooLong, id="a megabyte"),
        pytest.param({"join_incident": 999_999}, NotFound, id="joins nothing"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(city, changes, error):
    with pytest.raises(error):
        submit(make_draft(city, **changes), actor=resident(city))

    assert Case.objects.count() == Interaction.objects.count() == Person.objects.count() == 0


def test_a_service_is_refused_on_a_channel_the_catalog_does_not_offer(city):
    offer_only(city, "wellbeing", "phone")

    with pytest.raises(ChannelRefused) as refused:
        submit(make_draft(city, service_code="wellbeing"), actor=resident(city))

    assert refused.value.facts["channels"] == ["phone"]


def test_words_are_kept_as_written_but_shown_masked(city):
    words = "Call Ada Poe at (212) 555-0123 or ada@people.test \u202e\U0001f6a7<script>x</script>"

    receipt = submit(make_draft(city, description=words), actor=resident(city))

    case = Case.objects.get(pk=receipt.case_id)
    assert case.description == words
    for secret in ("Ada", "Poe", "0123", "ada@"):
        assert secret not in case.public_text
    assert "\U0001f6a7" in case.public_text


def test_characters_that_no_database_holds_are_left_out(city):
    receipt = submit(make_draft(city, description="a\x00b\ud800c\r\nd"), actor=resident(city))

    assert Case.objects.get(pk=receipt.case_id).description == "abc\nd"


def test_danger_is_named_and_still_recorded(city):
    draft = make_draft(city, description="The house is on fire")

    receipt = submit(draft, actor=resident(city))

    assert receipt.hazard is not None
    assert (receipt.hazard.level, receipt.hazard.line) == (HazardLevel.STOP, "911")
    assert Case.objects.get(pk=receipt.case_id).hazard == "fire"


def test_joining_keeps_the_case_its_number_and_its_promise(city):
    incident = make_incident(city)

    receipt = submit(make_draft(city, join_incident=incident.pk), actor=resident(city))

    case = Case.objects.get(number=receipt.number)
    assert case.incident_id == incident.pk
    assert Incident.objects.get(pk=incident.pk).active_cases == 2
    assert Clock.objects.filter(case=case).count() == 3


def test_a_sensitive_incident_is_never_joined(city):
    incident = make_incident(city, service="wellbeing")

    with pytest.raises(CannotMerge):
        submit(make_draft(city, join_incident=incident.pk), actor=resident(city))


def test_a_reporter_may_keep_a_public_matter_private(city):
    receipt = submit(make_draft(city, wants_public=False), actor=resident(city))

    assert Case.objects.get(pk=receipt.case_id).privacy == "private"


def test_nobody_is_made_up_for_an_anonymous_report(city):
    receipt = submit(make_draft(city, contact=Contact(name=" ")), actor=resident(city))

    assert Case.objects.get(pk=receipt.case_id).person is None


def test_opening_a_case_costs_a_fixed_number_of_statements(city, django_assert_max_num_queries):
    submit(make_draft(city), actor=resident(city))

    with django_assert_max_num_queries(25):
        submit(make_draft(city), actor=resident(city))
