"""Demonstrations and real places never share a database."""

import pytest

from hark311.platform import deployment
from hark311.platform.models import Deployment
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("database_is_demo", "said"),
    [
        pytest.param(False, "not a demonstration's", id="a demonstration on a real database"),
        pytest.param(True, "is a demonstration's", id="a real place on a demonstration"),
    ],
)
def test_the_other_kind_is_refused(settings, database_is_demo, said):
    Deployment.objects.update(is_demo=database_is_demo)
    settings.DEMO = not database_is_demo

    with pytest.raises(Trouble, match=said):
        deployment.require_same_kind()


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_same_kind_is_served(settings, is_demo):
    Deployment.objects.update(is_demo=is_demo)
    settings.DEMO = is_demo

    deployment.require_same_kind()
    assert deployment.settle().is_demo is is_demo


def test_what_was_settled_stays(settings):
    settings.DEMO = True

    assert deployment.settle().is_demo is False
