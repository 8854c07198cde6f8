"""Verifies the audit chains of the installation that the environment names; says the first broken link of each."""

import sys

from chalicelib.models.audit import SHARDS, chain
from chalicelib.models.store import DynamoStore
from chalicelib.services.audit import verify_chain

AREAS = ("reception", "approvals", "directory")


def main() -> int:
    """Print one line for each chain; 1 when any is broken."""
    store, broken_chains = DynamoStore(), 0
    for name in (chain(area, shard) for area in AREAS for shard in range(SHARDS)):
        entries, broken = verify_chain(store, name)
        broken_chains += broken is not None
        print(f"{name}: {entries} entries, " + (f"BROKEN at {broken.seq}: {broken.why}" if broken else "whole"))
    return 1 if broken_chains else 0


if __name__ == "__main__":
    sys.exit(main())
