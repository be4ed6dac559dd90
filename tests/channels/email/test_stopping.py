"""Messages end by one request of a mail program, or one press of a person."""

import pytest
from tests.cases.make import anybody, make_incident, make_person, staff_actor
from tests.channels.email.conftest import ADA
from tests.notifications.life import tell, text_of

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.models import Case, Follow
from hark311.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

BASE = "https://311.test"


def path_in(mail) -> str:
    return mail["List-Unsubscribe"].strip("<> ").removeprefix(BASE)


def test_a_mail_program_ends_them_by_one_request(client, city, told, post):
    [mail] = post.to(ADA)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    answer = client.post(path_in(mail), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    acknowledge_incident(Case.objects.get(pk=told.case_id).incident_id, actor=staff_actor(city))
    tell()
    assert len(post.to(ADA)) == 1


def test_opening_the_link_ends_nothing(client, told, post):
    [mail] = post.to(ADA)

    page = client.get(path_in(mail)).content.decode()

    assert "Stop messages about this report?" in page
    assert Person.objects.get(email=ADA).wants_updates
    assert path_in(mail) in text_of(mail)


def test_a_link_for_another_notice_opens_nothing(client, told, post):
    path = path_in(post.to(ADA)[0]).replace(f"/{told.notice.pk}-", f"/{told.notice.pk + 1}-")

    assert client.post(path).status_code == 404


def test_the_line_above_which_one_answers_begins_the_mail(told, post):
    assert text_of(post.to(ADA)[0]).startswith("##- Write your answer above this line -##")


def test_a_follower_follows_no_more(client, city, post):
    incident, bo = make_incident(cases=1), make_person(email="bo@people.test")
    follow_incident(incident.cases.get().pk, bo.pk, actor=anybody())
    acknowledge_incident(incident.pk, actor=staff_actor(city))
    tell()

    client.post(path_in(post.to("bo@people.test")[0]))

    assert Follow.objects.get().to_at is not None
