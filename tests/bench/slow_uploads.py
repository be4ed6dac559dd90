"""Sends photos slowly to a place that runs, and measures how its pages answer meanwhile."""

import argparse
import http.client
import re
import socket
import statistics
import sys
import threading
import time
from urllib.parse import urlsplit

PAGES = ("/", "/report", "/answers/which-number", "/track")
WANTED_P95_MS = 300.0
SIZE = 400_000


def main() -> int:
    args = _arguments()
    where = urlsplit(args.url)
    host, port = where.hostname or "127.0.0.1", where.port or 80
    before = measure(host, port, seconds=min(args.seconds, 8))
    print(f"before    {told(before)}")
    stop = threading.Event()
    sent = [0] * args.uploads
    threads = [
        threading.Thread(target=upload, args=(host, port, args.rate, stop, sent, place))
        for place in range(args.uploads)
    ]
    for thread in threads:
        thread.start()
    time.sleep(2)
    during = measure(host, port, seconds=args.seconds)
    alive = sum(thread.is_alive() for thread in threads)
    stop.set()
    for thread in threads:
        thread.join()
    p95 = percentile(during, 95)
    print(f"meanwhile {told(during)}; {alive} of {args.uploads} uploads going, {sum(sent)} bytes")
    is_well = p95 < WANTED_P95_MS and alive == args.uploads
    print(f"{'well' if is_well else 'failed'}: p95 {p95:.0f} ms, wanted under {WANTED_P95_MS:.0f}")
    return 0 if is_well else 1


def measure(host: str, port: int, *, seconds: float) -> list[float]:
    """Milliseconds of each page asked for, ten a second."""
    found: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        connection = http.client.HTTPConnection(host, port, timeout=30)
        connection.request("GET", PAGES[len(found) % len(PAGES)])
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != http.client.OK:
            raise SystemExit(f"a page answered {answer.status}")
        found.append((time.monotonic() - began) * 1000)
        time.sleep(max(0.0, 0.1 - (time.monotonic() - began)))
    return found


def upload(
    host: str, port: int, rate: int, stop: threading.Event, sent: list[int], place: int
) -> None:
    """Send one photo to the step of details at ``rate`` bytes a second until told to stop."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    connection.request("GET", "/report")
    answer = connection.getresponse()
    cookies = "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or ())
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    connection.close()
    head = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}'
        for name, more, value in (
            ("csrfmiddlewaretoken", "", f"{secret[1] if secret else ''}\r\n"),
            ("pictures", '; filename="slow.jpg"', ""),
        )
    )
    with socket.create_connection((host, port)) as wire:
        wire.sendall(
            f"POST /report/photos HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n"
            f"Origin: http://{host}:{port}\r\nContent-Type: multipart/form-data; boundary=cut\r\n"
            f"Content-Length: {SIZE + len(head)}\r\n\r\n{head}".encode()
        )
        while sent[place] < SIZE and not stop.wait(0.25):
            wire.sendall(b"x" * (rate // 4))
            sent[place] += rate // 4


def percentile(found: list[float], share: int) -> float:
    return statistics.quantiles(found, n=100, method="inclusive")[share - 1]


def told(found: list[float]) -> str:
    shares = " ".join(f"p{share} {percentile(found, share):.0f} ms" for share in (50, 95, 99))
    return f"{len(found)} pages: {shares}, longest {max(found):.0f} ms"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8311")
    parser.add_argument("--uploads", type=int, default=40)
    parser.add_argument("--rate", type=int, default=5000, help="bytes a second, of each")
    parser.add_argument("--seconds", type=float, default=20.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
