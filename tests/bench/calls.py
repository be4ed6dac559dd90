"""Measures the telephone gateway: so many calls at once, and how long after a key it speaks.

    python -m tests.bench.calls --web http://127.0.0.1:8311 --data DIR [--calls 100]

The pages must be served already, from the data folder DIR, so that both know the same token.
Prints one line of JSON; keys are pressed in the middle of what is said.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from baresip import CallFailed
from tests.telephone.dialing import calling, telephone

KEYS = "11#1*1*1"
BETWEEN_S = 1.5


async def one_call(agent, address: str, begins_s: float) -> bool:
    """A caller who listens a little, presses, goes back, and hangs up; True if it went well."""
    await asyncio.sleep(begins_s)
    try:
        async with calling(agent, address) as phone:
            for key in KEYS:
                await asyncio.sleep(BETWEEN_S)
                await phone.call.send_dtmf(key)
            await asyncio.sleep(BETWEEN_S)
            return not phone.over.is_set()
    except CallFailed:
        return False


async def all_calls(port: int, count: int) -> int:
    async with telephone() as agent:
        address = f"sip:311@127.0.0.1:{port}"
        went = (one_call(agent, address, place * 0.05) for place in range(count))
        return sum(await asyncio.gather(*went))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--web", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--port", type=int, default=5079)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        command = [sys.executable, "-m", "hark311.commands.main", "voice-gateway"]
        command += ["--listen", f"127.0.0.1:{args.port}", "--web", args.web]
        command += ["--data", args.data, "--measure", str(figures)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as gateway:
            while "listening" not in gateway.stdout.readline():
                assert gateway.poll() is None, "the gateway did not start"
            # Every sentence is spoken once before it is measured.
            asyncio.run(all_calls(args.port, 2))
            begun = time.monotonic()
            went_well = asyncio.run(all_calls(args.port, args.calls))
            took = time.monotonic() - begun
            gateway.terminate()
            gateway.wait(30)
        found = dict(line.split() for line in figures.read_text().splitlines())
        cpu = float(found.pop("cpu_s"))
        print(
            json.dumps(
                {
                    "calls": args.calls,
                    "went_well": went_well,
                    "took_s": round(took, 1),
                    "gateway_cores": round(cpu / took, 2),
                    **{name: float(value) for name, value in found.items()},
                }
            )
        )


if __name__ == "__main__":
    main()
