"""The ledger of visits as a file."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.domain.ledger import Filters, usual_period
from chalicelib.domain.visits import Visit
from chalicelib.services import ledger
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Sheet
from chalicelib.services.sheets.visits import columns
from chalicelib.web.i18n import N_


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the months, which are the usual period's unless others are asked for."""
    first, last = usual_period(call.now)
    return {"from": first, "to": last, **asked}


def filters(call: Call, asked: Asked) -> Filters:
    """What the filters mean."""
    wanted = settled(call, asked)
    names = ("department", "site", "host", "status", "purpose", "customer")
    return Filters(wanted["from"], wanted["to"], **{name: wanted.get(name, "") for name in names})


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Visit], str | None]:
    page = ledger.visits(call, filters(call, asked), cursor, limit)
    return page.visits, page.next


SHEET = Sheet("ledger", N_("Ledger"), _rows, columns, settled)
