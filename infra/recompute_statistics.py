"""Counts the visits of some months, and all that was spent and decided, anew from the records and reports where the
kept figures differ.

`make recompute-statistics FROM=2026-01 TO=2026-12`; without months, those that the ledger shows unless asked otherwise.
"""

import re
import sys
from datetime import UTC, datetime

from chalicelib.domain.ledger import usual_period
from chalicelib.domain.statistics import months_between
from chalicelib.models.store import DynamoStore
from chalicelib.services import directory, sites, spend, statistics

FIRST_MONTH = "2026-01"
"""There is nothing from before."""


def main(first: str, last: str) -> int:
    """Print each difference; 1 when there is any, 2 when there are no months from `first` to `last` (YYYY-MM)."""
    months = _months(first, last)
    if not months:
        print("FROM and TO are months, YYYY-MM, the earlier one first.", file=sys.stderr)
        return 2
    store, now, found = DynamoStore(), datetime.now(UTC), 0
    site_ids = [site.id for site in sites.sites(store, now)]
    departments = [department.id for department in directory.departments(store, now)]
    for each in statistics.differences(store, site_ids, departments, months):
        found += 1
        print(f"{each.cell.scope} {each.cell.month} {each.measure}: kept {each.kept}, counted {each.counted}")
    for wrong in spend.differences(store, departments, months_between(FIRST_MONTH, max(months[-1], f"{now:%Y-%m}"))):
        found += 1
        cell = wrong.cell
        what = f"{cell.dimension} {cell.scope} {cell.month} {cell.currency} {cell.key}"
        print(f"{what} {wrong.measure}: kept {wrong.kept}, counted {wrong.counted}")
    print(f"{months[0]} to {months[-1]}, and all spending: {found} differences")
    return 1 if found else 0


def _months(first: str, last: str) -> list[str]:
    if all(re.fullmatch(r"\d{4}-\d\d", each) for each in (first, last)):
        return months_between(first, last)
    return []


if __name__ == "__main__":
    asked = sys.argv[1:] if any(sys.argv[1:]) else usual_period(datetime.now(UTC))
    sys.exit(main(*asked))
