"""Verifies the audit of the installation that the environment names; says the first broken entry of each chain.

`make verify-audit RECORDS=100`

Every chain is followed from its first entry to its last and compared with its copy in the bucket. RECORDS (20 unless
given) entries of each chain are drawn by lot, and the records that they are about are compared with what all their
entries together say.
"""

import sys
from collections.abc import Iterator
from random import SystemRandom

from chalicelib.models.audit import AUDITED, SHARDS, chain
from chalicelib.models.store import DynamoStore, Store
from chalicelib.services.audit import Copies, Verified, disagreement, sample, verify_chain
from chalicelib.workflows.context import bucket

RECORDS = 20


def main(records: int) -> int:
    """Print one line for each chain and one for each record that disagrees; 1 when anything is wrong."""
    store, copies, wrong = DynamoStore(), bucket(), 0
    for name in (chain(area, shard) for area in AUDITED for shard in range(SHARDS)):
        for line in _faults(store, copies, name, records):
            wrong += 1
            print(line, flush=True)
    print("audit BROKEN" if wrong else "audit whole")
    return 1 if wrong else 0


def _faults(store: Store, copies: Copies, name: str, records: int) -> Iterator[str]:
    """What is wrong with a chain and with the records drawn from it; prints how far it is whole."""
    verified = verify_chain(store, name, copies)
    print(f"{name}: {verified.entries} entries hold, {verified.copied} copied", flush=True)
    if verified.broken:
        yield f"{name}: BROKEN at entry {verified.broken.seq}: {verified.broken.why}"
    for area, record in _drawn(store, name, verified, records):
        if difference := disagreement(store, area, record):
            yield f"{name}: DIFFERS {difference}"


def _drawn(store: Store, name: str, verified: Verified, records: int) -> Iterator[tuple[str, str]]:
    lot = SystemRandom().sample(range(1, verified.entries + 1), min(records, verified.entries))
    return sample(store, name, lot)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS))
