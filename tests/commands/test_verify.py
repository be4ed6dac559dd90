from argparse import Namespace

import pytest
from tests.cases.town import make_case, make_town

from hark311.cases.models import Incident
from hark311.commands import verify

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_whole_record_ends_with_zero(capsys):
    make_case(make_town())

    assert verify.run(Namespace(rebuild=True)) == 0
    assert "1 streams, 1 events" in capsys.readouterr().out


def test_a_broken_link_is_printed_and_ends_with_one(capsys, owner_connection):
    case = make_case(make_town())
    owner_connection.execute("UPDATE cases_event SET kind = 'closed'")

    assert verify.run(Namespace(rebuild=False)) == 1
    assert f"BROKEN incident:{case.incident_id} #1 changed" in capsys.readouterr().out


def test_a_row_that_differs_is_printed_and_ends_with_one(capsys):
    case = make_case(make_town())
    Incident.objects.update(severity="urgent")

    assert verify.run(Namespace(rebuild=True)) == 1
    assert f"DIFFERS incident {case.incident_id} severity" in capsys.readouterr().out
