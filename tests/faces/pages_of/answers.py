"""Answers: for residents, and for those who keep them."""

from datetime import date

from tests.faces.town import AWKWARD, SUPERVISOR, FacePage, Town, found

from hark311.answers.actions import ArticleDraft, note_unanswered, write_answer
from hark311.answers.records import Answer
from hark311.government.models import Department
from hark311.platform import clock


def _written(town: Town, code: str, title: str) -> Answer:
    account = town.account(SUPERVISOR)
    department = (
        Department.objects.filter(jurisdiction=town.city, staffrole__account=account).first()
        or Department.objects.filter(jurisdiction=town.city).first()
    )
    draft = ArticleDraft(
        department_id=department.pk,
        topic="",
        titles={"en": title},
        questions={"en": ["Hens", "Chickens"]},
        texts={"en": f"Keep them in.\n\n- No roosters.\n- {AWKWARD[:80]}"},
        services=["pothole"],
        hotline="emergency",
        often=0,
        review_on=date(2020, 1, 1),
        is_sample=True,
    )
    return write_answer(town.city, code, draft, account_id=account.pk, at=clock.now())


def _asked(town: Town) -> str:
    _written(town, "hens", "May I keep hens in my yard?")
    return "/answers?q=hens+in+the+yard"


def _page(town: Town) -> str:
    return f"/answers/{_written(town, 'hens-two', AWKWARD[:120]).code}"


def _staff(town: Town) -> str:
    _written(town, "hens-three", AWKWARD[:120])
    note_unanswered(town.city, AWKWARD[:150], language="es", at=clock.now())
    return "/staff/answers"


def _edited(town: Town) -> str:
    return f"/staff/answers/{_written(town, 'hens-four', 'Hens once more').id}"


_WORDS = (("grade", "the words of a test that is about awkward ones"),)
PAGES = (
    FacePage("answers", found("/answers")),
    FacePage("answers/asked", _asked, but_not=_WORDS),
    FacePage("answers/one", _page, but_not=_WORDS),
    FacePage("answers/none", found("/answers?q=zeppelin")),
    FacePage("answers/directory", found("/answers/directory")),
    FacePage("home/near", found("/?near=Town+Hall")),
    FacePage("staff/answers", _staff, who=SUPERVISOR, but_not=_WORDS),
    FacePage(
        "staff/answers/one",
        _edited,
        who=SUPERVISOR,
        but_not=(
            ("keyboard", "a field for a day holds the focus while Tab goes through its parts"),
        ),
    ),
)
