"""hark311 voice-gateway: answers SIP calls by the very pages that telephone providers ask."""

import asyncio
import os
import resource
import shutil
import signal
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

from hark311.commands.voice.conduct import Conductor
from hark311.commands.voice.speech import SPEAKER, Speech
from hark311.commands.voice.switchboard import Line, Switchboard
from hark311.commands.voice.web import Pages, new_session
from hark311.platform import log, phone_token
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 voice-gateway --listen 127.0.0.1:5070 --web http://127.0.0.1:8311"

_log = log.get(__name__)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--listen", default="127.0.0.1:5070", metavar="HOST:PORT", help="for SIP")
    parser.add_argument("--web", default="", metavar="URL", help="where pages are served")
    parser.add_argument(
        "--trunk", default="", metavar="HOST", help="where plain telephone numbers are dialled"
    )
    parser.add_argument(
        "--measure", type=Path, metavar="FILE", help="write delays and processor time at the end"
    )


def run(args: Namespace) -> int:
    """Answer calls until SIGTERM or Ctrl-C. Prints ``listening HOST:PORT`` once it does."""
    if find_spec("baresip") is None:
        raise Trouble("the extra is missing: pip install 'hark311[voice]'")
    if shutil.which(SPEAKER) is None:
        raise Trouble(f"{SPEAKER} is missing, which speaks the menus: apt-get install {SPEAKER}")
    host, _colon, port = args.listen.rpartition(":")
    if not (host and port.isdecimal()):
        raise Trouble("--listen needs an address and a port, as 127.0.0.1:5070")
    sip = import_module("hark311.commands.voice.sip")
    board: Switchboard = sip.SipSwitchboard(host, int(port))
    asyncio.run(_answer(board, args))
    return 0


async def _answer(board: Switchboard, args: Namespace) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    waits: list[float] = []
    async with new_session() as session:
        base = (args.web or f"http://127.0.0.1:{settings.PORT}").rstrip("/")
        pages = Pages(base, phone_token.token(), session)
        speech = Speech(Path(settings.DATA) / "spoken")

        async def on_call(line: Line) -> None:
            conductor = Conductor(line, pages, speech, board, args.trunk)
            await conductor.run()
            waits.extend(conductor.waits_ms)
            _log.info("call_over", call=conductor.sid)

        await board.open(on_call)
        print(f"listening {args.listen}", flush=True)
        await stopped.wait()
        await board.close()
    if args.measure:
        _write_figures(args.measure, waits)
    # The stack's own threads may outlive its end.
    sys.stdout.flush()
    os._exit(0)


def _write_figures(path: Path, waits: list[float]) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    ordered = sorted(waits) or [0.0]
    figures = {
        "keys": len(waits),
        "p50_ms": ordered[len(ordered) // 2],
        "p95_ms": ordered[int(len(ordered) * 0.95)],
        "cpu_s": used.ru_utime + used.ru_stime,
    }
    path.write_text("".join(f"{name} {value:.1f}\n" for name, value in figures.items()))
