"""Views that are kept: by a person for themselves, by those who lead for a department."""

import pytest

from hark311.domain.actor import Role
from hark311.government.models import SavedView
from hark311.government.saved_views import MOST_VIEWS

pytestmark = pytest.mark.django_db


def _keep(client, name="Late ones", query="due=late", **more):
    return client.post("/staff/views/keep", {"name": name, "query": query, **more})


def _names(client) -> list[str]:
    return [line.view.name for line in client.get("/staff/views").context["lines"]]


def test_a_view_is_kept_and_leads_to_its_list(city, signed_in):
    client = signed_in(city)

    _keep(client, query="due=late&junk=1&page=7&state=", queue="streets")
    (line,) = client.get("/staff/views").context["lines"]

    assert (line.view.name, line.url) == ("Late ones", "/staff/queues/streets?due=late")
    assert "Late ones" in client.get("/staff/queues").content.decode()


def test_nobody_else_sees_or_changes_what_is_my_own(city, signed_in):
    mine, other = signed_in(city), signed_in(city)
    _keep(mine)
    view = SavedView.objects.get()

    assert _names(other) == []
    for do in ("rename", "up", "begin", "remove"):
        page = other.post(f"/staff/views/{view.pk}", {"do": do, "name": "Stolen"})
        assert page.status_code == 404
    assert _names(mine) == ["Late ones"]


def test_a_departments_view_is_seen_by_all_who_work_there_and_by_nobody_else(city, signed_in):
    works = city.departments["works"].pk
    lead, crew = signed_in(city), signed_in(city, role=Role.CREW)
    elsewhere = signed_in(city, department="community")
    _keep(lead, **{"for": works})

    assert _names(lead) == _names(crew) == ["Late ones"]
    assert _names(elsewhere) == []


@pytest.mark.parametrize("role", [Role.CREW, Role.AGENT, Role.VIEWER])
def test_only_those_who_lead_keep_or_change_a_departments_view(city, signed_in, role):
    works = city.departments["works"].pk
    _keep(signed_in(city), **{"for": works})
    view, other = SavedView.objects.get(), signed_in(city, role=role)

    assert _keep(other, name="Mine", **{"for": works}).status_code == 404
    assert other.post(f"/staff/views/{view.pk}", {"do": "remove"}).status_code == 404
    assert SavedView.objects.count() == 1


def test_who_leads_one_department_keeps_none_for_another(city, signed_in):
    community = city.departments["community"].pk

    assert _keep(signed_in(city), **{"for": community}).status_code == 404


def test_views_have_an_order_that_can_be_changed(city, signed_in):
    client = signed_in(city)
    for name in ("One", "Two", "Three"):
        _keep(client, name)
    last = SavedView.objects.get(name="Three")

    client.post(f"/staff/views/{last.pk}", {"do": "up"})
    client.post(f"/staff/views/{last.pk}", {"do": "up"})
    client.post(f"/staff/views/{last.pk}", {"do": "up"})

    assert _names(client) == ["Three", "One", "Two"]


def test_work_begins_with_the_view_that_was_chosen_and_with_one_only(city, signed_in):
    client = signed_in(city)
    _keep(client, "One", begin="yes")
    _keep(client, "Two", query="with=nobody", begin="yes")

    assert client.get("/staff/queues").url == "/staff/queues?with=nobody"
    assert client.get("/staff/queues?all=1").status_code == 200
    assert SavedView.objects.filter(is_default=True).count() == 1


def test_my_own_beginning_comes_before_the_departments(city, signed_in):
    client, works = signed_in(city), city.departments["works"].pk
    _keep(client, "Ours", query="due=soon", begin="yes", **{"for": works})
    team = client.get("/staff/queues").url
    _keep(client, "Mine", query="with=me", begin="yes")

    assert (team, client.get("/staff/queues").url) == (
        "/staff/queues?due=soon",
        "/staff/queues?with=me",
    )


def test_chosen_once_more_work_no_longer_begins_with_it(city, signed_in):
    client = signed_in(city)
    _keep(client, begin="yes")

    client.post(f"/staff/views/{SavedView.objects.get().pk}", {"do": "begin"})

    assert client.get("/staff/queues").status_code == 200


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("  ", "Give it a name.", id="none"),
        pytest.param("late ONES", "There is a view of this name already.", id="taken"),
    ],
)
def test_a_view_needs_a_name_of_its_own(city, signed_in, name, says):
    client = signed_in(city)
    _keep(client)

    _keep(client, name)

    assert says in client.get("/staff/views").content.decode()
    assert SavedView.objects.count() == 1


def test_views_are_not_kept_without_end(city, signed_in):
    client = signed_in(city)
    for number in range(MOST_VIEWS + 1):
        _keep(client, f"View {number}")

    assert SavedView.objects.count() == MOST_VIEWS


def test_a_view_is_renamed_and_removed(city, signed_in):
    client = signed_in(city)
    _keep(client)
    address = f"/staff/views/{SavedView.objects.get().pk}"

    client.post(address, {"do": "rename", "name": "Better"})
    renamed = _names(client)
    client.post(address, {"do": "remove"})

    assert (renamed, _names(client)) == (["Better"], [])


def test_a_view_of_a_queue_that_is_not_mine_is_not_kept(city, signed_in):
    assert _keep(signed_in(city), queue="care").status_code == 404
    assert _keep(signed_in(city), queue="nowhere").status_code == 404
