"""Makes reports of the small city: valid by default, so a test states only what matters."""

from uuid import uuid4

from hark311.cases.models import Case
from hark311.catalog.models import ServiceVersion
from hark311.domain.actor import Actor, ActorKind, Role
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel
from hark311.government.models import Account, Department, Jurisdiction, Queue
from hark311.intake.submit import submit
from hark311.platform import clock

HERE = Point(-98.55, 39.75)


def make_report(
    city: Jurisdiction,
    *,
    service_code: str = "pothole",
    description: str = "A deep hole in the road.",
    answers: dict[str, tuple[str, ...]] | None = None,
    contact: Contact | None = None,
    language: str = "en",
    wants_public: bool = True,
) -> Case:
    draft = IntakeDraft(
        jurisdiction_id=city.pk,
        channel=Channel.WEB,
        source_key=uuid4().hex,
        received_at=clock.now(),
        language=language,
        service_code=service_code,
        description=description,
        point=HERE,
        address_text="12 Main Street",
        answers={"size": ("plate",)} if answers is None else answers,
        contact=contact or Contact(),
        wants_public=wants_public,
    )
    receipt = submit(draft, actor=Actor(kind=ActorKind.RESIDENT, jurisdiction_id=city.pk))
    return Case.objects.get(pk=receipt.case_id)


def make_sensitive(city: Jurisdiction, contact: Contact | None = None) -> Case:
    """A case of a service that only its own queue may know of."""
    versions = ServiceVersion.objects.filter(service__jurisdiction=city, service__code="other")
    versions.update(privacy="sensitive")
    # Readers keep a catalog until the pack is loaded anew.
    city.pack_digest = uuid4().hex
    city.save()
    return make_report(city, service_code="other", answers={}, contact=contact)


def staff_of(city: Jurisdiction) -> Actor:
    """Somebody who may do everything in every queue of the city."""
    account, _made = Account.objects.get_or_create(
        email="crew@city.test", defaults={"joined_at": clock.now()}
    )
    return Actor(
        kind=ActorKind.STAFF,
        jurisdiction_id=city.pk,
        account_id=account.pk,
        roles=frozenset(Role),
        queues=frozenset(Queue.objects.filter(jurisdiction=city).values_list("pk", flat=True)),
        departments=frozenset(
            Department.objects.filter(jurisdiction=city).values_list("pk", flat=True)
        ),
    )
