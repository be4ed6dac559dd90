"""hark311 demo: a whole city to try, with sample people and cases, on a folder of its own."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial

from django.conf import settings

from hark311.commands import demo_city, serve
from hark311.platform.supervisor import Child

VOICE_AT = "127.0.0.1:5070"
EXAMPLE = "hark311 demo --port 8311 --data /tmp/demo --city ourtown"

# What fills the demonstration, in order; each is called with the city's name, at every start,
# as the application role, and does only what is missing.
STEPS: tuple[Callable[[str], None], ...] = (
    demo_city.load,
    demo_city.people,
    demo_city.cases,
    demo_city.drafts,
    demo_city.alerts,
)


def add_arguments(parser: ArgumentParser) -> None:
    serve.add_arguments(parser)
    parser.add_argument("--city", default="", metavar="NAME", help="which city pack to show")
    parser.add_argument(
        "--voice", action="store_true", help=f"answer SIP calls on {VOICE_AT} as well"
    )


def run(args: Namespace) -> int:
    """Migrate, load, fill and serve; refuses a database that is not a demonstration's."""
    port = args.port or settings.PORT
    more = (_gateway(port),) if args.voice else ()
    return serve.serve(port, prepare=partial(fill, args.city), more=more)


def _gateway(port: int) -> Child:
    """The telephone's gateway in front of the pages of this demonstration."""
    web = f"http://127.0.0.1:{port}"
    verb = ("voice-gateway", "--listen", VOICE_AT, "--web", web)
    return Child("voice", (sys.executable, "-m", "hark311.commands.main", *verb))


def fill(city: str) -> None:
    """Run every step for ``city``."""
    for step in STEPS:
        step(city)
