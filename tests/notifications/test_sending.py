"""Mail leaves once: past refusals, absent servers, dead senders and senders side by side."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import get_connection
from django.db import connection, transaction
from tests.cases.make import make_case, make_incident, make_person
from tests.notifications.conftest import Post, free_port, point_at
from tests.notifications.life import read_events

from hark311.notifications import sending
from hark311.notifications.models import Notice
from hark311.notifications.queries import notices_of_cases
from hark311.notifications.sending import PAUSES, TRIES, send_waiting

pytestmark = pytest.mark.django_db(transaction=True)

ADA = "ada@people.test"


@pytest.fixture
def notice(frozen_clock) -> Notice:
    """One notice that waits to be sent to Ada."""
    make_case(person=make_person(email=ADA))
    read_events()
    return Notice.objects.get()


def send() -> None:
    while send_waiting():
        pass


def test_an_address_that_the_server_refuses_for_good_fails_at_once(post, notice):
    post.refusals[ADA] = "550 5.1.1 <ada@people.test> is unknown"

    send()

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.reason) == ("failed", 1, "refused:550")
    [line] = notices_of_cases([notice.case_id])
    assert line.reason == "The mail server refused it (550)."


def test_one_refused_address_keeps_no_other_from_its_mail(post, frozen_clock):
    incident = make_incident(cases=3)
    emails = list(incident.cases.order_by("id").values_list("person__email", flat=True))
    post.refusals[emails[0]] = "550 unknown"
    post.refusals[emails[1]] = "451 later"
    read_events()

    send()

    assert post.addresses == [emails[2]]
    assert Notice.objects.filter(state="waiting", reason="refused:451").count() == 1


@pytest.mark.parametrize(
    ("answer", "state"), [("554 5.7.1 spam", "failed"), ("452 4.3.1 full", "waiting")]
)
def test_a_refused_message_is_final_from_500_on(post, notice, answer, state):
    post.data_answer = answer

    send()

    notice.refresh_from_db()
    assert (notice.state, notice.reason) == (state, f"refused:{answer[:3]}")


def test_a_server_that_refuses_the_sender_is_for_us_to_mend(post, notice, frozen_clock):
    post.sender_answer = "550 sender not allowed"
    send()
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("waiting", "server_away")

    post.sender_answer = ""
    frozen_clock.move_by(PAUSES[0])
    send()

    assert post.addresses == [ADA]


def test_what_could_not_leave_leaves_when_the_server_is_back(settings, notice, frozen_clock):
    port = free_port()
    point_at(settings, port)
    send()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.reason) == ("waiting", 1, "server_away")
    assert notice.next_try_at == frozen_clock.at + timedelta(minutes=1)

    back = Post(port=port)
    controller = Controller(back, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        send()
        assert back.taken == []
        frozen_clock.move_by(PAUSES[0])
        send()
        send()
    finally:
        controller.stop()

    [mail] = back.to(ADA)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.reason) == ("sent", 2, "")
    assert mail["Message-ID"] == notice.message_id


def test_while_the_server_is_away_only_the_first_in_line_tries(settings, frozen_clock):
    point_at(settings, free_port())
    make_incident(cases=5)
    read_events()

    assert send_waiting() == 0

    assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]


def test_the_last_try_comes_half_a_day_after_the_one_before_and_then_it_fails(
    settings, notice, frozen_clock
):
    point_at(settings, free_port())
    for pause in PAUSES:
        send()
        notice.refresh_from_db()
        assert notice.state == "waiting"
        assert notice.next_try_at == frozen_clock.at + pause
        frozen_clock.move_by(pause)

    send()

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.reason) == ("failed", TRIES, "server_away")


def test_a_notice_whose_senders_die_is_tried_again_and_holds_up_nobody(post, notice, frozen_clock):
    for pause in PAUSES:
        assert sending._claim(frozen_clock.at) is not None
        assert sending._claim(frozen_clock.at) is None
        frozen_clock.move_by(pause)
    send()

    assert post.addresses == [ADA]


def test_a_notice_that_killed_every_sender_is_given_up(post, notice, frozen_clock):
    for pause in (*PAUSES, PAUSES[-1]):
        sending._claim(frozen_clock.at)
        frozen_clock.move_by(pause)

    send()

    notice.refresh_from_db()
    assert post.taken == []
    assert (notice.state, notice.reason) == ("failed", "gave_up")


def test_an_address_that_no_mail_can_name_fails_at_once(post, frozen_clock):
    make_case(person=make_person(email="two lines\n@people.test"))
    read_events()

    send()

    notice = Notice.objects.get()
    assert (notice.state, notice.reason) == ("failed", "bad_address")


def test_senders_side_by_side_send_each_notice_once(post, frozen_clock):
    incident = make_incident(cases=12)
    read_events()

    together(send, send, send)

    emails = list(incident.cases.values_list("person__email", flat=True))
    assert post.addresses == sorted(emails)
    assert set(Notice.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_notice_that_a_sender_holds_is_passed_over(post, notice):
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=notice.pk)
        together(send)

        assert post.taken == []
    send()
    assert post.addresses == [ADA]


def test_who_looks_at_a_notice_in_passing_keeps_its_mail_not_back(post, notice, frozen_clock):
    claimed = sending._claim(frozen_clock.at)
    sender = Thread(target=on_its_own_connection, args=(lambda: send_claimed(claimed),))
    with transaction.atomic():
        Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
        sender.start()
        while sender.is_alive() and not somebody_waits_for_a_row():
            pass
    sender.join()

    assert post.addresses == [ADA]


def send_claimed(claimed: Notice) -> None:
    mail = get_connection()
    sending._send_claimed(claimed, mail)
    mail.close()


def somebody_waits_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def on_its_own_connection(function: Callable[[], None]) -> None:
    try:
        function()
    finally:
        connection.close()


def together(*functions: Callable[[], None]) -> None:
    """Call them at the same moment, each on a connection of its own."""
    gate = Barrier(len(functions))

    def one(function: Callable[[], None]) -> None:
        gate.wait()
        on_its_own_connection(function)

    threads = [Thread(target=one, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
