"""Slow senders keep nobody busy: told by the part alone, and behind the real web server."""

import http.client
import io
import socket
import subprocess
import sys
import threading
import time

import pytest

from hark311.platform import reception
from hark311.platform.reception import Reception


class Answer(list):
    """What an application gives back; knows which thread closed it."""

    streaming = False
    closed_by = ""

    def close(self):
        Answer.closed_by = threading.current_thread().name


def echo(environment, start):
    """An application that answers with what it was sent."""
    start("200 OK", [])
    return Answer([environment["wsgi.input"].read()])


@pytest.fixture
def place() -> Reception:
    return Reception(echo, threads=1, largest=1000)


def sent(place: Reception, body, size: int | str | None = None) -> tuple[str, bytes]:
    said = []
    environment = {"wsgi.input": body, "CONTENT_LENGTH": str(size) if size is not None else ""}
    answer = b"".join(place(environment, lambda status, _headers: said.append(status)))
    return said[0], answer


def test_what_was_sent_arrives_whole(place):
    assert sent(place, io.BytesIO(b"x" * 1000), 1000) == ("200 OK", b"x" * 1000)


def test_no_more_is_read_than_was_announced(place):
    assert sent(place, io.BytesIO(b"abcdef"), 3) == ("200 OK", b"abc")


def test_too_large_a_body_is_left_for_the_application_to_refuse(place):
    body = io.BytesIO(b"x" * 2000)
    place._application = lambda _environment, start: (start("413", []), Answer([b""]))[1]

    assert sent(place, body, 2000)[0] == "413"
    assert body.tell() == 0


def test_a_body_that_breaks_off_is_no_request(place):
    assert sent(place, io.BytesIO(b"abc"), 10)[0].startswith("400")


def test_what_ends_with_a_request_ends_where_it_was_worked_on(place):
    sent(place, io.BytesIO(b"a"), 1)

    assert Answer.closed_by.startswith("work")


def test_who_sends_next_to_nothing_is_sent_away(place, monkeypatch):
    monkeypatch.setattr(reception, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(reception, "_SLOWEST_BYTES_PER_S", 1e12)

    assert sent(place, io.BytesIO(b"x" * 900), 900)[0].startswith("408")
    assert sent(place, io.BytesIO(b""), 0)[0] == "200 OK"


def test_when_too_many_send_the_next_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(reception, "ROOM", 0 + 1)
    place = Reception(echo, threads=1, largest=1000)
    place._room.acquire()

    assert sent(place, io.BytesIO(b"x"), 1)[0].startswith("503")
    assert sent(place, io.BytesIO(b""), 0)[0] == "200 OK"


def test_a_fault_of_the_application_reaches_the_server(place):
    def fall(_environment, _start):
        raise ZeroDivisionError

    place._application = fall
    with pytest.raises(ZeroDivisionError):
        sent(place, io.BytesIO(b"x"), 1)


_SERVED = """
from hark311.platform.reception import Reception

def page(environment, start):
    environment["wsgi.input"].read()
    start("200 OK", [("Content-Length", "4")])
    return [b"page"]

application = Reception(page, threads=2, largest=10_000_000)
"""


@pytest.fixture
def served(tmp_path):
    (tmp_path / "served.py").write_text(_SERVED)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--interface", "wsgi", "--port", str(port), "--blocking-threads", "24")
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options, "--log-level", "error", "served:application"],
        cwd=tmp_path,
    )
    for _try in range(200):
        try:
            asked(port)
            break
        except OSError:
            time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(10)


def asked(port: int) -> float:
    """Seconds until a page is here."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"page"
    connection.close()
    return time.monotonic() - began


def test_pages_answer_while_more_upload_than_there_are_threads_to_work(served):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n"
    slow = [socket.create_connection(("127.0.0.1", served)) for _upload in range(12)]
    for wire in slow:
        wire.sendall(head + b"x" * 1000)

    waits = [asked(served) for _page in range(10)]

    assert max(waits) < 1
    for wire in slow:
        wire.sendall(b"x" * 499_000)
        assert wire.recv(100).startswith(b"HTTP/1.1 200")
        wire.close()
