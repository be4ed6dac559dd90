"""An article as it is read: its words in a language, and what it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hark311.answers.models import Article
from hark311.domain.texts import in_language


@dataclass(frozen=True, slots=True)
class Answer:
    """One article as it stands now. hotline: the code of a line of the city, or ""."""

    id: int
    code: str
    version: int
    department_id: int
    topic: str
    titles: Mapping[str, str]
    questions: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]
    services: tuple[str, ...]
    hotline: str
    often: int
    review_on: date
    is_sample: bool
    is_of_pack: bool
    made_at: datetime

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def text(self, language: str) -> str:
        return in_language(self.texts, language)

    def language_of(self, language: str) -> str:
        """The language in which a reader of ``language`` gets its text."""
        wanted = (language, language.split("-")[0], "en")
        return next((one for one in wanted if self.texts.get(one)), next(iter(self.texts), "en"))

    def is_overdue(self, today: date) -> bool:
        return self.review_on < today

    def asked(self) -> list[str]:
        """Its titles and questions in all languages: what its meaning is taken from."""
        said = [*self.titles.values(), *(one for many in self.questions.values() for one in many)]
        return list(dict.fromkeys(text for text in said if text))


def record_of(row: Article) -> Answer:
    return Answer(
        id=row.pk,
        code=row.code,
        version=row.version,
        department_id=row.department_id,
        topic=row.topic,
        titles=row.titles,
        questions=row.questions,
        texts=row.texts,
        services=tuple(row.services),
        hotline=row.hotline,
        often=row.often,
        review_on=row.review_on,
        is_sample=row.is_sample,
        is_of_pack=row.made_by_id is None,
        made_at=row.made_at,
    )
