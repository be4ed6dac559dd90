"""Takes a posted request: who posts, what it says, whether it may be known already."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hark311.access.keys import Scope, count_use, key_for, require_use
from hark311.access.models import ApiKey
from hark311.catalog.queries import Service, in_language
from hark311.channels.open311.adapter import read_report, required, word_receipt
from hark311.channels.open311.catalog_pages import offered_service
from hark311.channels.open311.exchange import Answer, Call
from hark311.channels.open311.refusals import CANDIDATES
from hark311.domain.actor import Actor
from hark311.domain.draft import Hazard, IntakeDraft, OfferedCandidate, Receipt
from hark311.domain.errors import ChannelRefused, Conflict, UnknownService, UnreadablePayload
from hark311.domain.vocabulary import HazardLevel
from hark311.intake.candidates import candidates
from hark311.intake.submit import submit
from hark311.platform import clock
