"""The one color of a city, as a style sheet of its own, since pages carry no styles inside."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hark311.government.face import jurisdiction_of
from hark311.platform.views import Audience, open_to

_DAY_S = 86_400


@open_to(Audience.PUBLIC)
@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """The hue of the jurisdiction; pages ask for it with the hue as query, so it may be kept."""
    hue = jurisdiction_of(request).hue % 361
    response = HttpResponse(f":root{{--hue:{hue}}}\n", content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={_DAY_S}"
    return response
