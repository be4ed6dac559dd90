"""Serves pictures that residents sent: a placeholder until somebody has checked them."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hark311.cases.queries.public_picture import is_picture_shown
from hark311.domain.errors import NotFound
from hark311.outreach.posts.queries import is_post_picture
from hark311.platform import media
from hark311.platform.views import Audience, open_to

_WAITING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" role="img">'
    '<rect width="480" height="320" fill="#e4e7eb"/>'
    '<text x="240" y="168" font-family="sans-serif" font-size="22" fill="#1f2933"'
    ' text-anchor="middle">{text}</text></svg>'
)


@open_to(Audience.PUBLIC)
@require_safe
def show_picture(request: HttpRequest, key: str) -> HttpResponse:
    """The picture, or a drawing that says that it is being checked; 404 for any other."""
    try:
        is_shown = is_picture_shown(key)
        content = media.read(key) if is_shown else b""
    except (NotFound, FileNotFoundError):
        return _of_a_post(key)
    if is_shown:
        response = HttpResponse(content, content_type=media.content_type_of(key))
        response.headers["Cache-Control"] = "public, max-age=300"
        return response
    drawing = _WAITING.format(text=escape(_("This picture is being checked.")))
    response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _of_a_post(key: str) -> HttpResponse:
    """A picture that the city published itself, as networks fetch it; 404 for any other."""
    if not is_post_picture(key) or not media.exists(key):
        return HttpResponse(status=404)
    return HttpResponse(media.read(key), content_type=media.content_type_of(key))
