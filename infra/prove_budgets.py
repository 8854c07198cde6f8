"""Proves the figures of every budget line and names each that is wrong.

allotted + adjusted = available + frozen + used; frozen is what the open freezes hold, used is what they converted; and
each figure is the sum of the movements on the line.

`make prove-budgets`
"""

import sys

from chalicelib.models.store import DynamoStore, Store
from chalicelib.services import budgets


def main(store: Store) -> int:
    """Print each violation; 1 when there is any."""
    lines = wrong = 0
    for id in budgets.every_line(store):
        lines += 1
        for each in budgets.violations_of(store, id):
            wrong += 1
            print(f"{each.line}: {each.equation}: kept {each.kept}, counted {each.counted}")
    print(f"{lines} lines: {wrong} violations")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(DynamoStore()))
