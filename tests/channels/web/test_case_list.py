"""The list of public cases, whatever its address asks for."""

import pytest
from tests.channels.web.cases import make_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["9" * 5000, "0", "-1", "٢", "1.5", "00", ""])
def test_a_page_that_is_none_answers_with_one_that_is(city, client, page):
    make_report(city)

    assert client.get("/cases", {"page": page}).status_code == 200
