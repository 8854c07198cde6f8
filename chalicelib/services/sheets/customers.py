"""How often customers came in a month, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chalicelib.services import ledger
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, titled
from chalicelib.services.ledger import Frequency
from chalicelib.web.i18n import N_

COLUMNS: Mapping[str, Callable[[Call, Frequency], Cell]] = {
    N_("Customer"): lambda call, each: each.customer,
    N_("Visits"): lambda call, each: each.totals.visits,
    N_("Visitors"): lambda call, each: each.totals.visitors,
    N_("Average stay, minutes"): lambda call, each: each.totals.average_stay,
    N_("On time, per cent"): lambda call, each: each.totals.on_time_share,
    N_("Did not come, per cent"): lambda call, each: each.totals.no_show_share,
}


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the month, which is this one unless another is asked for."""
    return {"month": f"{call.now:%Y-%m}", **asked}


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Frequency], str | None]:
    return ledger.frequencies(call, settled(call, asked)["month"]), None


SHEET = Sheet("customers", N_("Customers"), _rows, _columns, settled)
