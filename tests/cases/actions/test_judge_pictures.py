"""Whether the public sees what reporters photographed."""

import pytest
from tests.cases.make import kinds_of, make_case, outsiders, staff_actor

from hark311.cases.actions.judge_pictures import judge_pictures
from hark311.cases.ledger import save
from hark311.cases.models import Attachment, Incident
from hark311.domain.errors import NotAllowed, NotFound
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def make_picture(case, *, is_evidence=False):
    picture = Attachment(
        jurisdiction_id=case.jurisdiction_id,
        case=None if is_evidence else case,
        incident_id=case.incident_id,
        kind="photo",
        storage_key="ab/cd.jpg",
        content_type="image/jpeg",
        size=1,
        digest="d",
        is_evidence=is_evidence,
        created_at=clock.now(),
    )
    save(picture)
    return picture


def state_of(picture):
    return Attachment.objects.get(pk=picture.pk).state


def test_some_are_shown_and_others_hidden_in_one_event(frozen_clock):
    case = make_case()
    good, bad, later = (make_picture(case) for _ in range(3))

    judge_pictures(case.incident_id, shown=[good.pk], hidden=[bad.pk], actor=staff_actor())

    assert [state_of(one) for one in (good, bad, later)] == ["shown", "hidden", "checking"]
    assert kinds_of(Incident.objects.get()) == ["received", "pictures_judged"]


def test_saying_it_twice_changes_nothing(frozen_clock):
    case = make_case()
    picture = make_picture(case)
    for _ in range(2):
        judge_pictures(case.incident_id, shown=[picture.pk], hidden=[], actor=staff_actor())

    assert len(kinds_of(Incident.objects.get())) == 2


def test_a_picture_may_be_hidden_after_it_was_shown(frozen_clock):
    case = make_case()
    picture = make_picture(case)
    judge_pictures(case.incident_id, shown=[picture.pk], hidden=[], actor=staff_actor())

    judge_pictures(case.incident_id, shown=[], hidden=[picture.pk], actor=staff_actor())

    assert state_of(picture) == "hidden"


def test_proof_of_work_is_passed_like_any_other_picture(frozen_clock):
    case = make_case()
    proof = make_picture(case, is_evidence=True)

    judge_pictures(case.incident_id, shown=[proof.pk], hidden=[], actor=staff_actor())

    assert state_of(proof) == "shown"


def test_pictures_of_other_incidents_are_not_judged_here(frozen_clock):
    case, other = make_case(), make_case()
    for picture in (make_picture(other, is_evidence=True), make_picture(other)):
        with pytest.raises(NotFound):
            judge_pictures(case.incident_id, shown=[picture.pk], hidden=[], actor=staff_actor())
        assert state_of(picture) == "checking"


@pytest.mark.parametrize(
    ("who", "error"),
    [("viewer", NotAllowed), ("other_queue", NotAllowed), ("other_city", NotFound)],
)
def test_outsiders_judge_nothing(frozen_clock, who, error):
    case = make_case()
    picture = make_picture(case)

    with pytest.raises(error):
        judge_pictures(case.incident_id, shown=[picture.pk], hidden=[], actor=outsiders()[who])
    assert state_of(picture) == "checking"
