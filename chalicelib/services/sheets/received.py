"""One's received invoices as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chalicelib.services import received
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled
from chalicelib.services.received import Listed, Open
from chalicelib.web import received_words
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import amount


def _sum(minor: int, each: Open) -> Cell:
    """A number that can be summed up, in the currency of its own column."""
    return Decimal(amount(minor, each.received.currency))


def _word(call: Call, words: Mapping[str, str], key: str) -> Cell:
    return translator(call.locale).gettext(words[key])


COLUMNS: Mapping[str, Callable[[Call, Open], Cell]] = {
    N_("Type of invoice"): lambda call, each: _word(call, received_words.KINDS, each.received.type),
    N_("Invoice code"): lambda call, each: each.received.code,
    N_("Invoice number"): lambda call, each: each.received.number,
    N_("Seller"): lambda call, each: each.received.seller,
    N_("Seller's tax id"): lambda call, each: each.received.seller_tax_id,
    N_("Buyer"): lambda call, each: each.received.buyer,
    N_("Buyer's tax id"): lambda call, each: each.received.buyer_tax_id,
    N_("Invoice date"): lambda call, each: each.received.day,
    N_("Currency"): lambda call, each: each.received.currency,
    N_("Total with tax"): lambda call, each: _sum(each.received.total, each),
    N_("Tax"): lambda call, each: _sum(each.received.tax, each),
    N_("Without tax"): lambda call, each: _sum(each.received.net, each),
    N_("Claimed"): lambda call, each: _sum(each.claimed, each),
    N_("Use"): lambda call, each: _word(call, received_words.STATES, each.state),
    N_("Registered"): lambda call, each: local(call, each.received.created_at),
}


def found(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed:
    """The page of the list that the filters mean."""
    states: Mapping[str, received.State] = {"unused": "unused", "used": "used"}
    return received.listed(call, states.get(asked.get("state", "")), cursor, limit)


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Open], str | None]:
    page = found(call, asked, cursor, limit)
    return page.items, page.next


SHEET = Sheet("received", N_("Received invoices"), _rows, _columns)
