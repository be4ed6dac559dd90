"""What changes answers: a new version, retiring one, an opinion, a question nobody answers."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from hark311.answers.meaning import read_article
from hark311.answers.models import Article, ArticleOpinion, OpenQuestion
from hark311.answers.records import Answer, record_of
from hark311.domain.errors import MissingText, NotFound
from hark311.government.models import Jurisdiction
from hark311.language.readers import embedder
from hark311.privacy.text import mask_text

# More than any editor reads; then the oldest questions have to be settled first.
_MOST_OPEN = 2000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """What an editor writes down; titles, questions and texts by language."""

    department_id: int
    topic: str
    titles: Mapping[str, str]
    questions: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]
    services: Sequence[str]
    hotline: str
    often: int
    review_on: date
    is_sample: bool = False


@transaction.atomic
def write_answer(
    jurisdiction: Jurisdiction,
    code: str,
    draft: ArticleDraft,
    *,
    account_id: int | None,
    at: datetime,
) -> Answer:
    """The next version of the article of this code, or its first; its meaning is read at once.

    Whoever calls has checked that the account may. Raises MissingText without a title or text.
    """
    for field, words in (("title", draft.titles), ("text", draft.texts)):
        if not any(words.values()):
            raise MissingText(field=field)
    versions = Article.objects.filter(jurisdiction=jurisdiction, code=code)
    last = versions.select_for_update(no_key=True).order_by("-version").first()
    versions.filter(is_current=True).update(is_current=False)
    row = Article.objects.create(
        jurisdiction=jurisdiction,
        code=code,
        version=last.version + 1 if last else 1,
        made_by_id=account_id,
        made_at=at,
        **asdict(draft),
    )
    if account_id is not None and (model := embedder()) is not None:
        read_article(row, model)
    return record_of(row)


@transaction.atomic
def retire_answer(jurisdiction: Jurisdiction, article_id: int) -> None:
    """No longer show an article. Raises NotFound if it is gone already."""
    rows = Article.objects.filter(jurisdiction=jurisdiction, pk=article_id, is_current=True)
    if not rows.update(is_current=False):
        raise NotFound(what="answer")


def note_opinion(
    answer: Answer, *, jurisdiction: Jurisdiction, language: str, on: date, helped: bool
) -> None:
    """Count one reader's word; nothing of the reader is kept."""
    row, _made = ArticleOpinion.objects.get_or_create(
        jurisdiction=jurisdiction, code=answer.code, language=language, on=on
    )
    column = "helped" if helped else "failed"
    ArticleOpinion.objects.filter(pk=row.pk).update(**{column: F(column) + 1})


def note_unanswered(jurisdiction: Jurisdiction, text: str, *, language: str, at: datetime) -> None:
    """Keep what nobody answers for editors: masked, shortened, the same question once.

    Telephone numbers and mail addresses are covered; a name that somebody types is not.
    """
    words = mask_text(" ".join(text.split()))[:_LONGEST]
    key = _folded(words)
    if not key:
        return
    same = OpenQuestion.objects.filter(jurisdiction=jurisdiction, key=key, language=language)
    if same.update(times=F("times") + 1, last_at=at, settled_at=None):
        return
    waiting = OpenQuestion.objects.filter(jurisdiction=jurisdiction, settled_at__isnull=True)
    if waiting.count() < _MOST_OPEN:
        OpenQuestion.objects.bulk_create(
            [
                OpenQuestion(
                    jurisdiction=jurisdiction,
                    key=key,
                    language=language,
                    words=words,
                    first_at=at,
                    last_at=at,
                )
            ],
            ignore_conflicts=True,
        )


def settle_question(jurisdiction: Jurisdiction, question_id: int, *, at: datetime) -> None:
    """Take a question off the list; asked again, it comes back. Raises NotFound."""
    rows = OpenQuestion.objects.filter(jurisdiction=jurisdiction, pk=question_id)
    if not rows.update(settled_at=at):
        raise NotFound(what="question")


def _folded(words: str) -> str:
    decomposed = unicodedata.normalize("NFKC", words.casefold())
    return "".join(one for one in decomposed if one.isalnum() or one == " ").strip()[:_LONGEST]
