"""The lists of staff: home, queues, kept views, who has what."""

from tests.faces.town import ADMIN, CREW, SUPERVISOR, FacePage, Town, found

from hark311.domain.actor import Role
from hark311.government.accounts import staff_actor
from hark311.government.saved_views import keep_view


def views(town: Town) -> str:
    account = town.account(Role.CREW.value)
    actor = staff_actor(account, town.city, language="en")
    assert actor is not None
    keep_view("Late in the streets, longest first", "streets", "due=late", actor=actor)
    keep_view("Nobody has it", "", "with=nobody", actor=actor)
    return "/staff/views"


PAGES = (
    FacePage("staff/home", found("/staff/"), who=SUPERVISOR),
    FacePage("staff/home/admin", found("/staff/"), who=ADMIN),
    FacePage("queues", found("/staff/queues"), who=SUPERVISOR),
    FacePage("queue", found("/staff/queues/streets"), who=SUPERVISOR),
    FacePage("queue/narrowed", found("/staff/queues?words=hole&due=week"), who=SUPERVISOR),
    FacePage("queue/empty", found("/staff/queues?words=nothing-of-this"), who=CREW),
    FacePage("staff/views", views, who=CREW),
    FacePage("staff/views/empty", found("/staff/views"), who=ADMIN),
    FacePage("staff/workload", found("/staff/workload"), who=SUPERVISOR),
)
