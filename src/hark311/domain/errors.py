"""Every rule the domain can refuse to break, as one tree.

HarkError
├── NotAllowed                the actor may not do this
├── NotFound                  no such case, service, queue ... or none that may be known
│   ├── UnknownService        the catalog has no such service
│   ├── UnknownJurisdiction   this deployment answers for no such government
│   └── LinkExpired           a signed link that is too old, used up or not ours
├── Conflict                  the world has moved on since the form was shown
│   ├── StaleForm             a colleague changed the row; facts say what
│   └── KeyReused             the same idempotency key came with another body
├── TooMany                   slower, please: a limit was reached
├── RuleBroken                the request contradicts a rule
│   ├── IllegalTransition     the lifecycle has no such arrow
│   ├── MissingOutcome        closing needs an outcome, and some outcomes a detail
│   ├── MissingText           words are needed
│   ├── MissingEvidence       the service asks for proof
│   ├── NaiveTimestamp        an instant without a zone
│   ├── BadNumber             a case number whose check digit is wrong
│   ├── CannotMerge           sensitive, closed, same, or another jurisdiction
│   └── DoesNotApply          the action makes no sense for this row now
├── BadDraft                  a submission that cannot be taken; facts name the field
│   ├── MissingAnswer         a required question has no answer
│   ├── BadAnswer             an answer that is not of its question's kind
│   ├── BadPlace              half a coordinate, off the globe, or no place at all
│   ├── OutsideCity           the place is someone else's; facts say whose
│   ├── TextTooLong
│   ├── ChannelRefused        the catalog does not offer this service on this channel
│   └── BadMedia              a file that is not an accepted picture
├── Unavailable               what is needed for it cannot be reached now; a later try may do
├── UnreadablePayload         an adapter cannot make out what was sent
└── BadPack                   a city pack with faults; facts list them

Errors carry facts without personal data, never HTTP: ``platform.problem`` alone
maps a code to a status, and translations keyed by code turn it into a sentence.
"""

from typing import ClassVar


class HarkError(Exception):
    """Base class. ``code`` is public API: codes are added, never renamed."""

    code: ClassVar[str] = "hark_error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({shown})"


class NotAllowed(HarkError):
    code = "not_allowed"


class NotFound(HarkError):
    code = "not_found"


class UnknownService(NotFound):
    code = "unknown_service"


class UnknownJurisdiction(NotFound):
    code = "unknown_jurisdiction"


class LinkExpired(NotFound):
    code = "link_expired"


class Conflict(HarkError):
    code = "conflict"


class StaleForm(Conflict):
    code = "stale_form"


class KeyReused(Conflict):
    code = "key_reused"


class TooMany(HarkError):
    code = "too_many"


class RuleBroken(HarkError):
    code = "rule_broken"


class IllegalTransition(RuleBroken):
    code = "illegal_transition"


class MissingOutcome(RuleBroken):
    code = "missing_outcome"


class MissingText(RuleBroken):
    code = "missing_text"


class MissingEvidence(RuleBroken):
    code = "missing_evidence"


class NaiveTimestamp(RuleBroken):
    code = "naive_timestamp"


class BadNumber(RuleBroken):
    code = "bad_number"


class CannotMerge(RuleBroken):
    code = "cannot_merge"


class DoesNotApply(RuleBroken):
    code = "does_not_apply"


class BadDraft(HarkError):
    code = "bad_draft"


class MissingAnswer(BadDraft):
    code = "missing_answer"


class BadAnswer(BadDraft):
    code = "bad_answer"


class BadPlace(BadDraft):
    code = "bad_place"


class OutsideCity(BadDraft):
    code = "outside_city"


class TextTooLong(BadDraft):
    code = "text_too_long"


class ChannelRefused(BadDraft):
    code = "channel_refused"


class BadMedia(BadDraft):
    code = "bad_media"


class Unavailable(HarkError):
    code = "unavailable"


class UnreadablePayload(HarkError):
    code = "unreadable_payload"


class BadPack(HarkError):
    code = "bad_pack"
