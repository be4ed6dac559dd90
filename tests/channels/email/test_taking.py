"""A mail reaches what it is about, once; what nobody can tell waits for a person."""

from hashlib import sha256

import pytest
from tests.cases.make import make_incident, make_person, staff_actor
from tests.channels.email.bounce import report
from tests.channels.email.conftest import ADA, mail_of
from tests.notifications.life import tell
from tests.platform.test_media import picture

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.models import Attachment, Case, Event, Question
from hark311.channels.email.taking import take
from hark311.contacts.models import Draft, Interaction, Message
from hark311.domain.actor import Actor, ActorKind
from hark311.notifications.models import Notice
from hark311.notifications.queries import notices_of_cases
from hark311.platform import media

pytestmark = pytest.mark.django_db(transaction=True)


def last_event() -> Event:
    return Event.objects.latest("pk")


def test_an_answer_to_a_notice_is_added_to_its_case(told):
    assert take(mail_of("It grew.", to=told.reply_to, sender="x@else.test").as_bytes()) == "words"

    assert last_event().kind == "added_to"
    message = Message.objects.latest("pk")
    assert (message.text, message.handled_at) == ("It grew.", None)
    assert message.interaction.case_number == told.number


def test_the_mail_is_kept_as_it_came(told):
    raw = mail_of("It grew.", to=told.reply_to).as_bytes()

    take(raw)

    assert media.read(Message.objects.latest("pk").original_key) == raw


def test_a_thread_without_the_signed_address_is_known_by_what_it_answers(told):
    assert take(mail_of("It grew.", In_Reply_To=told.message_id).as_bytes()) == "words"


def test_the_same_mail_again_changes_nothing(told):
    raw = mail_of("It grew.", to=told.reply_to).as_bytes()
    take(raw)
    events = Event.objects.count()

    assert take(raw) == "words"
    assert Event.objects.count() == events


def test_an_answer_to_a_question_answers_it(city, told, post):
    ask_reporter(told.case_id, "Which lane?", actor=staff_actor(city))
    tell()
    asked = post.to(ADA)[-1]

    became = take(mail_of("The left one.", to=asked["Reply-To"]).as_bytes())

    assert became == "answer"
    assert Question.objects.get().answer == "The left one."


def test_the_number_and_the_address_it_was_given_with_are_enough(told):
    assert take(mail_of("It grew.", subject=f"Re: {told.number}").as_bytes()) == "words"


def test_a_stranger_who_knows_the_number_waits_for_a_person(told, post):
    mail = mail_of("Mine too.", subject=f"about {told.number}", sender="eve@else.test")

    assert take(mail.as_bytes()) == "draft"
    draft = Draft.objects.get()
    assert draft.content["contact"]["email"] == "eve@else.test"
    assert told.number in draft.content["notes"]
    assert Event.objects.filter(kind="added_to").count() == 0


def test_a_forged_sender_speaks_for_nobody(told, settings):
    settings.MAIL_AUTHORITY = "mx.post.test"
    mail = mail_of(subject=told.number, Authentication_Results="mx.post.test; dmarc=fail")

    assert take(mail.as_bytes()) == "draft"


def test_a_strangers_mail_waits_with_a_service_suggested_and_is_answered(city, post):
    assert take(mail_of(subject="Hole in my road").as_bytes()) == "draft"

    draft = Draft.objects.get()
    assert draft.content["service_code"] == "pothole"
    [answer] = post.to(ADA)
    assert draft.interaction.reference in answer["Subject"]
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] == "<one@people.test>"


def test_what_is_written_to_that_answer_goes_on_with_the_draft(city, post):
    take(mail_of().as_bytes())
    [answer] = post.to(ADA)

    more = mail_of("Oak Street 5", to=answer["Reply-To"], message_id="<two@people.test>")
    assert take(more.as_bytes()) == "added"

    texts = Draft.objects.get().interaction.messages.values_list("text", flat=True)
    assert "Oak Street 5" in texts


