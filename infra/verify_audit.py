"""Verifies the audit of the installation that the environment names; says the first broken entry of each chain.

`make verify-audit RECORDS=100`

Every chain is followed from its first entry to its last and compared with its copy in the bucket. RECORDS (20 unless
given) entries of each chain are drawn by lot, and the records that they are about are compared with what all their
entries together say. What differs is looked at again for a minute: its entry may be on its way.
"""

import sys
import time
from collections.abc import Iterable, Iterator
from random import SystemRandom
from typing import NamedTuple

from chalicelib.models.audit import AUDITED, SHARDS, chain
from chalicelib.models.store import DynamoStore, Store
from chalicelib.services.audit import Copies, Verified, disagreement, sample, verify_chain
from chalicelib.workflows.context import bucket

RECORDS = 20
PATIENCE = 60
"""Seconds that an entry may take to follow its change."""


class Drawn(NamedTuple):
    """A record that the lot fell on, by the chain that told of it."""

    chain: str
    area: str
    record: str


def main(records: int, store: Store, copies: Copies, patience: float = PATIENCE) -> int:
    """Print one line for each chain and one for each record that disagrees; 1 when anything is wrong."""
    wrong, drawn = 0, list[Drawn]()
    for name in (chain(area, shard) for area in AUDITED for shard in range(SHARDS)):
        verified = verify_chain(store, name, copies)
        print(f"{name}: {verified.entries} entries hold, {verified.copied} copied", flush=True)
        if verified.broken:
            print(f"{name}: BROKEN at entry {verified.broken.seq}: {verified.broken.why}", flush=True)
            wrong += 1
        drawn += _drawn(store, name, verified, records)
    for each, difference in _lasting(store, drawn, patience):
        print(f"{each.chain}: DIFFERS {difference}", flush=True)
        wrong += 1
    print("audit BROKEN" if wrong else "audit whole")
    return 1 if wrong else 0


def _drawn(store: Store, name: str, verified: Verified, records: int) -> Iterator[Drawn]:
    lot = SystemRandom().sample(range(1, verified.entries + 1), min(records, verified.entries))
    return (Drawn(name, area, record) for area, record in sample(store, name, lot))


def _lasting(store: Store, drawn: Iterable[Drawn], patience: float) -> list[tuple[Drawn, str]]:
    """The records that still differ from what their entries say once these had time to arrive."""
    until = time.monotonic() + patience
    while True:
        found = [(each, told) for each in drawn if (told := disagreement(store, each.area, each.record))]
        if not found or time.monotonic() >= until:
            return found
        drawn = [each for each, _ in found]
        time.sleep(min(1, patience))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS, DynamoStore(), bucket()))
