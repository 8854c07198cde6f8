"""Statistics of visits as sums over the records as they are.

What a record adds to each cell follows from the record alone. A change therefore counts as what the record adds after
it less what it added before it, and the sum over all changes is the sum over the records, in whatever order they came.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from chalicelib.domain.passes import Pass
from chalicelib.domain.visits import Visit

GRACE = timedelta(minutes=15)
"""How late a visitor may come and still count as on time."""
DAY = timedelta(days=1)

type Measure = Literal[
    "submitted",
    "approved",
    "rejected",
    "cancelled",
    "closed",
    "visitors",
    "arrivals",
    "check_ins",
    "no_shows",
    "on_time",
    "stays",
    "stay_minutes",
    "costed",
    "costed_visitors",
    "cost",
    "cost_tour",
    "cost_meal",
    "cost_alcohol",
    "cost_lodging",
    "cost_transport",
    "cost_gift",
    "cost_other",
]
MEASURES: tuple[Measure, ...] = Measure.__value__.__args__
COST_OF: Mapping[str, Measure] = {
    "tour": "cost_tour",
    "meal": "cost_meal",
    "alcohol": "cost_alcohol",
    "lodging": "cost_lodging",
    "transport": "cost_transport",
    "gift": "cost_gift",
    "other": "cost_other",
}
"""By type of reception item."""
COMPANY = "company"
CUSTOMER = "customer#"


@dataclass(frozen=True, order=True)
class Cell:
    """Where figures are kept.

    `scope` is company, site#ID, department#ID (with all departments below it) or customer#NAME, `month` (YYYY-MM, UTC)
    that of the visit's start. What visits cost is kept beside the other figures, by `currency` (in minor units).
    """

    scope: str
    month: str
    currency: str = ""


type Figures = Mapping[Measure, int]
type Change = Mapping[Cell, Counter[Measure]]


def site_scope(site: str) -> str:
    """The scope of a site."""
    return f"site#{site}"


def department_scope(department: str) -> str:
    """The scope of a department and all departments below it."""
    return f"department#{department}"


def customer_scope(customer: str) -> str:
    """The scope of a customer, by the name that the applicants gave."""
    return CUSTOMER + " ".join(customer.split())


def cells_of(visit: Visit) -> list[Cell]:
    """The cells that a visit counts in."""
    month = visit.starts.strftime("%Y-%m")
    departments = [department_scope(each) for each in dict.fromkeys((*visit.department_path, visit.department))]
    customers = [customer_scope(visit.customer)] if visit.customer.strip() else []
    return [Cell(scope, month) for scope in (COMPANY, site_scope(visit.site), *departments, *customers)]


def visit_figures(visit: Visit) -> Figures:
    """What a visit adds to each of its cells."""
    stands = visit.approved_at is not None and visit.status != "cancelled"
    return {
        "submitted": int(visit.round > 0),
        "approved": int(visit.approved_at is not None),
        "rejected": int(visit.status == "rejected"),
        "cancelled": int(visit.status == "cancelled" and visit.round > 0),
        "closed": int(visit.status in ("closed", "archived")),
        "visitors": visit.visitors if stands else 0,
    }


def cost_figures(visit: Visit) -> Figures:
    """What a visit that was approved and stands is estimated to cost, altogether and by type."""
    if visit.approved_at is None or visit.status == "cancelled" or not visit.estimate.total:
        return {}
    by_type = {COST_OF[name]: amount for name, amount in visit.estimate.by_type.items()}
    whole: Figures = {"costed": 1, "costed_visitors": visit.visitors, "cost": visit.estimate.total}
    return {**whole, **by_type}


def pass_figures(held: Pass) -> Figures:
    """What a visitor's pass for a day adds to each cell of its visit."""
    left = held.status == "left"
    stay = held.last_out - held.first_in if left and held.first_in and held.last_out else timedelta(0)
    return {
        "arrivals": int(held.first_in is not None),
        "check_ins": held.entries,
        "no_shows": int(held.status == "no_show"),
        "on_time": int(is_on_time(held)),
        "stays": int(left),
        "stay_minutes": stay // timedelta(minutes=1),
    }


def is_on_time(held: Pass) -> bool:
    """Whether the visitor came early or within GRACE of the start; on later days of a visit, of its time of day."""
    if held.first_in is None:
        return False
    late = held.first_in - held.starts
    return late <= GRACE or late % DAY <= GRACE or late % DAY >= DAY / 2


def difference(before: Iterable[tuple[Cell, Figures]], after: Iterable[tuple[Cell, Figures]]) -> Change:
    """What a change adds to each cell; cells where nothing changes are left out."""
    changed: dict[Cell, Counter[Measure]] = {}
    for sign, sides in ((-1, before), (1, after)):
        for cell, figures in sides:
            counter = changed.setdefault(cell, Counter())
            for measure, amount in figures.items():
                counter[measure] += sign * amount
    kept = {cell: Counter({name: n for name, n in counter.items() if n}) for cell, counter in changed.items()}
    return {cell: counter for cell, counter in kept.items() if counter}


def of_visit(visit: Visit | None) -> list[tuple[Cell, Figures]]:
    """All that a visit adds; nothing where there is none."""
    if visit is None:
        return []
    cells, costs = cells_of(visit), cost_figures(visit)
    figures = visit_figures(visit)
    counted: list[tuple[Cell, Figures]] = [(cell, figures) for cell in cells]
    if costs:
        counted += [(replace(cell, currency=visit.estimate.currency), costs) for cell in cells]
    return counted


def of_pass(held: Pass | None, visit: Visit) -> list[tuple[Cell, Figures]]:
    """All that a pass of `visit` adds; nothing where there is none."""
    return [(cell, pass_figures(held)) for cell in cells_of(visit)] if held else []


def share(part: int, whole: int) -> int:
    """Whole per cent of `whole`, 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def months_between(first: str, last: str) -> list[str]:
    """The months (YYYY-MM) from the first to the last, both included; empty if they are the wrong way round."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, end + 1)]
