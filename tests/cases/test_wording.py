"""What states and outcomes are called: the city's words first, ours where it has none."""

import pytest
from django.utils import translation

from hark311.cases.wording import outcome_label, state_label
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome

CITY = {
    "states": {"in_progress": {"en": "Being worked on", "es": "En trabajo"}, "waiting": {}},
    "outcomes": {
        "fixed": {"names": {"en": "Sorted"}, "texts": {"en": "The work is done."}},
        "planned": {"names": {"en": "On the list", "es": "En la lista"}, "texts": {}},
    },
}


@pytest.mark.parametrize(
    ("state", "settings", "language", "label"),
    [
        (State.IN_PROGRESS, CITY, "en", "Being worked on"),
        (State.IN_PROGRESS, CITY, "es", "En trabajo"),
        (State.IN_PROGRESS, CITY, "es-mx", "En trabajo"),
        (State.WAITING, CITY, "en", "Waiting"),
        (State.CLOSED, CITY, "es", "Cerrado"),
        (State.IN_PROGRESS, {}, "en", "In progress"),
    ],
)
def test_a_state_is_called_as_the_city_calls_it(state, settings, language, label):
    with translation.override(language):
        assert state_label(state, settings, language) == label


@pytest.mark.parametrize(
    ("outcome", "settings", "language", "label"),
    [
        (Outcome.PLANNED, CITY, "en", "On the list"),
        (Outcome.PLANNED, CITY, "es", "En la lista"),
        # The city says it in English only: our Spanish is read better than its English.
        (Outcome.FIXED, CITY, "es", "Arreglado"),
        (Outcome.INVALID, CITY, "en", "Not a request we can work on"),
        (Outcome.FIXED, {}, "en", "Fixed"),
    ],
)
def test_an_outcome_is_called_as_the_city_calls_it(outcome, settings, language, label):
    with translation.override(language):
        assert outcome_label(outcome, settings, language) == label


def test_every_state_and_outcome_has_a_word_of_ours():
    assert all(state_label(one, {}, "en") for one in State)
    assert all(outcome_label(one, {}, "en") for one in Outcome)
