"""What is kept for a time only, and what stays when the time is over."""

from datetime import timedelta

import pytest
from tests.cases.make import make_city
from tests.intake.drafts import make_draft, resident

from hark311.contacts.actions import add_message, forget_keys
from hark311.contacts.models import Draft, Interaction
from hark311.contacts.redaction import redact_contacts
from hark311.government.accounts import forget_sessions
from hark311.intake.submit import submit
from hark311.people.models import AddressProof
from hark311.people.proofs import sweep_proofs
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def test_a_repeat_is_known_for_thirty_days_and_the_touch_stays(frozen_clock):
    city = make_city()
    draft = make_draft(city, source_key="once")
    submit(draft, actor=resident(city))

    frozen_clock.move_by(timedelta(days=29))
    assert forget_keys() == 0
    frozen_clock.move_by(timedelta(days=2))
    assert forget_keys() == 1

    assert Interaction.objects.get().source_key is None
    assert not submit(draft, actor=resident(city)).is_repeat


def test_a_link_is_forgotten_a_day_after_it_ended(frozen_clock):
    now = clock.now()
    AddressProof.objects.create(
        jurisdiction=make_city().jurisdiction,
        address="ada@people.test",
        sent_at=now,
        expires_at=now + timedelta(minutes=30),
    )

    assert sweep_proofs() == 0
    frozen_clock.move_by(timedelta(days=2))
    assert sweep_proofs() == 1


def test_only_sessions_that_ended_are_forgotten(frozen_clock, client):
    client.session.save()

    assert forget_sessions() == 0
    frozen_clock.move_by(timedelta(days=3650))
    assert forget_sessions() == 1


def test_a_redaction_covers_what_drafts_and_messages_of_a_case_say():
    city = make_city()
    submit(make_draft(city), actor=resident(city))
    touch = Interaction.objects.get()
    draft = Draft.objects.create(
        interaction=touch,
        content={"description": "Bob Smith did it", "answers": {"who": ["bob smith"]}},
        created_at=clock.now(),
    )
    add_message(touch, "It was Bob Smith.", at=clock.now())

    assert redact_contacts(touch.case_number, "Bob Smith") == 2

    draft.refresh_from_db()
    assert "smith" not in str(draft.content).lower()
    assert not touch.messages.filter(text__icontains="smith").exists()
