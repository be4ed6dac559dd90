"""How stories of a demonstration end: closed with every outcome, rated, disputed."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from hark311.cases.actions.attach_evidence import attach_evidence
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.rate_case import rate_case
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.commands.demonstration.telling import Told
from hark311.commands.demonstration.words import said
from hark311.domain.closing import Closing
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Outcome

_OUTCOMES = {
    Outcome.FIXED: 66,
    Outcome.NO_PROBLEM_FOUND: 12,
    Outcome.NOT_OURS: 6,
    Outcome.CANNOT_ACT: 5,
    Outcome.PLANNED: 5,
    Outcome.INFORMATION_GIVEN: 4,
    Outcome.INVALID: 2,
}


def ends(told: Told) -> Iterator[datetime]:
    """Close, and let the reporter say what they think of it."""
    yield told.at_work(told.work_hours / 2)
    close(told)
    chance = told.rng.random()
    if chance < 0.09 and not told.report.service.is_sensitive:
        yield from _disputed(told)
    elif chance < 0.3:
        yield told.later(hours=told.rng.randint(1, 60))
        words = said("ratings", told.rng) if told.rng.random() < 0.5 else ""
        rate_case(told.case_id, told.rng.choice([3, 4, 4, 5, 5]), words, actor=told.resident)


def close(told: Told) -> None:
    """Close with an outcome, its words, and the proof that the service asks for."""
    outcome = told.rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    detail = said(f"details.{outcome.value}", told.rng) if outcome.needs_detail else ""
    texts = told.report.service.closing_texts.get(outcome, {})
    text = in_language(texts, "en") or said("notes.public", told.rng)
    evidence: tuple[int, ...] = ()
    if "photo" in told.report.service.evidence:
        photo = attach_evidence(told.incident_id, _picture(), actor=told.worker)
        evidence = (photo.pk,)
    closing = Closing(outcome=outcome, text=text, detail=detail, evidence=evidence)
    close_incident(told.incident_id, closing, actor=told.worker)


def _disputed(told: Told) -> Iterator[datetime]:
    yield told.later(hours=told.rng.randint(2, 90))
    words = said("disputes", told.rng, told.language)
    dispute = request_dispute(told.case_id, words, actor=told.resident)
    end = told.rng.choices(("left", "declined", "reopened", "apart"), (3, 4, 3, 1))[0]
    if end == "left":
        return
    yield told.at_work(told.rng.uniform(10, 100))
    supervisor = told.chief
    if end == "declined":
        decline_dispute(dispute.pk, said("declined", told.rng), actor=supervisor)
    elif end == "apart":
        uphold_dispute_apart(dispute.pk, said("upheld", told.rng), actor=supervisor)
    else:
        uphold_dispute_by_reopening(dispute.pk, said("upheld", told.rng), actor=supervisor)
        yield told.at_work(told.work_hours / 2)
        close(told)


@lru_cache(maxsize=1)
def _picture() -> bytes:
    """A drawn picture of a mended street: no photograph of anywhere."""
    image = Image.new("RGB", (480, 320), (120, 122, 126))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 480, 90), fill=(168, 200, 226))
    draw.ellipse((170, 170, 310, 250), fill=(70, 71, 74))
    for left in range(20, 480, 120):
        draw.rectangle((left, 128, left + 60, 136), fill=(235, 235, 225))
    kept = BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
