"""The form of a service to print."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hark311.catalog.queries import active_services
from hark311.channels.fax.forms import form_pdf
from hark311.domain.errors import NotFound, Unavailable
from hark311.domain.vocabulary import Channel
from hark311.government.face import jurisdiction_of
from hark311.platform.languages import written_language
from hark311.platform.paper import NoPress
from hark311.platform.problem import answer
from hark311.platform.views import Audience, open_to


@open_to(Audience.PUBLIC)
@require_safe
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The form as PDF, in the language of the address; 404 for a service that takes no fax."""
    jurisdiction = jurisdiction_of(request)
    offered = (
        one
        for one in active_services(jurisdiction)
        if not one.channels or Channel.FAX in one.channels
    )
    service = next((one for one in offered if one.code == code), None)
    if service is None:
        return answer(request, NotFound(what="service"))
    language = written_language(get_language() or "en")
    try:
        content = form_pdf(service, jurisdiction, language)
    except NoPress:
        return answer(request, Unavailable(what="press"))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{code}-{language}.pdf"'
    return response
