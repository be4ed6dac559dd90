"""What script/bench runs: one of its measurements, by name."""

import sys
from argparse import ArgumentParser
from importlib import import_module

MEASUREMENTS = {
    "speed": "over HTTP beside the database alone, ratios first",
    "pages": "the time that pages take on the server",
    "memory": "of the whole demo with its database",
    "growth": "speed at several sizes, as a table and a picture for the documentation",
}


def main() -> int:
    lines = "\n".join(f"  {name:8} {about}" for name, about in MEASUREMENTS.items())
    if len(sys.argv) < 2 or sys.argv[1] not in MEASUREMENTS:
        print(f"usage: script/bench MEASUREMENT --help\n\nmeasurements:\n{lines}")
        return 0 if {"-h", "--help"} & set(sys.argv) else 2
    name = sys.argv[1]
    module = import_module(f"tests.bench.{name}")
    parser = ArgumentParser(prog=f"script/bench {name}", description=module.__doc__.split("\n")[0])
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(sys.argv[2:])))


if __name__ == "__main__":
    sys.exit(main())
