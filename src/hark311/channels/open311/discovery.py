"""Says what this server speaks, where, and whom to ask for a key."""

from django.conf import settings
from django.utils.translation import gettext as _

from hark311.channels.open311.document import Document, Form, Items, Node
from hark311.channels.open311.exchange import Answer, Call

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# When what is answered here last changed for clients.
CHANGESET = "2026-01-01T00:00:00Z"


def show_discovery(call: Call) -> Answer:
    """The discovery document: a bare object in JSON, as clients in use read it."""
    contact = call.jurisdiction.contact or call.base_url.removesuffix("/open311/v2")
    endpoint: Node = {
        "specification": SPECIFICATION,
        "url": call.base_url,
        "changeset": CHANGESET,
        "type": "test" if settings.DEMO else "production",
        "formats": Items("format", tuple(_kind(form) for form in (Form.XML, Form.JSON))),
    }
    return Answer(
        Document(
            "discovery",
            {
                "changeset": CHANGESET,
                "contact": contact,
                "key_service": _("Ask for an api_key here: %(contact)s") % {"contact": contact},
                "endpoints": Items("endpoint", (endpoint,)),
            },
        )
    )


def _kind(form: Form) -> str:
    return form.content_type.partition(";")[0]
