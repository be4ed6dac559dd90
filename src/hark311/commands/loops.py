"""Every loop of the worker: what it is called, how often it looks, and what it does."""

from functools import partial

from django.conf import settings
from django.utils.module_loading import import_string

from hark311.access import allowance
from hark311.answers.meaning import learn_some
from hark311.cases import feed, sweeps
from hark311.cases.actions.seal_day import seal_days
from hark311.cases.danger_reader import DangerReader
from hark311.cases.feed import Reader
from hark311.cases.map_reader import MapReader
from hark311.cases.sweep_pictures import sweep_pictures
from hark311.contacts.actions import forget_keys
from hark311.contacts.drafts import forget_drafts
from hark311.contacts.handed_in import forget_deliveries
from hark311.government.accounts import forget_sessions
from hark311.intake.silence import end_silent
from hark311.notifications.reader import NoticeReader
from hark311.notifications.sending import send_waiting
from hark311.people.proofs import sweep_proofs
from hark311.platform import jobs
from hark311.platform.loops import Loop

# Everyone who follows the feed of events, each at its own pace. Alphabetical.
READERS: tuple[Reader, ...] = (DangerReader(), MapReader(), NoticeReader())

_sequencer = feed.Sequencer()

# Alphabetical.
LOOPS = (
    Loop("delete_finished_jobs", 3600, jobs.delete_finished),
    Loop("end_silent_talks", 300, end_silent),
    Loop("forget_counts", 600, allowance.sweep),
    Loop("forget_deliveries", 3600, forget_deliveries),
    Loop("forget_drafts", 3600, forget_drafts),
    Loop("forget_keys", 3600, forget_keys),
    Loop("forget_proofs", 3600, sweep_proofs),
    Loop("forget_pictures", 3600, sweep_pictures),
    Loop("forget_sessions", 3600, forget_sessions),
    *(loop for source in settings.LOOP_SOURCES for loop in import_string(source)()),
    *(Loop(f"read_{reader.name}", 0.5, partial(feed.run_reader, reader)) for reader in READERS),
    Loop("seal_days", 60, seal_days),
    Loop("send_notices", 1, send_waiting),
    Loop("sequencer", 0.2, _sequencer.run_once),
    Loop("understand_answers", 5, learn_some),
    *(Loop(name, every_s, look) for name, every_s, look in sweeps.LOOPS),
    Loop("take_up_stalled_jobs", 15, jobs.take_up_stalled),
)
