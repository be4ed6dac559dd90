"""Notices by text message, to those who have no mail and want them."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from tests.cases.make import make_case, make_city, make_person
from tests.notifications.life import tell

from hark311.contacts.consents import note_consent
from hark311.notifications.models import Notice
from hark311.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "+12125550123"


class Provider(BaseHTTPRequestHandler):
    """Takes messages as a provider does; answers with ``status``."""

    taken: list[dict[str, list[str]]] = []
    status = 201

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        self.taken.append(parse_qs(self.rfile.read(size).decode()))
        body = json.dumps({"sid": "SM1"}).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said):
        pass


@pytest.fixture
def provider(settings):
    handler = type("ThisProvider", (Provider,), {"taken": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PHONE_API = f"http://127.0.0.1:{server.server_port}"
    settings.PHONE_ACCOUNT, settings.SMS_FROM = "AC1", "+15550311"
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def case(frozen_clock):
    city = make_city()
    person = make_person(city)
    person.email = ""
    person.save()
    return make_case(city, person=person)


def wants_texts(case, *, is_on: bool = True) -> None:
    note_consent(
        case.jurisdiction_id, PHONE, is_on=is_on, language="en", source="START", at=clock.now()
    )


def test_who_has_no_mail_and_wants_texts_gets_one(provider, case):
    wants_texts(case)
    tell()

    notice = Notice.objects.get()
    (sent,) = provider.taken
    assert (notice.channel, notice.state) == ("sms", "sent")
    assert sent["To"] == [PHONE]
    assert case.number in sent["Body"][0]


@pytest.mark.parametrize("said", [None, False])
def test_nobody_is_texted_who_did_not_ask_for_it(provider, case, said):
    if said is not None:
        wants_texts(case, is_on=said)
    tell()

    assert provider.taken == []
    assert Notice.objects.get().state == "skipped"


@pytest.mark.parametrize(("status", "state"), [(400, "failed"), (503, "waiting")])
def test_a_provider_that_refuses_or_is_away_is_a_fact(provider, case, status, state):
    provider.status = status
    wants_texts(case)
    tell()

    assert Notice.objects.get().state == state
