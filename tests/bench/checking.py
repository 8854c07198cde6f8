"""What rules of spending add to the benches: a limit, a request for each route, and the check of a claim by itself.

The claim has 30 lines beside 500 others of the last 90 days; the rules are those that are shipped.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from statistics import median

from chalicelib.domain.compliance import (
    SHIPPED,
    Context,
    Item,
    LinkedVisit,
    Recent,
    check,
)
from tests.bench.case import Case, said
from tests.bench.world import ADMIN, APPLICANT, World

REPETITIONS = 31
LINES, OTHERS = 30, 500
CATEGORIES = ("meal", "lodging", "local_transport", "long_transport", "gift", "other")
VENDORS = ("滴滴出行", "希尔顿酒店", "海底捞", "南方航空", "顺丰速运", "快印公司", "星巴克")
TODAY = date(2026, 3, 20)


LIMIT = {"category": "venue", "basis": "day", "amount": "900", "valid_from": "2027-01-01"}
PLACES = [{"key": key, "title": {"en": key, "zh": key}} for key in ("first", "second")]


def limits(made: World) -> None:
    """A limit that begins in the future, among those that are shipped."""
    made.records["limit"] = made.must(ADMIN, "/spending-rules", LIMIT)["id"]


_ONE = {"id": "limit"}
RULE_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/spending-rules", ADMIN),
    Case("list", "GET", "/spending-rules/mine", APPLICANT, query="?place=Shanghai"),
    Case("form", "GET", "/spending-rules/new", ADMIN),
    Case("command", "POST", "/spending-rules", ADMIN, said(**LIMIT | {"category": "gift"})),
    Case("form", "GET", "/spending-rules/settings", ADMIN),
    Case("command", "POST", "/spending-rules/settings", ADMIN, said(tiers=PLACES)),
    Case("detail", "GET", "/spending-rules/{id}", ADMIN, params=_ONE),
    Case("command", "POST", "/spending-rules/{id}", ADMIN, said(**LIMIT | {"amount": "800"}), _ONE),
)


def claim() -> tuple[list[Item], Context]:
    """Lines of a fortnight with invoices, two visits, and what the same person claimed before."""
    lines = [_line(number, TODAY - timedelta(days=number % 14)) for number in range(LINES)]
    others = (_line(number, TODAY - timedelta(days=number % 90)) for number in range(OTHERS))
    visits = (
        LinkedVisit("10000001", TODAY - timedelta(days=12), TODAY - timedelta(days=10), came=4, hosts=2),
        LinkedVisit("10000002", TODAY - timedelta(days=3), TODAY - timedelta(days=3), came=2, hosts=1),
    )
    return lines, Context(TODAY, "P7", visits, recent=tuple(Recent(f"CL{n}", each) for n, each in enumerate(others)))


def _line(number: int, day: date) -> Item:
    return Item(
        key=f"{number:02}",
        category=CATEGORIES[number % len(CATEGORIES)],
        day=day,
        amount=3000 + number * 1777,
        currency="CNY",
        place="上海市浦东新区" if number % 2 else "苏州",
        heads=number % 5,
        nights=number % 3,
        vendor=VENDORS[number % len(VENDORS)],
        has_invoice=number % 4 > 0,
        invoice=f"R{number}",
        invoice_day=day,
        invoice_total=10**7,
    )


def check_milliseconds() -> dict[str, float]:
    """Median CPU time of one check."""
    lines, context = claim()
    times = []
    for _ in range(REPETITIONS):
        started = time.process_time_ns()
        check(lines, context, SHIPPED)
        times.append((time.process_time_ns() - started) / 1e6)
    return {f"rules of spending: a claim of {LINES} lines beside {OTHERS} others": median(times)}
