"""The sentences that an agent says on every call; each is translated for the caller."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hark311.catalog.queries import Service
from hark311.console.desk import Desk
from hark311.domain.texts import in_language


@dataclass(frozen=True, slots=True)
class CallWords:
    """What to say at each step; then: "" while no service is chosen."""

    hello: str
    danger: str
    where: str
    who: str
    then: str


def words_to_say(service: Service | None, desk: Desk, language: str) -> CallWords:
    """In the language that is active, which is the caller's."""
    city = in_language(desk.jurisdiction.names, language) or desk.jurisdiction.key
    return CallWords(
        hello=_("Hello, this is %(city)s 311. How can I help?") % {"city": city},
        danger=_("Is anyone in danger right now?"),
        where=_("Where is it? A street and a number, or what stands nearby."),
        who=_("May I have your name, and a way to tell you what happens? You need not say."),
        then=_then(service, desk, language) if service else "",
    )


def _then(service: Service, desk: Desk, language: str) -> str:
    department = desk.names.organisation.departments[service.department_id]
    said = [_("%(department)s has it.") % {"department": in_language(department.names, language)}]
    said += [in_language(service.next_step, language), in_language(service.promise_text, language)]
    return " ".join(part for part in said if part)
