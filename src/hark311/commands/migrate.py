"""hark311 migrate: brings the database up to this version, as the role that owns it."""

from argparse import ArgumentParser, Namespace

from django.core.management import call_command

from hark311.platform import database, deployment

EXAMPLE = "hark311 migrate --data /srv/hark311"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say what is missing; exit 1")


def run(args: Namespace) -> int:
    """Apply what is missing, in order; safe to run twice."""
    if args.check:
        missing = database.missing_migrations()
        print("\n".join(missing) or "nothing is missing")
        return 1 if missing else 0
    print(f"migrated: {bring_up()} applied")
    return 0


def bring_up() -> int:
    """Apply what is missing and return how much; Django must be connected as the owner."""
    missing = database.missing_migrations()
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
    deployment.settle()
    return len(missing)
