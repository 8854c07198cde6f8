"""Counts the visits of some months anew from the records and reports where the kept figures differ.

python -m infra.recompute_statistics 2026-01 2026-12
"""

import sys
from datetime import UTC, datetime

from chalicelib.domain.statistics import months_between
from chalicelib.models.store import DynamoStore
from chalicelib.services import directory, sites, statistics


def main(first: str, last: str) -> int:
    """Print each difference; 1 when there is any."""
    store, now, found = DynamoStore(), datetime.now(UTC), 0
    site_ids = [site.id for site in sites.sites(store, now)]
    departments = [department.id for department in directory.departments(store, now)]
    for each in statistics.differences(store, site_ids, departments, months_between(first, last)):
        found += 1
        print(f"{each.cell.scope} {each.cell.month} {each.measure}: kept {each.kept}, counted {each.counted}")
    print(f"{found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
