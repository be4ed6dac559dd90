"""What residents see of a disruption, and how their report gets into it."""

from datetime import timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from tests.channels.web.cases import HERE, staff_of
from tests.channels.web.test_report import to_where
from tests.channels.web.walk import Walker
from tests.disruptions.make import draft_of

from hark311.cases.disrupting.compose_disruption import compose_disruption
from hark311.cases.disrupting.end_disruption import Ending, end_disruption
from hark311.cases.models import Case
from hark311.disruptions.models import Disruption
from hark311.platform import clock

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


def tell(city, **given) -> Disruption:
    given.setdefault("center", HERE)
    given.setdefault("radius_m", 5000)
    return compose_disruption(draft_of(**given), actor=staff_of(city))


def end(city, made: Disruption) -> None:
    ending = Ending({"en": "The pipe is mended.", "es": "Reparada."})
    end_disruption(made.pk, ending, actor=staff_of(city))


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def test_the_first_page_says_what_is_wrong_and_how_to_add_oneself(city, walker):
    made = tell(city)

    walker.go("/")

    assert "Water main break" in walker.words
    assert f'href="/alerts/{made.pk}"' in walker.text
    assert "/report?service=pothole" in walker.text


def test_it_is_told_in_the_readers_language(city, walker):
    tell(city)

    assert "Rotura de una tubería" in walker.go("/es/alerts").words


def test_words_in_another_language_say_which(city, walker):
    tell(city)

    assert '<bdi lang="en">Water main break</bdi>' in walker.go("/ar/alerts").text


def test_the_list_has_what_is_now_what_is_planned_and_what_is_over(city, walker):
    over = tell(city, title="Power is out")
    end(city, over)
    tell(city, title="Main break")
    tell(city, title="Street festival", starts_at=clock.now() + timedelta(days=2))

    words = walker.go("/alerts").words

    assert words.index("Main break") < words.index("Street festival") < words.index("Power is out")


def test_without_alerts_the_list_says_so(walker):
    assert "We know of nothing" in walker.go("/alerts").words


def test_an_alert_that_is_over_says_what_was_done(city, walker):
    made = tell(city)
    end(city, made)

    walker.go(f"/alerts/{made.pk}")

    assert "The pipe is mended." in walker.words
    assert "Add me" not in walker.words


def test_the_page_of_no_alert_is_not_found(walker):
    assert walker.go("/alerts/99").status == 404


def test_a_report_at_its_place_is_asked_whether_it_is_this(city, walker):
    made = tell(city)
    to_where(walker).send(address="120 Main Street")
    assert "Is it this?" in walker.words

    walker.send(joins="alert").send(q__size="plate").send().send()

    case = Case.objects.get()
    assert Disruption.objects.get(pk=made.pk).incident_id == case.incident_id
    assert "Your report is added to it" in walker.words
    assert case.number in walker.words


def test_who_means_another_matter_says_so_with_one_press(city, walker):
    made = tell(city)
    to_where(walker).send(address="120 Main Street").send(joins="none")
    walker.send(q__size="plate").send().send()

    assert Disruption.objects.get(pk=made.pk).incident_id is None
    assert "Your report is added to it" not in walker.words


def test_neither_answer_is_asked_for_again(city, walker):
    tell(city)
    to_where(walker).send(address="120 Main Street").send()

    assert walker.status == 422
    assert "Is it this?" in walker.words


def feed(client, path: str = "/feeds/alerts.atom") -> Element:
    return fromstring(client.get(path).content)  # noqa: S314  # our own answer


def test_the_feed_has_each_alert_with_its_last_change(city, client):
    made = tell(city)
    end(city, made)

    found = feed(client)

    entry = found.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Over: Water main break"
    assert entry.findtext(f"{ATOM}updated") == found.findtext(f"{ATOM}updated")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/alerts/{made.pk}")


def test_the_feed_speaks_the_language_asked_for(city, client):
    tell(city)

    assert "Rotura" in feed(client, "/feeds/alerts.atom?language=es").findtext(
        f".//{ATOM}entry/{ATOM}title"
    )
    assert "Water" in feed(client, "/feeds/alerts.atom?language=xx").findtext(
        f".//{ATOM}entry/{ATOM}title"
    )


def test_an_alert_is_given_as_cap_in_each_of_its_languages(city, client):
    made = tell(city)

    cap = feed(client, f"/feeds/alerts/{made.pk}.cap")

    assert cap.tag == f"{CAP}alert"
    assert [one.text for one in cap.iter(f"{CAP}language")] == ["en", "es"]
    assert cap.findtext(f"{CAP}msgType") == "Alert"
    assert cap.findtext(f".//{CAP}circle") == "39.75000,-98.55000 5.000"
    assert cap.findtext(f"{CAP}sent")[-6] in "+-"


def test_cap_calls_off_what_is_over(city, client):
    made = tell(city)
    end(city, made)

    cap = feed(client, f"/feeds/alerts/{made.pk}.cap")

    assert cap.findtext(f"{CAP}msgType") == "Cancel"
    assert cap.findtext(f"{CAP}references").split(",")[1].endswith(".1")
    assert {one.text for one in cap.iter(f"{CAP}responseType")} == {"AllClear"}


@pytest.mark.parametrize("path", ["/alerts", "/feeds/alerts.atom"])
def test_more_alerts_take_no_more_statements(city, client, path, django_assert_max_num_queries):
    client.get(path)
    with django_assert_max_num_queries(4):
        client.get(path)
    for _count in range(4):
        tell(city, areas=("ward:east",), center=None)

    with django_assert_max_num_queries(4):
        client.get(path)
