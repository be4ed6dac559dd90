"""Where it is, and whether a neighbor has told of the same thing there."""

from dataclasses import replace
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hark311.cases.actions_free import Spot
from hark311.channels.web import adapter
from hark311.channels.web.report.draft import NONE_OF_THEM, ReportDraft, keep
from hark311.channels.web.report.flow import address, draft_of, service_of, show
from hark311.channels.web.report.forms import WhereForm
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.draft import OfferedCandidate
from hark311.domain.errors import BadPlace, OutsideCity, UnknownService
from hark311.government.face import spoken
from hark311.intake.candidates import candidates
from hark311.intake.locate import locate
from hark311.places.queries import areas_of
from hark311.platform import clock
from hark311.platform.views import Audience, open_to
