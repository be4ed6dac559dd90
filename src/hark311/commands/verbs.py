"""The verbs of the hark311 command, and what each needs before it runs.

To add one: write ``commands/<verb>.py`` with ``EXAMPLE``, ``add_arguments(parser)`` and
``run(args) -> int``, and name it below. The module may import models: Django is set up first.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Database(StrEnum):
    """As whom a verb reaches the database."""

    NONE = "none"
    APPLICATION = "application"
    OWNER = "owner"


class Command(Protocol):
    """What the module of a verb holds."""

    EXAMPLE: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, args: Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class Verb:
    """One word after hark311."""

    name: str
    module: str
    about: str
    database: Database = Database.APPLICATION
    # Set before the settings are read.
    environment: tuple[tuple[str, str], ...] = field(default=())


_PACKED = ("HARK311_STATIC_PACKED", "yes")

# Alphabetical.
VERBS = (
    Verb("addresses", "hark311.commands.addresses", "Load a city's addresses."),
    Verb("areas", "hark311.commands.areas", "Load the outlines of areas."),
    Verb("channels", "hark311.commands.channels", "Try a channel from end to end.", Database.NONE),
    Verb("city", "hark311.commands.city", "Check or load a city pack."),
    Verb(
        "demo",
        "hark311.commands.demo",
        "Start a whole city to try.",
        Database.NONE,
        (("HARK311_DEMO", "yes"), _PACKED),
    ),
    Verb("doctor", "hark311.commands.doctor", "Say what is set, and what is wrong.", Database.NONE),
    Verb("import", "hark311.commands.import_cases", "Bring the cases of another system."),
    Verb("keys", "hark311.commands.keys", "Make, list and revoke the keys of other systems."),
    Verb(
        "language",
        "hark311.commands.language",
        "Learn what messages mean, and measure it.",
        Database.NONE,
    ),
    Verb(
        "migrate",
        "hark311.commands.migrate",
        "Bring the database up to this version.",
        Database.OWNER,
    ),
    Verb(
        "serve",
        "hark311.commands.serve",
        "Start everything and keep it running.",
        Database.NONE,
        (_PACKED,),
    ),
    Verb(
        "simulate",
        "hark311.commands.simulate",
        "Imagine a city that reports.",
        Database.OWNER,
    ),
    Verb("taught", "hark311.commands.taught", "Write what closed cases teach."),
    Verb("triage", "hark311.commands.triage", "Say what messages mean.", Database.NONE),
    Verb(
        "trial",
        "hark311.commands.trial",
        "Show what a city cannot see in its export.",
        Database.NONE,
    ),
    Verb("trial-page", "hark311.commands.trial_page", "Write the page of a trial's hub."),
    Verb("verify", "hark311.commands.verify", "Check the record against tampering."),
    Verb(
        "voice-gateway",
        "hark311.commands.voice_gateway",
        "Answer SIP calls without a telephone provider.",
        Database.NONE,
    ),
    Verb("worker", "hark311.commands.worker", "Run jobs, the sequencer and the sweeps."),
)
