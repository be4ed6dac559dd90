"""Keeps demonstrations and real places apart: known passwords must never meet real people."""

from django.conf import settings

from hark311.platform import clock
from hark311.platform.models import Deployment
from hark311.platform.trouble import Trouble


def settle() -> Deployment:
    """Record at the first migration what kind of place this is; later ones change nothing."""
    found, _ = Deployment.objects.get_or_create(
        id=1, defaults={"is_demo": settings.DEMO, "made_at": clock.now()}
    )
    return found


def require_same_kind() -> None:
    """Raises Trouble if a demonstration meets a real database, or the other way round."""
    found = Deployment.objects.first()
    if found is None or found.is_demo == settings.DEMO:
        return
    if found.is_demo:
        raise Trouble("this database is a demonstration's: start it with script/demo")
    raise Trouble("this database is not a demonstration's: give another --data folder")
