"""What is wrong with invoices: none, too old, of another time, over less, made out to somebody else."""

from collections.abc import Iterator
from datetime import date, timedelta

from chalicelib.domain.compliance.book import TaxTitle, plain
from chalicelib.domain.compliance.case import Case, Found, grouped, largest
from chalicelib.domain.compliance.shapes import Item


def no_invoice(case: Case) -> Found:
    """A line without an invoice, above what goes without."""
    for item in case.items:
        limit = case.rules.sums_of(item.currency).no_invoice
        if case.rules.terms_of(item.category).invoice and not item.has_invoice and item.amount > limit:
            yield item.key, {"asked": str(item.amount), "limit": str(limit), "currency": item.currency}


def invoice_old(case: Case) -> Found:
    """An invoice that is handed in too late: so many days after its own, or into another year."""
    for item, day in _dated(case):
        ended = [until for until in _ends(case, day) if until < case.context.today]
        if ended:
            yield item.key, {"day": day.isoformat(), "until": min(ended).isoformat()}


def _ends(case: Case, day: date) -> Iterator[date]:
    """The last days on which an invoice of that day could be claimed, as far as they are over."""
    today, days = case.context.today, case.rules.days
    if (today - day).days > days.invoice:
        yield day + timedelta(days=days.invoice)
    if days.last_year is not None and today.year > day.year:
        first = date(day.year + 1, 1, 1)
        if (today - first).days >= days.last_year:
            yield first + timedelta(days=days.last_year - 1)


def invoice_outside(case: Case) -> Found:
    """An invoice that is dated away from every visit that the claim is for."""
    margin, visits = case.rules.days.visit, case.context.visits
    for item, day in _dated(case):
        if visits and not any(visit.covers(day, margin) for visit in visits):
            near = min(visits, key=lambda visit: (_away(visit.first, visit.last, day), visit.number))
            yield (
                item.key,
                {
                    "day": day.isoformat(),
                    "number": near.number,
                    "first": near.first.isoformat(),
                    "last": near.last.isoformat(),
                    "days": str(margin),
                },
            )


def _dated(case: Case) -> Iterator[tuple[Item, date]]:
    return ((item, item.invoice_day) for item in case.items if item.has_invoice and item.invoice_day)


def _away(first: date, last: date, day: date) -> int:
    return max((first - day).days, (day - last).days)


def invoice_short(case: Case) -> Found:
    """More is claimed of an invoice than it is over, all its lines together."""
    totalled = [item for item in case.items if item.has_invoice and item.invoice_total is not None]
    for items in grouped(totalled, lambda item: (item.invoice or f"#{item.key}", item.receipt[1])).values():
        total = min(item.invoice_total or 0 for item in items)
        asked = sum(item.receipt[0] for item in items)
        if asked > total:
            facts = {"asked": str(asked), "total": str(total), "currency": items[0].receipt[1]}
            yield largest(items).key, facts


def wrong_title(case: Case) -> Found:
    """An invoice that is made out to somebody else, or with a wrong tax number; what names no buyer is let be."""
    titles = case.rules.titles
    if not titles:
        return
    for item in case.items:
        found = " ".join(text for text in (item.buyer_name.strip(), item.buyer_tax_id.strip()) if text)
        if item.has_invoice and found and not any(_names(item, title) for title in titles):
            right = next((title for title in titles if _same_name(item, title)), titles[0])
            yield item.key, {"found": found, "name": right.name, "tax_id": right.tax_id}


def _names(item: Item, title: TaxTitle) -> bool:
    """Whether what the invoice says of its buyer is the company's."""
    right_number = not item.buyer_tax_id.strip() or _joined(item.buyer_tax_id) == _joined(title.tax_id)
    return right_number and (not item.buyer_name.strip() or _same_name(item, title))


def _same_name(item: Item, title: TaxTitle) -> bool:
    return _joined(item.buyer_name) == _joined(title.name)


def _joined(text: str) -> str:
    return plain(text).replace(" ", "")
