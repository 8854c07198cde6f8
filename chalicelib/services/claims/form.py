"""From what somebody stated to a claim: all looked up, converted and shared out, every fault told at its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chalicelib.domain.advances import Advance
from chalicelib.domain.claims import (
    Allocation,
    Claim,
    Line,
    Link,
    Offset,
    Part,
    Stated,
    StatedLine,
    StatedOffset,
    check_claim,
    converted,
    number_of,
    shared_out,
)
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.expenses import Categories
from chalicelib.domain.received import Received
from chalicelib.models.advances import AdvanceItem
from chalicelib.services import directory, expenses, rates
from chalicelib.services.call import Call
from chalicelib.services.claims import sources
from chalicelib.services.claims.invoices import check_invoices, of_lines, seller_of
from chalicelib.web.money import digits_of, minor


class Faults:
    """Everything that is wrong, gathered over a whole form."""

    def __init__(self) -> None:
        self.found: list[FieldError] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep what is refused within, and go on after it."""
        try:
            yield
        except Invalid as refused:
            self.found += refused.fields

    def check(self) -> None:
        """Raise Invalid if anything was."""
        if self.found:
            raise Invalid(*self.found)


def claim_of(call: Call, stated: Stated, id: str, before: Claim | None = None) -> Claim:
    """The claim as it is stated, new or with the history of `before`; raises Invalid naming every wrong field."""
    faults = Faults()
    invoices = of_lines(call, stated.lines)
    links: tuple[Link, ...] = ()
    offsets: tuple[Offset, ...] = ()
    lines = _lines(call, stated, before, invoices, faults)
    with faults.gathered():
        links = sources.linked_to(call, stated.links)
    with faults.gathered():
        offsets = _offsets(call, stated, sum(line.converted for line in lines))
    base = replace(before or _blank(call, id), purpose=stated.purpose, currency=stated.currency)
    claim = replace(base, lines=lines, links=links, offsets=offsets, budget_reason=stated.budget_reason)
    with faults.gathered():
        check_invoices(claim, invoices)
    if len(lines) == len(stated.lines):  # otherwise rows would be counted wrongly
        with faults.gathered():
            check_claim(claim, today(call))
    faults.check()
    return claim


def today(call: Call) -> date:
    """The day where the person is."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).date()


def _blank(call: Call, id: str) -> Claim:
    me = call.me
    facts = (number_of(id), me.id, me.name, me.department, me.department_path)
    return Claim(id, *facts, currency="", purpose="", lines=(), created_at=call.now)


def _lines(
    call: Call, stated: Stated, before: Claim | None, invoices: Mapping[str, Received], faults: Faults
) -> tuple[Line, ...]:
    known = {line.key: line for line in before.lines} if before and before.currency == stated.currency else {}
    categories = expenses.as_of(call.store, call.store.get(expenses.head())[0], call.now)
    found = []
    for row, (key, each) in enumerate(zip(_keys(stated.lines, before), stated.lines, strict=True)):
        with faults.gathered():
            asked = _Asked(f"lines.{row}", key, each, stated.currency, known.get(key), invoices.get(each.invoice))
            found.append(_line(call, asked, categories))
    return tuple(found)


def _keys(lines: Sequence[StatedLine], before: Claim | None) -> list[str]:
    """A key for every line: its own, if it is one of the claim's, and each once; a new one else."""
    given = {line.key for line in before.lines} if before else set()
    if before and not any(line.key for line in lines):  # whoever knows no keys means them row by row
        kept = [replace(line, key=own.key) for line, own in zip(lines, before.lines, strict=False)]
        lines = [*kept, *lines[len(kept) :]]
    last = max((int(key) for key in given if key.isdecimal()), default=0)
    keys: list[str] = []
    for line in lines:
        if line.key in given and line.key not in keys:
            keys.append(line.key)
        else:
            last += 1
            keys.append(str(last))
    return keys


class _Asked(NamedTuple):
    """A line as it is stated, at `path`, with the currency of its claim, what it was before and its invoice, if any."""

    path: str
    key: str
    stated: StatedLine
    currency: str
    before: Line | None
    invoice: Received | None


