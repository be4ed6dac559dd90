"""The entry point of the hark311 command: settles place and database, then runs one verb."""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import cast

import django
from django.conf import settings
from django.db import connections
from django.db.utils import OperationalError

from hark311.commands.verbs import VERBS, Command, Database, Verb
from hark311.domain.errors import HarkError
from hark311.platform import database, storage
from hark311.platform.postgres import server
from hark311.platform.trouble import Trouble

STOPPED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit status; whatever is wrong is one line and status 2."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except Trouble as trouble:
        return _refuse(trouble.line)
    except HarkError as error:
        return _refuse(str(error))
    except OperationalError as error:
        return _refuse(f"the database cannot be used: {str(error).strip().splitlines()[0]}")
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    verb = _verb(_outer_parser().parse_args(words[:1]).verb)
    _settle_environment(verb, words[1:])
    django.setup()
    command = cast(Command, import_module(verb.module))
    args = _parser(verb, command).parse_args(words[1:])
    with database_for(verb.database):
        return command.run(args)


def _settle_environment(verb: Verb, words: list[str]) -> None:
    """What the settings read must be there before they are read."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hark311.config.settings"
    os.environ.update(verb.environment)
    early = ArgumentParser(add_help=False, allow_abbrev=False)
    _add_data(early)
    data = early.parse_known_args(words)[0].data
    if data is not None:
        os.environ["HARK311_DATA"] = str(data)


@contextmanager
def database_for(role: Database) -> Iterator[None]:
    """Point Django at the database as ``role``, starting the embedded one if none is given."""
    storage.prepare(settings.DATA)
    if role is Database.NONE:
        yield
    elif settings.DATABASE_URL:
        owner = settings.DATABASE_OWNER_URL
        if role is Database.OWNER and owner:
            database.point_at(owner)
        yield
    else:
        share = server.attach(settings.DATA)
        try:
            roles = share.roles
            database.point_at(roles.owner if role is Database.OWNER else roles.application)
            yield
        finally:
            connections.close_all()
            share.leave()


def _outer_parser() -> ArgumentParser:
    width = max(len(verb.name) for verb in VERBS)
    lines = "\n".join(f"  {verb.name:<{width}}  {verb.about}" for verb in VERBS)
    parser = ArgumentParser(
        prog="hark311",
        description="One hub for every request to a city that is not an emergency.",
        epilog=f"verbs:\n{lines}\n\nexample:\n  hark311 doctor",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=[verb.name for verb in VERBS], metavar="VERB")
    return parser


def _parser(verb: Verb, command: Command) -> ArgumentParser:
    parser = ArgumentParser(
        prog=f"hark311 {verb.name}",
        description=verb.about,
        epilog=f"example:\n  {command.EXAMPLE}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_data(parser)
    command.add_arguments(parser)
    return parser


def _add_data(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (HARK311_DATA)")


def _verb(name: str) -> Verb:
    return next(verb for verb in VERBS if verb.name == name)


def _refuse(line: str) -> int:
    print(f"hark311: {line}", file=sys.stderr)
    return STOPPED


if __name__ == "__main__":
    sys.exit(main())
