"""Finds answers: one search by words and by meaning, for web, desk, bot and telephone alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Count, Max, Sum

from hark311.answers.models import Article, ArticleOpinion, OpenQuestion
from hark311.answers.records import Answer, record_of
from hark311.answers.shelf import Shelf, made_shelf
from hark311.domain.errors import NotFound
from hark311.government.models import Jurisdiction
from hark311.language.readers import embedder

# From here on an answer is given as one; below, as something that may help.
SURE = 0.45
# Below this it has nothing to do with what was asked.
_LEAST = 0.2
# Far behind the best one, an answer is only noise.
_BESIDE = 0.65
_LONGEST = 300
_LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to what was asked. score: from 0 to 1. language: in which its text is given."""

    answer: Answer
    score: float
    language: str

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for an editor."""

    id: int
    words: str
    language: str
    times: int
    last_at: datetime


def find(
    jurisdiction: Jurisdiction, text: str, *, language: str, at_most: int = 5
) -> tuple[Found, ...]:
    """The articles that may answer ``text``, best first; none where nothing fits.

    The question may be in any language; each answer says in which language its text comes to a
    reader of ``language``. Two statements at most, and about 15 ms for the meaning.
    """
    asked = " ".join(text.split())[:_LONGEST]
    if not asked:
        return ()
    scored = _shelf(jurisdiction).scored(asked, embedder())[:at_most]
    least = max(_LEAST, _BESIDE * scored[0][1]) if scored else _LEAST
    return tuple(
        Found(answer, round(score, 3), answer.language_of(language))
        for answer, score in scored
        if score >= least
    )


def answers_of(jurisdiction: Jurisdiction) -> tuple[Answer, ...]:
    """All that stands now, in order of their codes; one statement, two after a change."""
    return _shelf(jurisdiction).answers


def answer_by_code(jurisdiction: Jurisdiction, code: str) -> Answer:
    """Raises NotFound."""
    for answer in answers_of(jurisdiction):
        if answer.code == code:
            return answer
    raise NotFound(what="answer")


def answer_by_id(jurisdiction: Jurisdiction, article_id: int) -> Answer:
    """Raises NotFound, also for an older version."""
    row = Article.objects.filter(jurisdiction=jurisdiction, is_current=True, pk=article_id).first()
    if row is None:
        raise NotFound(what="answer")
    return record_of(row)


def most_asked(jurisdiction: Jurisdiction, *, at_most: int) -> tuple[Answer, ...]:
    """What the city says is asked most; of equals, the first by code."""
    ranked = sorted(answers_of(jurisdiction), key=lambda one: (-one.often, one.code))
    return tuple(ranked[:at_most])


def about_service(jurisdiction: Jurisdiction, service_code: str) -> tuple[Answer, ...]:
    """The articles that name this service."""
    return tuple(one for one in answers_of(jurisdiction) if service_code in one.services)


def opinions(jurisdiction: Jurisdiction, *, now: datetime) -> Mapping[str, tuple[int, int]]:
    """By article, how many it helped in the last ninety days and how many it did not."""
    rows = ArticleOpinion.objects.filter(jurisdiction=jurisdiction, on__gt=(now - _LATELY).date())
    summed = rows.values("code").annotate(yes=Sum("helped"), no=Sum("failed"))
    return {row["code"]: (row["yes"], row["no"]) for row in summed}


def open_questions(jurisdiction: Jurisdiction, *, at_most: int = 50) -> Sequence[Asked]:
    """What waits for an editor, most asked first."""
    rows = OpenQuestion.objects.filter(jurisdiction=jurisdiction, settled_at__isnull=True)
    return [
        Asked(row.pk, row.words, row.language, row.times, row.last_at)
        for row in rows.order_by("-times", "-last_at")[:at_most]
    ]


def _shelf(jurisdiction: Jurisdiction) -> Shelf:
    """The articles in memory, read anew when one was added, changed, retired or understood."""
    stamp = Article.objects.filter(jurisdiction=jurisdiction, is_current=True).aggregate(
        newest=Max("pk"), count=Count("pk"), read=Count("vectors")
    )
    return _kept(jurisdiction.pk, stamp["newest"] or 0, stamp["count"], stamp["read"])


@lru_cache(maxsize=32)
def _kept(jurisdiction_id: int, _newest: int, _count: int, _read: int) -> Shelf:
    rows = Article.objects.filter(jurisdiction_id=jurisdiction_id, is_current=True)
    return made_shelf(list(rows.order_by("code")), embedder())
