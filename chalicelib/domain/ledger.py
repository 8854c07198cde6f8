"""The ledger of visits (来访台账): which visits it shows for which filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.statistics import COST_OF, Measure, months_between, share
from chalicelib.domain.visits import Visit

MONTHS_LIMIT = 13


@dataclass(frozen=True)
class Filters:
    """What was asked for; "" means anything. `first` and `last` are months (YYYY-MM, UTC, of the visit's start)."""

    first: str
    last: str
    department: str = ""
    site: str = ""
    host: str = ""
    status: str = ""
    purpose: str = ""
    customer: str = ""

    @property
    def months(self) -> list[str]:
        """The months asked for, the latest first."""
        return months_between(self.first, self.last)[::-1]

    @property
    def chooses(self) -> bool:
        """Whether some visits of the period, the departments and the sites are asked for and not all."""
        return bool(self.host or self.status or self.purpose or self.customer)


def usual_period(now: datetime) -> tuple[str, str]:
    """The months that the ledger shows unless asked otherwise: the last eleven, this one and the next."""
    this = now.year * 12 + now.month - 1
    first, last = this - MONTHS_LIMIT + 2, this + 1
    return f"{first // 12:04}-{first % 12 + 1:02}", f"{last // 12:04}-{last % 12 + 1:02}"


def check(filters: Filters) -> None:
    """Raise Invalid unless the period is the right way round and at most MONTHS_LIMIT months long."""
    months = filters.months
    if not months:
        raise Invalid(FieldError("to", "end_before_start"))
    if len(months) > MONTHS_LIMIT:
        raise Invalid(FieldError("to", "period_too_long", {"months": str(MONTHS_LIMIT)}))


def matches(visit: Visit, filters: Filters) -> bool:
    """Whether a visit that was ever submitted is among those asked for."""
    return (
        visit.round > 0
        and filters.department in ("", *visit.department_path, visit.department)
        and filters.site in ("", visit.site)
        and filters.host in ("", visit.host)
        and filters.status in ("", visit.status)
        and filters.purpose.casefold() in visit.purpose.casefold()
        and _same_customer(filters.customer, visit.customer)
    )


def _same_customer(asked: str, customer: str) -> bool:
    return " ".join(asked.split()).casefold() in ("", " ".join(customer.split()).casefold())


@dataclass(frozen=True)
class Costs:
    """What approved visits cost by their estimates, in minor units of `currency`; `by_type` only where there is any."""

    currency: str
    total: int
    per_visit: int
    per_visitor: int
    by_type: Mapping[str, int]


def costs_of(currency: str, figures: Mapping[Measure, int]) -> Costs:
    """The costs that the ledger shows, of sums by measure; visits without anything that costs are left out."""
    total, visits, visitors = (figures.get(name, 0) for name in ("cost", "costed", "costed_visitors"))
    by_type = {name: figures[measure] for name, measure in COST_OF.items() if figures.get(measure)}
    return Costs(
        currency, total, round(total / visits) if visits else 0, round(total / visitors) if visitors else 0, by_type
    )


@dataclass(frozen=True)
class Totals:
    """Figures of a period; shares are whole per cent, the average stay is in minutes."""

    visits: int
    visitors: int
    arrivals: int
    on_time_share: int
    no_show_share: int
    average_stay: int


def totals_of(figures: Mapping[Measure, int]) -> Totals:
    """The figures that the ledger shows, of sums by measure."""

    def of(measure: Measure) -> int:
        return figures.get(measure, 0)

    return Totals(
        visits=of("submitted"),
        visitors=of("visitors"),
        arrivals=of("arrivals"),
        on_time_share=share(of("on_time"), of("arrivals")),
        no_show_share=share(of("no_shows"), of("arrivals") + of("no_shows")),
        average_stay=round(of("stay_minutes") / of("stays")) if of("stays") else 0,
    )
