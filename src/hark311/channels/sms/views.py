"""What the provider of text messages asks for: a message came, a message arrived or did not."""

from django.http import HttpRequest, HttpResponse
from twilio.twiml.messaging_response import MessagingResponse

from hark311.channels.sms import texting
from hark311.channels.sms.payload import read
from hark311.contacts.deliveries import note_delivery
from hark311.contacts.provider import signed
from hark311.domain.vocabulary import Channel
from hark311.government.face import jurisdiction_of

_XML = "text/xml; charset=utf-8"


@signed(Channel.SMS)
def message(request: HttpRequest) -> HttpResponse:
    """A message came; the answer goes back the same way."""
    text = read({name: str(request.POST[name]) for name in request.POST})
    said = texting.answer(text, jurisdiction_of(request))
    response = MessagingResponse()
    if said:
        response.message(said)
    return HttpResponse(str(response), content_type=_XML)


@signed(Channel.SMS)
def receipt(request: HttpRequest) -> HttpResponse:
    """How the sending of a message ended."""
    form = request.POST
    note_delivery(str(form.get("MessageStatus", "")), str(form.get("ErrorCode", "")))
    return HttpResponse("", status=204)
