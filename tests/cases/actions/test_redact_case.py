"""Words that should never have been kept are gone everywhere, and nothing else is."""

import json

import pytest
from django.apps import apps
from django.db import connection
from tests.cases.make import (
    cases_of,
    last_event,
    make_case,
    make_incident,
    staff_actor,
    the_city,
)

from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.bodies import facts_of
from hark311.cases.ledger import columns_of
from hark311.cases.models import Attachment, Case, Event, EventBody, Incident
from hark311.cases.queries.timeline import case_timeline
from hark311.cases.washing import TABLES
from hark311.contacts.models import Interaction, Message
from hark311.domain.closing import Closing
from hark311.domain.errors import DoesNotApply, MissingText, NotFound
from hark311.domain.vocabulary import Outcome, Visibility

pytestmark = pytest.mark.django_db

SECRET = "Bob Smith"


def _kept_anywhere(words: str) -> list[str]:
    """The tables in which the words stand, whatever column holds them."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"SELECT count(*) FROM {table} AS t WHERE t::text ILIKE %s",  # noqa: S608
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.append(model._meta.db_table)
    return found


def _case() -> Case:
    return make_case(description=f"{SECRET} parks on the sidewalk.")


def test_the_words_stand_nowhere_any_more(frozen_clock):
    case = _case()
    add_public_note(case.incident_id, f"We wrote to {SECRET}.", actor=staff_actor())
    closing = Closing(Outcome.CANNOT_ACT, f"{SECRET} moved.", detail=f"{SECRET} left.")
    close_incident(case.incident_id, closing, actor=staff_actor())
    touch = Interaction.objects.create(
        jurisdiction=the_city().jurisdiction,
        reference="26-1",
        channel="web",
        kind="request",
        started_at=frozen_clock.at,
        case_number=case.number,
    )
    Message.objects.create(interaction=touch, text=f"it is {SECRET.lower()}", at=frozen_clock.at)

    redact_case(case.pk, SECRET, f"{SECRET} is a child.", actor=staff_actor())

    assert _kept_anywhere(SECRET) == []
    assert Case.objects.get().description == "●●● parks on the sidewalk."
    assert Incident.objects.get().closing_text == "●●● moved."
    assert last_event(case.incident).visibility == "staff"


def test_a_rebuild_finds_every_row_in_what_is_left(frozen_clock):
    case = _case()
    redact_case(case.pk, SECRET, "A wish.", actor=staff_actor())

    built: dict[tuple[str, str], dict[str, object]] = {}
    for body in EventBody.objects.order_by("event_id"):
        for table, rows in body.payload["rows"].items():
            for key, columns in rows.items():
                built.setdefault((table, key), {}).update(columns)
    for (table, key), columns in built.items():
        row = TABLES[table]._default_manager.get(pk=key)
        assert columns == json.loads(json.dumps(columns_of(row))), table
    assert {table for table, _key in built} == {
        "incident",
        "case",
        "membership",
        "promise",
        "clock",
    }


def test_the_facts_of_an_erased_event_are_still_told_without_the_words(frozen_clock):
    case = _case()
    closing = Closing(Outcome.FIXED, f"{SECRET} moved the car.")
    close_incident(case.incident_id, closing, actor=staff_actor())

    redact_case(case.pk, SECRET, "A wish.", actor=staff_actor())

    closed = Event.objects.get(kind="closed")
    assert not EventBody.objects.filter(event=closed).exists()
    assert facts_of(closed)["text"] == "●●● moved the car."
    redact_case(case.pk, "moved the car", "Another wish.", actor=staff_actor())
    assert facts_of(closed)["text"] == "●●● ●●●."


def test_a_timeline_tells_what_is_left_of_an_erased_event(frozen_clock):
    case = _case()
    add_public_note(case.incident_id, f"We wrote to {SECRET}.", actor=staff_actor())

    redact_case(case.pk, SECRET, "A wish.", actor=staff_actor())

    entries = case_timeline(case.pk, Visibility.PUBLIC)
    assert [(entry.kind.value, entry.facts.get("text")) for entry in entries] == [
        ("received", None),
        ("noted", "We wrote to ●●●."),
    ]


def test_events_without_the_words_stay_as_they_are(frozen_clock):
    case = _case()
    add_public_note(case.incident_id, "We look tomorrow.", actor=staff_actor())

    redact_case(case.pk, SECRET, "A wish.", actor=staff_actor())

    assert set(EventBody.objects.values_list("event__kind", flat=True)) == {"noted", "redacted"}


def test_a_merged_case_is_redacted_on_both_streams_and_still_goes_home(frozen_clock):
    case, into = _case(), make_incident()
    merge_incidents(case.incident_id, into.pk, actor=staff_actor(), text=f"{SECRET} again.")

    redact_case(case.pk, SECRET, "A wish.", actor=staff_actor())

    assert _kept_anywhere(SECRET) == []
    assert unmerge_case(case.pk, actor=staff_actor()).pk == case.incident_id
    assert len(cases_of(into)) == 1


def test_attachments_are_hidden_and_only_of_this_case(frozen_clock):
    case, other = make_case(), make_case()
    photos = [
        Attachment.objects.create(
            jurisdiction=the_city().jurisdiction,
            case=owner,
            kind="photo",
            storage_key="a",
            content_type="image/jpeg",
            size=1,
            digest="a",
            state="shown",
            created_at=frozen_clock.at,
        )
        for owner in (case, other)
    ]

    redact_case(
        case.pk, "no such words", "A face.", actor=staff_actor(), attachments=[photos[0].pk]
    )

    assert list(Attachment.objects.order_by("id").values_list("state", flat=True)) == [
        "hidden",
        "shown",
    ]
    with pytest.raises(NotFound):
        redact_case(case.pk, "none", "A face.", actor=staff_actor(), attachments=[photos[1].pk])


def test_what_is_not_there_too_short_or_without_reason_is_not_redacted(frozen_clock):
    case, actor = _case(), staff_actor()

    with pytest.raises(DoesNotApply):
        redact_case(case.pk, "Alice", "A wish.", actor=actor)
    with pytest.raises(DoesNotApply):
        redact_case(case.pk, "ob", "A wish.", actor=actor)
    with pytest.raises(MissingText):
        redact_case(case.pk, SECRET, "", actor=actor)
    with pytest.raises(MissingText):
        redact_case(case.pk, " ", "A wish.", actor=actor)
