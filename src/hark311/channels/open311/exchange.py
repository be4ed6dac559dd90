"""One exchange over HTTP: which city, which language, which form; and an answer in any event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import get_language_from_request, get_supported_language_variant
from django.views.decorators.csrf import csrf_exempt

from hark311.channels.open311.document import Document, Form, written
from hark311.channels.open311.parameters import Parameters, parameters_of
from hark311.channels.open311.refusals import METHOD, refusal_of
from hark311.domain.errors import HarkError, NotFound, Unavailable, UnreadablePayload
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_by_key, jurisdiction_for_host
from hark311.platform import database
from hark311.platform.views import Audience, open_to

READ = ("GET", "HEAD")
_ALLOWED_HEADERS = "Content-Type, Idempotency-Key, If-None-Match, Accept-Language"


@dataclass(frozen=True, slots=True)
class Call:
    """What a handler is given. base_url: where this API stands, without a slash at the end."""

    jurisdiction: Jurisdiction
    parameters: Parameters
    language: str
    base_url: str
    idempotency_key: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A document with its status."""

    document: Document
    status: int = 200


Handler = Callable[[Call], Answer]
View = Callable[..., HttpResponse]


def address(get: Handler, post: Handler | None = None) -> View:
    """The view of one address: reads anybody's GET and HEAD, and POST where there is one."""
    handlers: dict[str, Handler] = dict.fromkeys(READ, get)
    if post is not None:
        handlers["POST"] = post
    known = MappingProxyType(handlers)

    def view(request: HttpRequest, form: str, **parts: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return _with_rights(HttpResponse(status=204), known)
        language = get_language_from_request(request)
        try:
            response = _answered(request, Form(form), known, parts)
        except HarkError as error:
            response = _refused(error, Form(form), _wanted_language(request, language))
        except database.AWAY:
            away = Unavailable(retry_after_s=database.RETRY_AFTER_S)
            response = _refused(away, Form(form), _wanted_language(request, language))
        return _with_rights(_fitting(request, response), known)

    return open_to(Audience.MACHINE)(csrf_exempt(view))


@open_to(Audience.MACHINE)
@csrf_exempt
def unknown_address(request: HttpRequest, **_parts: str) -> HttpResponse:
    """What stands under no address: 404 with an error list, in the form the client prefers."""
    form = Form.JSON if "json" in request.headers.get("Accept", "") else Form.XML
    with translation.override(get_language_from_request(request)):
        response = _refused(NotFound(what="address"), form, translation.get_language() or "en")
    return _with_rights(_fitting(request, response), dict.fromkeys(READ))


def _answered(
    request: HttpRequest, form: Form, handlers: Mapping[str, Handler], parts: Mapping[str, str]
) -> HttpResponse:
    handler = handlers.get(request.method or "")
    if handler is None:
        raise UnreadablePayload(reason=METHOD, allowed=", ".join(_methods(handlers)))
    parameters = parameters_of(request)
    language = _language_of(parameters, get_language_from_request(request))
    with translation.override(language):
        answer = handler(
            Call(
                jurisdiction=_jurisdiction_of(request, parameters),
                parameters=parameters,
                language=language,
                base_url=request.build_absolute_uri("/open311/v2"),
                idempotency_key=request.headers.get("Idempotency-Key", "").strip(),
                parts=parts,
            )
        )
    return HttpResponse(
        written(answer.document, form), status=answer.status, content_type=form.content_type
    )


def _jurisdiction_of(request: HttpRequest, parameters: Parameters) -> Jurisdiction:
    """The one named; without a name the one of this host, else the default one.

    Raises UnknownJurisdiction.
    """
    key = parameters.one("jurisdiction_id")
    if key:
        return jurisdiction_by_key(key)
    host = request.get_host().rsplit(":", 1)[0]
    return jurisdiction_for_host(host)


def _wanted_language(request: HttpRequest, fallback: str) -> str:
    """The language of an error, also of one about unreadable parameters."""
    return _language_of(Parameters({"locale": (request.GET.get("locale", ""),)}), fallback)


def _language_of(parameters: Parameters, fallback: str) -> str:
    wanted = parameters.one("locale").replace("_", "-").lower()
    try:
        return get_supported_language_variant(wanted) if wanted else fallback
    except LookupError:
        return fallback


def _refused(error: HarkError, form: Form, language: str) -> HttpResponse:
    with translation.override(language):
        refusal = refusal_of(error, language)
    response = HttpResponse(
        written(refusal.document, form), status=refusal.status, content_type=form.content_type
    )
    for name, value in refusal.headers.items():
        response.headers[name] = value
    return response


def _fitting(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its tag; without a body where the client has it already, or wants none."""
    if request.method in READ and response.status_code == 200:
        tag = quote_etag(sha256(response.content).hexdigest()[:32])
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if "*" in known or any(one.removeprefix("W/") == tag for one in known):
            response = HttpResponse(status=304)
            del response.headers["Content-Type"]
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "public, no-cache"
        response.headers["Vary"] = "Accept-Language"
    if request.method == "HEAD":
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _with_rights(response: HttpResponse, handlers: Mapping[str, Handler | None]) -> HttpResponse:
    """Any page may read: nothing here depends on who is signed in."""
    methods = ", ".join(_methods(handlers))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if response.status_code == 204:
        response.headers["Allow"] = methods
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _methods(handlers: Mapping[str, Handler | None]) -> tuple[str, ...]:
    return (*handlers, "OPTIONS")
