"""hark311 channels: try a channel from end to end, without waiting for somebody to use it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from hark311.commands.trying_channels import email, phone, social
from hark311.commands.trying_channels.step import Step
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 channels test email"

# Alphabetical. Each tries one step after the other, and ends at the first that fails.
TESTS: Mapping[str, Callable[[], Iterator[Step]]] = MappingProxyType(
    {
        "email": email.steps,
        "sms": phone.sms_steps,
        "social": social.steps,
        "voice": phone.voice_steps,
    }
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("deed", choices=["test"], metavar="test")
    parser.add_argument("channel", choices=sorted(TESTS), help=f"one of {', '.join(TESTS)}")


def run(args: Namespace) -> int:
    """Print a line for each step. Raises Trouble at the first that fails."""
    for step in TESTS[args.channel]():
        if not step.is_well:
            raise Trouble(step.line)
        print(f"ok  {step.line}")
    return 0
