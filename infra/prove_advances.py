"""Proves the figures of every advance that money moved on, and what the people of each department owe.

Each figure is the sum of the movements on the advance; reserved and cleared are what claims take of it, scheduled is
what the payroll is to keep back; nothing is below zero; its owner's standing says what it counts for; and each
department's sum is what is owed of its open advances.

`make prove-advances`
"""

import sys
from datetime import UTC, datetime

from chalicelib.models.store import DynamoStore, Store
from chalicelib.services import advances, directory


def main(store: Store) -> int:
    """Print each violation; 1 when there is any."""
    proved = wrong = 0
    for id in advances.every_advance(store):
        proved += 1
        wrong += _told(advances.violations_of(store, id))
    departments = [each.id for each in directory.departments(store, datetime.now(UTC))]
    wrong += _told([*advances.wrong_sums(store, departments)])
    print(f"{proved} advances: {wrong} violations")
    return 1 if wrong else 0


def _told(found: list[advances.Violation]) -> int:
    for each in found:
        print(f"{each.record}: {each.equation}: kept {each.kept}, counted {each.counted}")
    return len(found)


if __name__ == "__main__":
    sys.exit(main(DynamoStore()))
