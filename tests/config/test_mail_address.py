"""EMAIL_URL is read into how mail leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.config.mail_address import mail_at
from hark311.platform.trouble import Trouble


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "starttls"),
    [
        pytest.param("smtp://127.0.0.1:2525", "127.0.0.1", 2525, False, False, id="plain"),
        pytest.param("smtp://mail", "mail", 25, False, False, id="no user, no port"),
        pytest.param("smtp://u:p@mail", "mail", 587, False, True, id="user"),
        pytest.param("smtp://u:p@mail?starttls=no", "mail", 587, False, False, id="without"),
        pytest.param("smtps://u:p@mail", "mail", 465, True, False, id="tls from the start"),
    ],
)
def test_smtp_is_read(url, host, port, tls, starttls):
    mail = mail_at(url)

    assert (mail.host, mail.port, mail.uses_tls, mail.uses_starttls) == (host, port, tls, starttls)


def test_user_and_password_are_unquoted():
    mail = mail_at("smtp://a%40b:p%2Fq@mail")

    assert (mail.user, mail.password) == ("a@b", "p/q")


def test_a_folder_takes_mail():
    assert mail_at("file:///srv/my%20outbox").folder == "/srv/my outbox"


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "file://host/x", "mail", "smtp://a:x"])
def test_another_form_is_refused(url):
    with pytest.raises(Trouble, match="EMAIL_URL must begin with"):
        mail_at(url)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        mail = mail_at(text)
    except Trouble:
        return
    assert mail.backend
