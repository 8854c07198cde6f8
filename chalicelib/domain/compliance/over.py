"""Above a standard (超标准): for a head, a night, a day or a trip; and above a budget."""

from collections.abc import Callable, Mapping, Sequence

from chalicelib.domain.compliance.book import Basis, Limit
from chalicelib.domain.compliance.case import Case, Facts, Found, grouped, heads, largest, sum_in
from chalicelib.domain.compliance.shapes import Item


def over_head(case: Case) -> Found:
    """A line costs more than its people may."""
    return _over_lines(case, "head", heads)


def over_night(case: Case) -> Found:
    """A line costs more than its people's nights may; one night where nobody says how many."""
    return _over_lines(case, "night", lambda item: heads(item) * max(1, item.nights))


def _over_lines(case: Case, basis: Basis, units: Callable[[Item], int]) -> Found:
    for item in case.items:
        limit = case.limit(item, basis)
        if limit is not None:
            facts = _excess(limit, sum_in(item, limit.currency), units(item))
            if facts:
                yield item.key, facts


def over_day(case: Case) -> Found:
    """What was spent on a category on one day is more than a day may cost, other claims included.

    Of several places in a day the most generous counts, and the most people that any line names.
    """
    spent: dict[tuple[str, object, str], int] = {}
    for each in case.context.recent:
        paid, paid_currency = each.item.receipt
        for currency, amount in {each.item.currency: each.item.amount, paid_currency: paid}.items():
            key = each.item.category, each.item.day, currency
            spent[key] = spent.get(key, 0) + amount
    yield from _over_groups(case, "day", lambda item: item.day, spent)


def over_trip(case: Case) -> Found:
    """What was spent on a category on one trip is more than a trip may cost."""
    yield from _over_groups(case, "trip", lambda item: item.trip, {})


def _over_groups(
    case: Case, basis: Basis, part: Callable[[Item], object], besides: Mapping[tuple[str, object, str], int]
) -> Found:
    limits = {item.key: limit for item in case.items if (limit := case.limit(item, basis))}
    limited = [item for item in case.items if item.key in limits]
    groups = grouped(limited, lambda item: (item.category, part(item), limits[item.key].currency))
    for key, items in groups.items():
        limit = _most_generous([limits[item.key] for item in items])
        asked = sum(sum_in(item, limit.currency) for item in items) + besides.get(key, 0)
        facts = _excess(limit, asked, max(heads(item) for item in items))
        if facts:
            carrier = largest(items)
            yield carrier.key, {**facts, "day": carrier.day.isoformat(), "lines": str(len(items))}


def _most_generous(limits: Sequence[Limit]) -> Limit:
    return max(limits, key=lambda limit: (limit.amount or 0, limit.id))


def _excess(limit: Limit, asked: int, units: int) -> Facts:
    """The facts of an excess; none where there is no excess."""
    if limit.amount is None or asked <= limit.amount * units:
        return {}
    return {
        "asked": str(asked),
        "limit": str(limit.amount * units),
        "amount": str(limit.amount),
        "units": str(units),
        "currency": limit.currency,
        "standard": limit.id,
        "note": limit.note,
    }


def over_budget(case: Case) -> Found:
    """The claim asks for more of a budget than that has for it."""
    for room in sorted(case.context.budgets, key=lambda each: each.line):
        if room.asked > room.available:
            facts = {"asked": str(room.asked), "available": str(room.available), "currency": room.currency}
            yield "", {**facts, "budget": room.line}
