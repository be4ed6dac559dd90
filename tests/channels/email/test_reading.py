"""What a mail says is read out of whatever programs make of it."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.email.conftest import mail_of

from hark311.channels.email.answers import own_words
from hark311.channels.email.bounces import bounce_of
from hark311.channels.email.mail import parsed, read_mail
from hark311.domain.errors import UnreadablePayload
from hark311.domain.reply_line import above_line, before_quote, reply_line

LINE = reply_line("Escriba su respuesta encima de esta línea")


def read(mail: EmailMessage):
    raw = mail.as_bytes()
    return read_mail(parsed(raw), raw)


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("On Mon, 1 Jun 2026 at 10:00, 311 <311@city.test> wrote:", id="en"),
        pytest.param("El lun, 1 jun 2026 a las 10:00, 311 (311@city.test) escribió:", id="es"),
        pytest.param(
            "Vào Th 2, 1 thg 6, 2026 vào lúc 10:00\n311 <311@city.test> đã viết:", id="vi"
        ),
        pytest.param("2026년 6월 1일 (월) 오전 10:00, 311 <311@city.test>님이 작성:", id="ko"),
        pytest.param("311 <311@city.test> 于2026年6月1日周一 10:00写道：", id="zh"),
        pytest.param("في الاثنين، ١ يونيو ٢٠٢٦ كتب 311 <311@city.test>:", id="ar"),
    ],
)
def test_an_answer_is_cut_at_our_line_in_every_language(heading):
    text = f"Sigue ahí.\nMás grande.\n\n{heading}\n> {LINE}\n>\n> Testville 311\n> old words"

    assert own_words(text, "xx") == "Sigue ahí.\nMás grande."


def test_an_answer_below_no_line_of_ours_is_cut_at_the_quote():
    text = "Sigue ahí.\n\nEl lun, 1 jun 2026 a las 10:00, 311 (311@city.test) escribió:\n> viejo\n>"

    assert own_words(text, "es") == "Sigue ahí."


def test_words_that_only_look_like_a_heading_stay():
    assert above_line(f"It is at the corner of:\nMain and Oak\n\n{LINE}\nold") == (
        "It is at the corner of:\nMain and Oak"
    )


def test_a_mail_that_is_all_quote_is_kept_whole():
    assert before_quote("> They wrote this to me.") == "> They wrote this to me."


def test_a_signature_is_not_part_of_the_answer():
    assert own_words("It is fixed.\n\n-- \nAda Poe\nOak Street 1", "en") == "It is fixed."


def test_a_page_is_read_as_text():
    mail = mail_of()
    mail.set_content("<p>A <b>deep</b> hole.</p><p>On Oak Street.</p>", subtype="html")

    assert read(mail).text == "A deep hole.\n\nOn Oak Street."


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Auto_Submitted", "auto-replied"),
        ("Auto_Submitted", "auto-generated"),
        ("Precedence", "bulk"),
        ("Precedence", "list"),
        ("List_Id", "<neighbors.test>"),
        ("X_Autoreply", "yes"),
        ("Return_Path", "<>"),
        ("X_Auto_Response_Suppress", "All"),
    ],
)
def test_what_a_machine_wrote_is_known_as_that(head, value):
    assert read(mail_of(**{head: value})).is_automatic
    assert not read(mail_of(Auto_Submitted="no")).is_automatic


def test_a_forged_sender_is_known_by_our_own_server_alone():
    mark = "mx.city.test; dkim=none; dmarc=fail header.from=people.test"
    mail = read(mail_of(Authentication_Results=mark))

    assert mail.is_forged("mx.city.test")
    assert not mail.is_forged("elsewhere.test")
    assert not mail.is_forged("")


def test_a_character_set_that_nobody_knows_loses_no_words():
    raw = (
        b"From: a@b.test\r\nSubject: x\r\nContent-Type: text/plain; charset=x-nobody\r\n\r\nA hole."
    )

    assert read_mail(parsed(raw), raw).text == "A hole."


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(noise):
    for raw in (noise, b"From: a@b.test\r\nContent-Type: " + noise, b"To: " + noise + b"\r\n\r\n"):
        try:
            message = parsed(raw)
            read_mail(message, raw)
            bounce_of(message, raw)
        except UnreadablePayload:
            continue
