"""Keeps what other systems offered and this catalog does not: entries nobody can choose."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from hark311.catalog.models import ServiceDefinition, ServiceVersion
from hark311.catalog.queries import Service, service_version
from hark311.domain.chain import canonical
from hark311.domain.vocabulary import Privacy, ServiceKind
from hark311.government.models import Jurisdiction
from hark311.government.queries import QueueRecord


@transaction.atomic
def foreign_service(
    jurisdiction: Jurisdiction,
    code: str,
    names: Mapping[str, str],
    *,
    privacy: Privacy,
    queue: QueueRecord,
    at: datetime,
) -> Service:
    """The inactive entry for cases of this foreign kind, made when it is first needed.

    It asks and promises nothing, stands in ``queue``, and never changes once made; loading a
    pack leaves it alone.
    """
    row, is_new = ServiceDefinition.objects.get_or_create(
        jurisdiction=jurisdiction, code=code, defaults={"is_active": False}
    )
    if is_new or row.current_id is None:
        content = {"names": dict(names), "place": "optional"}
        row.current = ServiceVersion.objects.create(
            service=row,
            version=1,
            department_id=queue.department_id,
            queue_id=queue.id,
            kind=ServiceKind.REALTIME.value,
            privacy=privacy.value,
            content=content,
            digest=sha256(canonical(content)).hexdigest(),
            created_at=at,
        )
        row.save(update_fields=["current"])
    if row.current_id is None:
        raise AssertionError("the entry was given its version above")
    return service_version(row.current_id)
