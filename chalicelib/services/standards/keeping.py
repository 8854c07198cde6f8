"""Writing standards down: each change writes the head, too, so that two people never place overlapping ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.standards import Book, Level, Standard, check_changed, check_levels, check_standard, placed
from chalicelib.models.standards import StandardItem, StandardsItem
from chalicelib.models.store import save
from chalicelib.services import sites
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.standards.reading import forget, whole
from chalicelib.web.money import minor

MANAGE = "standard:manage"


def all_of(call: Call) -> Book:
    """All levels and standards as they are now."""
    call.permit(MANAGE, COMPANY)
    return whole(call.store, call.now)


def one(call: Call, id: str) -> tuple[Book, Standard]:
    """A standard among all of them, as they are now; raises NotFound."""
    book = all_of(call)
    standard = book.standard(id)
    if standard is None:
        raise NotFound
    return book, standard


def create(call: Call, stated: Standard, amount: int | str | None) -> Answer:
    """A new standard; one without an end that it follows ends the day before.

    `stated` has no id yet; for one site, that site's currency counts. A text as `amount` is in the currency's own unit.
    Raises Invalid, also for an overlap with another one.
    """
    book = all_of(call)
    standard = _with_amount(replace(_in_its_currency(call, stated), id=call.new_id()), amount)
    check_standard(standard, book)
    return _commit(call, book, standard, placed(standard, book))


def change(call: Call, id: str, stated: Standard, amount: int | str | None) -> Answer:
    """State a standard anew, or when it ends once it is in force; raises Invalid, NotFound, Stale."""
    book, before = one(call, id)
    if call.expected_version not in (None, before.version):
        raise Stale
    standard = _with_amount(replace(stated, id=id, currency=before.currency, version=before.version + 1), amount)
    check_changed(before, standard, call.now.astimezone(ZoneInfo(call.me.time_zone)).date())
    check_standard(standard, book)
    return _commit(call, book, standard, placed(standard, book))


def set_levels(call: Call, levels: Sequence[Level]) -> Answer:
    """State the levels anew, from the highest on; raises Invalid, Stale."""
    book = all_of(call)
    if call.expected_version not in (None, book.version):
        raise Stale
    check_levels(levels, book)
    head = StandardsItem.of_levels(tuple(levels), book.version + 1)
    done = call.commit({"version": head.version, "location": "/standards"}, save(head))
    forget()
    return done


def _with_amount(standard: Standard, amount: int | str | None) -> Standard:
    if amount is None or amount == "":
        return standard
    minor_units = minor(amount, standard.currency)
    if minor_units is None:
        raise Invalid(FieldError("amount", "bad_amount"))
    return replace(standard, amount=minor_units)


def _in_its_currency(call: Call, standard: Standard) -> Standard:
    if not standard.site:
        return standard
    try:
        return replace(standard, currency=sites.site(call.store, standard.site, call.now).currency)
    except NotFound:
        raise Invalid(FieldError("site", "unknown_site")) from None


def _commit(call: Call, book: Book, standard: Standard, written: Sequence[Standard]) -> Answer:
    head = StandardsItem.of_levels(book.levels, book.version + 1)
    answer = {"id": standard.id, "version": standard.version, "location": f"/standards/{standard.id}"}
    done = call.commit(answer, save(head), *(save(StandardItem.from_standard(each)) for each in written))
    forget()
    return done
