"""Makes answers: valid by default, so a test states only what matters."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.cases.make import City

from hark311.answers.actions import ArticleDraft, write_answer
from hark311.answers.records import Answer
from hark311.platform import clock


def draft_of(
    city: City,
    *,
    title: str = "How do I report a pothole?",
    text: str = "Report it here.\n\n- Say where.\n- Add a photo.",
    questions: Mapping[str, Sequence[str]] | None = None,
    titles: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    department: str = "works",
    services: tuple[str, ...] = ("pothole",),
    review_on: date = date(2027, 1, 1),
    often: int = 0,
) -> ArticleDraft:
    return ArticleDraft(
        department_id=city.departments[department].pk,
        topic="",
        titles=titles or {"en": title},
        questions=questions or {},
        texts=texts or {"en": text},
        services=list(services),
        hotline="",
        often=often,
        review_on=review_on,
    )


def make_answer(
    city: City, code: str = "pothole", *, account_id: int | None = None, **said: object
) -> Answer:
    draft = draft_of(city, **said)
    return write_answer(city.jurisdiction, code, draft, account_id=account_id, at=clock.now())
