"""What lines look like together: pieces that stay under a threshold (拆分报销), and the same thing twice (疑似重复)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from chalicelib.domain.compliance.book import plain
from chalicelib.domain.compliance.case import Case, Found
from chalicelib.domain.compliance.occasions import applied_for
from chalicelib.domain.compliance.shapes import Item


@dataclass(frozen=True)
class _Piece:
    """One line among others of the same seller and category; `own` is the key of a line of this claim."""

    day: int
    amount: int
    own: str


def split(case: Case) -> Found:
    """Lines of one seller and category within some days: each within a threshold, together above it."""
    groups = _by_seller(case)
    seen: set[str] = set()
    for (_, category, currency), items in groups.items():
        for threshold, invoiced in _thresholds(case, category, currency):
            pieces = [
                _Piece(item.day.toordinal(), item.amount, own)
                for item, own in items
                if item.amount <= threshold and (invoiced or not item.has_invoice)
            ]
            for key, count, total in _above(pieces, case.rules.days.split, threshold):
                if key not in seen:
                    seen.add(key)
                    facts = {"limit": str(threshold), "total": str(total), "currency": currency}
                    yield key, {**facts, "count": str(count), "days": str(case.rules.days.split)}


def _by_seller(case: Case) -> Mapping[tuple[str, str, str], Sequence[tuple[Item, str]]]:
    """The lines by seller, category and currency, with the key of each that is this claim's; only groups with one."""
    groups: dict[tuple[str, str, str], list[tuple[Item, str]]] = {}
    for item in case.items:
        if vendor := plain(item.vendor):
            groups.setdefault((vendor, item.category, item.currency), []).append((item, item.key))
    categories = {key[1:] for key in groups}
    for each in case.context.recent:
        item = each.item
        if (item.category, item.currency) in categories:
            group = groups.get((plain(item.vendor), item.category, item.currency))
            if group is not None:
                group.append((item, ""))
    return groups


def _thresholds(case: Case, category: str, currency: str) -> Iterator[tuple[int, bool]]:
    """The thresholds under which somebody could stay, and whether lines with an invoice count for them."""
    terms, sums = case.rules.terms_of(category), case.rules.sums_of(currency)
    if sums.split is not None:
        yield sums.split, True
    if terms.application_above is not None and terms.currency == currency and not applied_for(case, category):
        yield terms.application_above, True
    if terms.invoice and sums.no_invoice:
        yield sums.no_invoice, False


def _above(pieces: Sequence[_Piece], days: int, threshold: int) -> Iterator[tuple[str, int, int]]:
    """Each own piece that lies within so many days with others that are above the threshold together: how many they
    are, and their sum."""
    ordered = sorted(pieces, key=lambda piece: (piece.day, piece.own, piece.amount))
    dates = [piece.day for piece in ordered]
    sums = [0, *accumulate(piece.amount for piece in ordered)]
    ends = [bisect_right(dates, day + days) for day in dates]
    for place, piece in enumerate(ordered):
        if piece.own:
            starts = range(bisect_left(dates, piece.day - days), place + 1)
            total, count = max((sums[ends[start]] - sums[start], ends[start] - start) for start in starts)
            if total > threshold and count > 1:
                yield piece.own, count, total


def duplicate(case: Case) -> Found:
    """Lines of the same seller, the same day and the same sum. The sum alone makes no duplicate, nor do sum and day."""
    seen: dict[tuple[str, object, int, str], list[tuple[str, str]]] = {}
    for item in case.items:
        if sign := _sign(item):
            seen.setdefault(sign, []).append(("", item.key))
    days = {sign[1] for sign in seen}
    for each in case.context.recent:
        if each.item.day in days and (sign := _sign(each.item)) in seen:
            seen[sign].append((each.number, each.item.key))
    for item in case.items:
        others = sorted(other for other in seen.get(_sign(item) or _NONE, ()) if other != ("", item.key))
        if others:
            number, key = others[-1]
            paid, currency = item.receipt
            facts = {"amount": str(paid), "currency": currency, "day": item.day.isoformat(), "vendor": item.vendor}
            yield item.key, {**facts, "number": number, "other": key, "count": str(len(others))}


type _Sign = tuple[str, object, int, str]
_NONE: _Sign = ("", "", 0, "")


def _sign(item: Item) -> _Sign | None:
    """What makes two lines look alike; None where nobody knows who sold."""
    vendor = plain(item.vendor)
    return (vendor, item.day, *item.receipt) if vendor else None
