"""Labels of messages to everybody: their states, steps, faults, and how each network fared."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.domain.social import LONGEST, Network, PostFault, PostState

POST_STATES: Mapping[PostState, LazyText] = MappingProxyType(
    {
        PostState.DRAFT: gettext_lazy("Being written"),
        PostState.ASKED: gettext_lazy("Waits for approval"),
        PostState.APPROVED: gettext_lazy("Approved"),
        PostState.PUBLISHED: gettext_lazy("Published"),
        PostState.TAKEN_BACK: gettext_lazy("Taken back"),
    }
)
POST_STEPS: Mapping[str, LazyText] = MappingProxyType(
    {
        "written": gettext_lazy("Written"),
        "changed": gettext_lazy("Changed"),
        "asked": gettext_lazy("Approval asked for"),
        "agreed": gettext_lazy("Agreed"),
        "approved": gettext_lazy("Approved"),
        "sent_back": gettext_lazy("Sent back to change it"),
        "published": gettext_lazy("Published"),
        "removed": gettext_lazy("Removed"),
        "failed": gettext_lazy("Could not be done"),
        "taken_back": gettext_lazy("Taken back everywhere"),
        "tried_again": gettext_lazy("Tried again"),
    }
)
DELIVERY_STATES: Mapping[str, LazyText] = MappingProxyType(
    {
        "waiting": gettext_lazy("Not there yet"),
        "published": gettext_lazy("There"),
        "failed": gettext_lazy("The network refused it"),
        "leaving": gettext_lazy("Being removed"),
        "taken_back": gettext_lazy("Removed"),
    }
)
_FAULTS: Mapping[PostFault, LazyText] = MappingProxyType(
    {
        PostFault.NO_TEXT: gettext_lazy("Write the plain text first."),
        PostFault.NO_NETWORK: gettext_lazy("Choose at least one network."),
        PostFault.NO_OWNER: gettext_lazy("Say who answers for the facts."),
        PostFault.NO_ALTERNATIVE: gettext_lazy("Say in words what the picture shows."),
        PostFault.WORDS_IN_PICTURE: gettext_lazy(
            "Use a picture without words in it: many cannot read them. Say that it has none."
        ),
        PostFault.NEEDS_PICTURE: gettext_lazy("Instagram needs a picture."),
    }
)


def fault_sentence(fault: PostFault, network: Network | None) -> str:
    """What to mend."""
    if network is not None and fault is PostFault.TOO_LONG:
        return _("Too long for %(network)s: at most %(limit)s letters.") % {
            "network": network.name_for_people,
            "limit": LONGEST[network],
        }
    return str(_FAULTS[fault])