def _line(call: Call, asked: _Asked, categories: Categories) -> Line:
    """The line, with the seller of its invoice where nobody named one."""
    stated = asked.stated
    amount, tax = _sums(asked, categories)
    rate, rate_day = _rate(call, asked)
    whole = converted(amount, rate, digits_of(stated.currency) or 0, digits_of(asked.currency) or 0)
    return Line(
        key=asked.key,
        category=stated.category,
        day=stated.day,
        amount=amount,
        currency=stated.currency,
        converted=whole,
        allocations=_allocated(call, asked, amount, whole),
        place=stated.place,
        heads=stated.heads,
        nights=stated.nights,
        tax=tax,
        rate=rate,
        rate_day=rate_day,
        description=stated.description,
        project=stated.project,
        customer=stated.customer,
        invoice=stated.invoice,
        vendor=stated.vendor or seller_of(asked.invoice),
        reason=stated.reason,
    )


def _sums(asked: _Asked, categories: Categories) -> tuple[int, int]:
    """Amount and tax in minor units of the line's currency; raises Invalid, also for a category that is out of use."""
    path, stated = asked.path, asked.stated
    category = categories.get(stated.category)
    amount, tax = minor(stated.amount, stated.currency), minor(stated.tax or 0, stated.currency)
    wrong = [name for name, found in (("amount", amount), ("tax", tax)) if found is None]
    faults = [FieldError(f"{path}.{name}", "bad_amount") for name in wrong]
    if category is None or not (category.active or asked.before):
        faults.append(FieldError(f"{path}.category", "bad_choice"))
    if faults or amount is None or tax is None:
        raise Invalid(*faults)
    return amount, tax


def _allocated(call: Call, asked: _Asked, amount: int, whole: int) -> tuple[Allocation, ...]:
    """The departments that share the line; the applicant's own where nobody is named."""
    if not asked.stated.parts or whole <= 0:
        return (Allocation(call.me.department, whole, share="100"),)
    parts = _parts(call, asked.path, asked.stated)
    return shared_out(whole, parts, amount, asked.stated.currency, f"{asked.path}.allocations")


def _rate(call: Call, asked: _Asked) -> tuple[str, date | None]:
    """The rate that the line was frozen with, if it is still of that currency and day; else that of its day."""
    stated, before = asked.stated, asked.before
    if stated.currency == asked.currency:
        return "1", None
    if before and (before.currency, before.day) == (stated.currency, stated.day):
        return before.rate, before.rate_day
    found = rates.rate_on(call, stated.currency, asked.currency, stated.day, f"{asked.path}.currency")
    return str(found.value), found.day


def _parts(call: Call, path: str, stated: StatedLine) -> list[Part]:
    """The departments that share the line."""
    known = {each.id for each in directory.departments(call.store, call.now)}
    faults: list[FieldError] = []
    parts: list[Part] = []
    for row, each in enumerate(stated.parts):
        place = f"{path}.allocations.{row}"
        amount = minor(each.amount, stated.currency) if each.amount != "" else None
        if each.department not in known:
            faults.append(FieldError(f"{place}.department", "unknown_department"))
        if each.amount != "" and amount is None:
            faults.append(FieldError(f"{place}.amount", "bad_amount"))
        share = each.share or ("100" if len(stated.parts) == 1 and amount is None else "")
        parts.append(Part(each.department, share, amount))
    if faults:
        raise Invalid(*faults)
    return parts


def _offsets(call: Call, stated: Stated, total: int) -> tuple[Offset, ...]:
    """What clears each advance: the sum that was stated, or as much as the advance and the claim leave."""
    if not stated.offsets:
        return ()
    items = call.store.get(*(AdvanceItem.at(each.advance) for each in stated.offsets))
    faults: list[FieldError] = []
    found: list[Offset] = []
    for row, (each, item) in enumerate(zip(stated.offsets, items, strict=True)):
        advance: Advance | None = item.to(Advance) if item else None
        if advance is None or (advance.applicant, advance.currency) != (call.me.id, stated.currency):
            faults.append(FieldError(f"offsets.{row}.advance", "unknown_advance"))
            continue
        left = total - sum(offset.amount for offset in found)
        amount = _offset_amount(each, stated.currency, min(left, max(0, advance.free)))
        if amount is None:
            faults.append(FieldError(f"offsets.{row}.amount", "bad_amount"))
        elif amount:
            found.append(Offset(each.advance, amount))
    if faults:
        raise Invalid(*faults)
    return tuple(found)


def _offset_amount(stated: StatedOffset, currency: str, most: int) -> int | None:
    return minor(stated.amount, currency) if stated.amount != "" else max(0, most)
