"""Loads the articles of a pack; those that staff have changed since stay as staff left them."""

from dataclasses import asdict
from datetime import datetime

from hark311.answers.actions import ArticleDraft, write_answer
from hark311.answers.models import Article
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.plain import plain
from hark311.government.models import Department, Jurisdiction
from hark311.platform.rows import RowChange


def load_answers(jurisdiction: Jurisdiction, pack: Pack, *, at: datetime) -> list[RowChange]:
    """Bring the articles of the pack up to date, and retire those that it no longer has."""
    departments = {row.code: row.pk for row in Department.objects.filter(jurisdiction=jurisdiction)}
    newest = {
        row.code: row
        for row in Article.objects.filter(jurisdiction=jurisdiction).order_by("version")
    }
    changes: list[RowChange] = []
    for article in pack.answers:
        code = str(article.code)
        draft = ArticleDraft(
            department_id=departments[str(article.department)],
            topic=str(article.topic or ""),
            titles=plain(article.titles),
            questions=plain(article.questions or {}),
            texts=plain(article.texts),
            services=plain(article.services),
            hotline=str(article.call or ""),
            often=article.often,
            review_on=article.review_on,
            is_sample=article.sample,
        )
        change = _change(newest.get(code), draft, code)
        if change is not None:
            write_answer(jurisdiction, code, draft, account_id=None, at=at)
            changes.append(change)
    gone = Article.objects.filter(
        jurisdiction=jurisdiction, is_current=True, made_by__isnull=True
    ).exclude(code__in=[str(article.code) for article in pack.answers])
    changes += [RowChange("retire", f"answer {row.code}") for row in gone]
    gone.update(is_current=False)
    return changes


def _change(last: Article | None, draft: ArticleDraft, code: str) -> RowChange | None:
    """What loading the draft would change; None if nothing, or if staff wrote the last version."""
    if last is None:
        return RowChange("add", f"answer {code}")
    if last.made_by_id is not None:
        return None
    differing = tuple(name for name, value in asdict(draft).items() if getattr(last, name) != value)
    if last.is_current and not differing:
        return None
    return RowChange("change", f"answer {code}", differing)
