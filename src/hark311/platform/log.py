"""Logs are events with named values, one JSON line each, without anything a resident typed.

``log.get(__name__).info("incident_closed", incident_id=7)``: a value is a number, a truth or
a short word. Whatever else arrives, from libraries too, is cut down before it is written.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from traceback import extract_tb
from typing import Any, TextIO

import structlog
from structlog.stdlib import BoundLogger
from structlog.typing import Processor

LONGEST_VALUE = 120
_OWN = frozenset({"event", "level", "at", "logger", "where", "raised"})
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_PHONE = re.compile(r"\+?(?:\d[\s().-]?){7,}")


def get(name: str) -> BoundLogger:
    """Return the log of one module."""
    logger: BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(*, level: str, stream: TextIO | None = None) -> None:
    """Send every log line of this process through one formatter, to standard error by default."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        bare_exception,
        mask_values,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[foreign_event, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for library in ("procrastinate", "psycopg", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    # Addresses of pages hold case numbers and signed links; our own access counts suffice.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)


def foreign_event(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep of a library's line its pattern without the values, which may be anybody's words."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event["event"] = str(record.msg)
        event.pop("positional_args", None)
    return event


def bare_exception(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace a traceback by the class raised and where: messages of errors quote values."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    if isinstance(raised, tuple) and raised[0] is not None:
        frames = extract_tb(raised[2])[-4:]
        event["raised"] = raised[0].__name__
        event["where"] = [f"{frame.filename}:{frame.lineno}" for frame in frames]
    event.pop("exception", None)
    return event


def mask_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Let numbers, truths and short words pass; mask addresses, telephone numbers and prose."""
    return {name: value if name in _OWN else _masked(value) for name, value in event.items()} | {
        "event": _masked(event.get("event", ""))
    }


def _masked(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | logging.LogRecord):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(part) for part in value]
    text = str(value)
    if len(text) > LONGEST_VALUE:
        return f"(cut: {len(text)} characters)"
    return _PHONE.sub("(number)", _MAIL.sub("(address)", text))
