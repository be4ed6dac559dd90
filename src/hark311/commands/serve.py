"""hark311 serve: starts the database where needed, and keeps web, worker and live running."""

import os
import socket
import sys
import threading
import time
import urllib.request
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import ExitStack

from django.conf import settings
from django.db import connections

from hark311.commands import migrate
from hark311.platform import assets, bulk_load, database, deployment, log, reception
from hark311.platform.apart import run_apart
from hark311.platform.postgres.server import Server, attach
from hark311.platform.supervisor import Child, Supervisor
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 serve --port 8311 --data /srv/hark311"
PORT_FREE_WITHIN_S = 5.0
LATE_AFTER_S = 20.0
_GRANIAN = (
    *("--no-ws", "--http", "1", "--log-level", "error"),
    *("--respawn-failed-workers", "--respawn-interval", "0.1", "--workers-kill-timeout", "4"),
)

_log = log.get(__name__)
_NOTHING: Callable[[], None] = lambda: None  # noqa: E731


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=None, metavar="N", help="for pages; live updates on the next"
    )


def run(args: Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C. Prints ``ready <address>`` once pages answer."""
    return serve(args.port or settings.PORT)


def serve(
    port: int, *, prepare: Callable[[], None] = _NOTHING, more: tuple[Child, ...] = ()
) -> int:
    """Start everything on ``port`` and the next one, after ``prepare`` filled the database.

    more: what else is kept running, as the telephone's gateway.
    """
    require_free(port)
    require_free(port + 1)
    with ExitStack() as stack:
        server = None
        if not settings.DATABASE_URL:
            server = attach(settings.DATA)
            stack.callback(server.leave)
        url = _ready_database(server)
        connections.close_all()
        if prepare is not _NOTHING:
            run_apart(prepare)
        assets.gather()
        supervisor = Supervisor(
            (*_children(port), *more),
            environment=_environment(port, url),
            look=server.ensure_running_soon if server else _NOTHING,
        )
        stopped = threading.Event()
        stack.callback(stopped.set)
        threading.Thread(target=_say_ready, args=(port, stopped), daemon=True).start()
        supervisor.run()
    return 0


def _ready_database(server: Server | None) -> str:
    """Migrate the embedded database; another one must have been migrated. Return its address."""
    if server is not None:
        database.point_at(server.roles.owner)
        migrate.bring_up()
        database.point_at(server.roles.application)
    elif database.missing_migrations():
        raise Trouble("the database is not up to date: run hark311 migrate first")
    deployment.require_same_kind()
    if bulk_load.is_under_way():
        raise Trouble(
            "a simulation was stopped while indexes were put aside: run it again with the same "
            "words to finish it"
        )
    return server.roles.application if server else str(settings.DATABASE_URL)


def _children(port: int) -> tuple[Child, ...]:
    return (
        Child(
            "web",
            (
                *_web_server("wsgi", port, "hark311.config.wsgi:application"),
                *("--workers", str(settings.WEB_WORKERS)),
                *(
                    "--blocking-threads",
                    str(settings.WEB_THREADS + reception.ROOM + reception.SPARE),
                ),
            ),
        ),
        Child("worker", (sys.executable, "-m", "hark311.commands.main", "worker")),
        Child("live", _web_server("asgi", port + 1, "hark311.config.live:application")),
    )


def _web_server(interface: str, port: int, target: str) -> tuple[str, ...]:
    where = ("--host", settings.BIND, "--port", str(port), "--interface", interface)
    return (sys.executable, "-m", "granian", *where, *_GRANIAN, target)


def _environment(port: int, url: str) -> dict[str, str]:
    mine = {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "hark311.config.settings",
        "HARK311_DATA": str(settings.DATA),
        "HARK311_PORT": str(port),
    }
    # Children have no use for the owner's rights.
    rest = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return rest | mine


def require_free(port: int) -> None:
    """Wait a little for the port of a server that just stopped.

    Raises Trouble if another keeps it.
    """
    deadline = time.monotonic() + PORT_FREE_WITHIN_S
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.BIND, port))
            except PermissionError:
                raise Trouble(f"port {port} needs more rights: choose one above 1023") from None
            except (OSError, OverflowError) as error:
                if time.monotonic() > deadline or isinstance(error, OverflowError):
                    line = f"port {port} is in use or not possible: choose another with --port"
                    raise Trouble(line) from None
            else:
                return
        time.sleep(0.1)


def _say_ready(port: int, stopped: threading.Event) -> None:
    address = f"http://{settings.BIND}:{port}"
    live = f"http://{settings.BIND}:{port + 1}"
    late_at = time.monotonic() + LATE_AFTER_S
    while not stopped.wait(0.05):
        if time.monotonic() > late_at:
            _log.warning("not_ready_yet", port=port)
            late_at += LATE_AFTER_S
        if _answers(f"{address}/readyz") and _answers(f"{live}/live/healthz"):
            print(f"ready {address}", flush=True)
            return


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answered:  # noqa: S310  # our own address
            answered.read()
    except OSError:
        return False
    return True
