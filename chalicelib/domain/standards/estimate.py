"""What the items of a visit will cost, and where that is more than the standards allow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from chalicelib.domain.errors import FieldError
from chalicelib.domain.forms.amounts import major_units
from chalicelib.domain.reception_items import ReceptionItem, Type, heads, units
from chalicelib.domain.standards.book import Book, Standard

type Rule = Literal["amount", "hosts", "not_allowed"]
"""What is exceeded: the amount, the number of hosts, or that there is to be none at all."""

FREE: frozenset[Type] = frozenset({"tour"})
"""Types that cost nothing unless somebody says so."""


@dataclass(frozen=True)
class Line:
    """One item's part, by its row from 0. `cost` is None where neither the applicant nor a standard says what it costs.

    `standard` is the id of the one that counts, "" without; `amount` is its amount for one unit, `allowance` that for
    the whole item, `hosts` how many hosts may take part: None where nothing limits them.
    """

    row: int
    type: Type
    cost: int | None
    standard: str = ""
    amount: int | None = None
    allowance: int | None = None
    hosts: int | None = None
    allowed: bool = True


@dataclass(frozen=True)
class Excess:
    """One item asks for more than its standard allows: `asked` instead of `limit` (minor units, or hosts).

    A `blocked` one cannot be submitted, any other with its `reason` only.
    """

    row: int
    type: Type
    rule: Rule
    standard: str
    asked: int
    limit: int
    blocked: bool
    reason: str = ""


@dataclass(frozen=True)
class Estimate:
    """What a visit will cost in minor units of `currency`: the whole, by type of item, and item by item."""

    currency: str = ""
    total: int = 0
    by_type: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    excesses: tuple[Excess, ...] = ()


NO_ESTIMATE = Estimate()


def estimate(
    items: Sequence[ReceptionItem], book: Book, level: str, site: str, currency: str, first_day: date
) -> Estimate:
    """The estimate by the standards of each item's day; of an item without a day, by those of the visit's first."""
    lines: list[Line] = []
    excesses: list[Excess] = []
    for row, item in enumerate(items):
        standard = book.standard_for(item.type, level, site, currency, item.day or first_day)
        line = _line(row, item, standard)
        lines.append(line)
        excesses += _excesses(item, line, standard) if standard else []
    by_type: dict[str, int] = {}
    for line in lines:
        by_type[line.type] = by_type.get(line.type, 0) + (line.cost or 0)
    return Estimate(currency, sum(by_type.values()), by_type, tuple(lines), tuple(excesses))


def _line(row: int, item: ReceptionItem, standard: Standard | None) -> Line:
    allowance = _allowance(item, standard)
    cost = item.price * units(item) if item.price is not None else allowance
    if cost is None and item.type in FREE:
        cost = 0
    if standard is None:
        return Line(row, item.type, cost)
    hosts = standard.hosts_for(item.guests)
    return Line(row, item.type, cost, standard.id, standard.amount, allowance, hosts, standard.allowed)


def _allowance(item: ReceptionItem, standard: Standard | None) -> int | None:
    """What the whole item may cost; a standard of alcohol is for a head, whatever a bottle costs."""
    if standard is None or standard.amount is None:
        return None
    return standard.amount * (heads(item) if item.type == "alcohol" else units(item))


def _excesses(item: ReceptionItem, line: Line, standard: Standard) -> Iterator[Excess]:
    def excess(rule: Rule, asked: int, limit: int) -> Excess:
        return Excess(
            line.row, item.type, rule, standard.id, asked, limit, standard.excess == "blocked", item.reason.strip()
        )

    if not standard.allowed:
        yield excess("not_allowed", line.cost or 0, 0)
    elif line.cost is not None and line.allowance is not None and line.cost > line.allowance:
        yield excess("amount", line.cost, line.allowance)
    if line.hosts is not None and item.hosts > line.hosts:
        yield excess("hosts", item.hosts, line.hosts)


def check_estimate(found: Estimate, digits: int) -> Iterator[FieldError]:
    """Why the visit cannot be submitted: blocked excesses, others without a reason, items without a price.

    `digits` are those of the currency's minor unit.
    """
    for line in found.lines:
        if line.cost is None and line.allowed:
            yield FieldError(f"items.{line.row}.price", "price_needed")
    for excess in found.excesses:
        if excess.blocked:
            yield _blocked(excess, found.currency, digits)
        elif not excess.reason:
            yield FieldError(f"items.{excess.row}.reason", "reason_needed")


def _blocked(excess: Excess, currency: str, digits: int) -> FieldError:
    place = f"items.{excess.row}"
    match excess.rule:
        case "not_allowed":
            return FieldError(f"{place}.type", "not_allowed_by_standard")
        case "hosts":
            return FieldError(f"{place}.hosts", "too_many_hosts", {"max": str(excess.limit)})
        case "amount":
            limit = f"{major_units(excess.limit, digits)} {currency}"
            return FieldError(f"{place}.price", "above_standard", {"limit": limit})
