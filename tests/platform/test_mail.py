"""Mail into a folder is one whole file a message."""

from email import message_from_bytes

from django.core.mail import EmailMultiAlternatives, get_connection


def test_each_message_is_a_file(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    connection = get_connection("hark311.platform.mail.OutboxBackend")
    for subject in ("One", "Dos años"):
        message = EmailMultiAlternatives(subject, "text", "311@a.test", ["b@a.test"])
        message.attach_alternative("<p>text</p>", "text/html")
        connection.send_messages([message])

    found = [message_from_bytes(path.read_bytes()) for path in (tmp_path / "outbox").iterdir()]
    assert len(found) == 2
    assert all(message["To"] == "b@a.test" and message.is_multipart() for message in found)
    assert all(path.suffix == ".eml" for path in (tmp_path / "outbox").iterdir())
