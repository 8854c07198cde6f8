"""Runs every bench and writes docs/figures.md. `python -m tests.bench NAME ...` only prints the named ones."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

from tests import conftest  # noqa: F401 - the environment comes before anything of ours
from tests.bench import audit, cold_start, cpu, growth, money, one_line, round_trips
from tests.bench.report import Section, write
from tests.bench.world import World, world

BENCHES: dict[str, Callable[[World], Section]] = {
    "cold_start": cold_start.section,
    "round_trips": round_trips.section,
    "cpu": cpu.section,
    "money": money.section,
    "one_line": one_line.section,
    "growth": growth.section,
    "audit": audit.section,
}


def main(chosen: list[str]) -> None:
    """Run the chosen benches, or all of them."""
    logging.disable(logging.WARNING)
    started = time.monotonic()
    sections = []
    with world() as made:
        for name in chosen or BENCHES:
            print(f"{name} ...", flush=True)
            sections.append(BENCHES[name](made))
            print(f"\n## {sections[-1].title}\n\n{sections[-1].text}\n", flush=True)
    if not chosen:
        write(sections, time.monotonic() - started)


if __name__ == "__main__":
    main(sys.argv[1:])
