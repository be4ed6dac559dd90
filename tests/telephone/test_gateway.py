"""Real SIP calls through the own gateway drive the very pages that providers ask."""

import asyncio

import pytest
from django.db.models import QuerySet

pytest.importorskip("baresip", reason="the extra voice is not installed")

from tests.cases.make import make_case
from tests.telephone.dialing import calling, telephone

from hark311.cases.models import Case
from hark311.contacts.models import Draft, IncomingFile, Interaction

pytestmark = [pytest.mark.telephone, pytest.mark.django_db(transaction=True)]


def on_the_telephone(work):
    """Run what is done with a telephone, and give up after two minutes."""

    async def whole():
        async with telephone() as agent:
            await asyncio.wait_for(work(agent), 120)

    asyncio.run(whole())


def until_ended(calls: int) -> None:
    """Wait until so many calls are noted as over."""
    over = Interaction.objects.filter(ended_at__isnull=False, call__isnull=False)
    until_there_are(calls, over, "the end of a call was not told")


def until_there_are(wanted: int, rows: QuerySet, missed: str, seconds: float = 20) -> None:
    """Wait for rows that another process writes."""
    for _look in range(int(seconds * 5)):
        if rows.count() >= wanted:
            return
        asyncio.run(asyncio.sleep(0.2))
    raise AssertionError(missed)


def test_whatever_number_was_dialled_is_answered(gateway):
    async def dial(agent):
        async with calling(agent, gateway.replace("311@", "+14045550311@")) as phone:
            await phone.hears_something()

    on_the_telephone(dial)
    until_ended(1)


@pytest.mark.parametrize(("key", "language"), [("1", "en"), ("2", "es")])
def test_a_report_by_telephone_becomes_a_case(gateway, key, language):
    async def report(agent):
        async with calling(agent, gateway) as phone:
            await phone.press(f"{key}11")
            await phone.speak()
            await phone.speak()
            await phone.press("11")
            await phone.hears_something()

    on_the_telephone(report)
    until_ended(1)

    case = Case.objects.get()
    assert (case.language, case.channel) == (language, "phone")
    assert case.person.phone == "+12125550123"
    kept = IncomingFile.objects.filter(kind="recording", state="kept")
    until_there_are(2, kept, "a recording was not kept")


def test_a_state_is_told_after_a_mistyped_number(gateway, city):
    case = make_case(city)
    number = case.number.replace("-", "")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    async def ask(agent):
        async with calling(agent, gateway) as phone:
            await phone.press("12")
            await phone.key_in(wrong)
            await phone.key_in(number)
            await phone.hears_something()

    on_the_telephone(ask)
    until_ended(1)

    interaction = Interaction.objects.get(channel="phone")
    assert (interaction.kind, interaction.case_number) == ("status_check", case.number)


def test_whoever_hangs_up_at_any_step_is_not_forgotten(gateway):
    async def breaks_off(agent, steps: int):
        async with calling(agent, gateway) as phone:
            await phone.press("111"[:steps])
            if steps > 3:
                await phone.speak()
            if steps > 4:
                await phone.speak()

    async def all_at_once(agent):
        await asyncio.gather(*(breaks_off(agent, steps) for steps in range(6)))

    on_the_telephone(all_at_once)
    until_ended(6)

    assert Interaction.objects.count() == 6
    assert Draft.objects.count() == 3
    assert not Case.objects.exists()


def test_a_caller_in_danger_is_connected_to_911(gateway):
    answered = []

    async def in_danger(agent):
        async def pick_up(call):
            await call.answer()
            answered.append(call)

        running = set()
        agent.on_incoming(lambda call: running.add(asyncio.ensure_future(pick_up(call))))
        async with calling(agent, gateway) as phone:
            await phone.press("191")
            for _look in range(100):
                if answered:
                    break
                await asyncio.sleep(0.1)

    on_the_telephone(in_danger)
    until_ended(1)

    assert len(answered) == 1
    interaction = Interaction.objects.get()
    assert (interaction.kind, interaction.handed_to) == ("transfer", "911")