def test_danger_in_a_mail_is_answered_with_the_number_to_call(city, post):
    take(mail_of("There is a gas leak in my house").as_bytes())

    assert "call 911" in post.to(ADA)[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize("head", ["Auto_Submitted", "Precedence", "List_Id"])
def test_machines_are_never_answered(city, post, head):
    value = {"Auto_Submitted": "auto-generated", "Precedence": "bulk", "List_Id": "<l.test>"}[head]

    assert take(mail_of(**{head: value}).as_bytes()) == "draft"
    assert post.taken == []


def test_a_note_of_absence_is_logged_and_waits_for_nobody(told):
    mail = mail_of("I am away.", to=told.reply_to, Auto_Submitted="auto-replied")

    assert take(mail.as_bytes()) == "absence"
    message = Message.objects.latest("pk")
    assert message.handled_at is not None
    assert message.interaction.case_number == told.number
    assert Event.objects.filter(kind="added_to").count() == 0


def test_one_address_is_answered_three_times_an_hour_at_most(city, post):
    for number in range(6):
        take(mail_of(message_id=f"<{number}@people.test>").as_bytes())

    assert len(post.to(ADA)) == 3
    assert Draft.objects.count() == 6


def test_a_mail_that_came_back_is_a_failed_notice(told):
    assert take(report(told.message_id)) == "bounce"

    told.notice.refresh_from_db()
    assert (told.notice.state, told.notice.reason) == ("failed", "bounced:5.1.1")
    [line] = notices_of_cases([told.case_id])
    assert "5.1.1" in line.reason
    assert Interaction.objects.filter(channel="email").count() == 0


def test_a_delay_is_no_failure(told):
    take(report(told.message_id, action="delayed", status="4.4.1"))

    assert Notice.objects.get().state == "sent"


def test_a_report_about_a_mail_that_is_not_ours_changes_nothing(told):
    forged = told.message_id.replace(told.message_id[12:16], "0000")

    take(report(forged))

    assert Notice.objects.get().state == "sent"


def test_pictures_come_along_and_other_files_are_named(city, post):
    mail = mail_of()
    mail.add_attachment(picture("JPEG", size=(1600, 1200)), "image", "jpeg", filename="hole.jpg")
    mail.add_attachment(b"%PDF-1.4 x", "application", "pdf", filename="letter.pdf")

    take(mail.as_bytes())

    content = Draft.objects.get().content
    assert len(content["attachments"]) == 1
    assert media.content_type_of(content["attachments"][0]) == "image/jpeg"
    assert "letter.pdf" in content["notes"]


def test_a_picture_in_an_answer_is_checked_like_any_other(told):
    mail = mail_of("See here.", to=told.reply_to)
    mail.add_attachment(picture("JPEG", size=(1600, 1200)), "image", "jpeg", filename="hole.jpg")

    take(mail.as_bytes())

    assert Attachment.objects.get().state == "checking"


def test_what_cannot_be_read_reaches_a_person(city):
    assert take(b"\x00\x01 no mail at all") == "unreadable"

    assert Message.objects.get().handled_at is None


def test_another_mail_under_an_id_that_was_used_is_kept_too(city, post):
    take(mail_of("A deep pothole.").as_bytes())
    take(mail_of("A fallen tree.").as_bytes())

    assert Draft.objects.count() == 2


def test_a_mail_that_the_place_wrote_to_itself_is_no_report(city, post):
    assert take(mail_of(sender="311@post.test").as_bytes()) == "own"
    assert Interaction.objects.count() == 0


def test_a_follower_who_answers_does_not_speak_for_the_case(city, post):
    incident = make_incident(cases=1)
    case = Case.objects.get(incident=incident)
    bo = make_person(email="bo@people.test")
    actor = Actor(kind=ActorKind.RESIDENT, jurisdiction_id=city.jurisdiction.pk)
    follow_incident(case.pk, bo.pk, actor=actor)
    acknowledge_incident(incident.pk, actor=staff_actor(city))
    tell()
    [news] = post.to("bo@people.test")

    mail = mail_of("What now?", sender="bo@people.test", to=news["Reply-To"])
    assert take(mail.as_bytes()) == "draft"


def test_a_very_long_mail_is_cut_and_kept(city, post):
    raw = mail_of("word " * 2000).as_bytes()

    take(raw)

    message = Message.objects.get()
    assert len(message.text) <= 4000
    assert sha256(media.read(message.original_key)).digest() == sha256(raw).digest()


def test_a_mail_is_answered_in_the_language_it_is_written_in(city, post):
    take(mail_of("Hay un bache muy grande en mi calle.", subject="Un bache").as_bytes())

    assert Draft.objects.get().interaction.language == "es"
    assert "Tenemos su correo" in post.to(ADA)[0]["Subject"]


def test_signs_that_no_database_can_hold_are_left_out_and_the_mail_is_not(city, post):
    raw = (
        b"From: \xff\xfe <ada@people.test>\r\nSubject: \x00hole\xed\xa0\x80\r\n\r\nA \x00hole.\xff"
    )

    assert take(raw) == "draft"


def test_a_sender_that_is_no_address_is_not_answered(city, post):
    assert take(mail_of(sender="nobody at all").as_bytes()) == "draft"
    assert post.taken == []
