"""The routes of payables: what finance has to pay, what I am paid, and saying by hand that one was paid."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.budgets.shown import department_names
from chalicelib.handlers.fields import PageQuery
from chalicelib.handlers.payments.area import area
from chalicelib.handlers.payments.forms import PayableAction, PayableChanged, PayablesQuery
from chalicelib.handlers.payments.shown import payable_data, payable_page, rows_data
from chalicelib.handlers.sheets import asked_of
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments import reading, settling
from chalicelib.services.payments.record import MANAGE, SET_UP, VIEW
from chalicelib.services.permissions import COMPANY
from chalicelib.services.sheets.payments import SHEET, filters


@area.endpoint("GET", "/payments", action=VIEW, query=PayablesQuery, page="payments.html", sheet=SHEET)
def list_payables(call: Call, query: PayablesQuery) -> dict[str, Any]:
    """What is to be paid, the newest first; what stands in batches, or what was paid in a month."""
    asked = filters(call, asked_of(query))
    page = reading.listed(call, asked, query.cursor, query.limit)
    return {
        "items": rows_data(call, page.records),
        "next": page.next,
        "state": asked.state,
        "month": asked.month,
        "totals": reading.totals(page.records),
        "currencies": sorted({each.currency for each in page.records} | ({asked.currency} - {""})),
        "departments": [{"id": id, "name": name} for id, name in department_names(call).items()],
        "manages": call.may(MANAGE, COMPANY),
        "sets_up": call.may(SET_UP, COMPANY),
    }


@area.endpoint("GET", "/payments/mine", action="account:view", query=PageQuery, page="payments_mine.html")
def list_mine(call: Call, query: PageQuery) -> dict[str, Any]:
    """What I was paid and am going to be, the newest first."""
    page = reading.mine(call, query.cursor, query.limit)
    return {"items": [payable_data(call, each, {}) for each in page.records], "next": page.next}


@area.endpoint("GET", "/payments/{id}", action=VIEW, page="payment.html")
def show_payable(call: Call, id: str) -> Reply:
    """A payable with the account that it goes to."""
    data = payable_page(call, id)
    return Reply(data, version=data["payable"]["version"])


@area.endpoint(
    "POST",
    "/payments/{id}/actions",
    action=MANAGE,
    body=PayableAction,
    answer=PayableChanged,
    page="payment.html",
    refill=payable_page,
)
def act_on_payable(call: Call, id: str, form: PayableAction) -> Answer:
    """Say that a payable was paid without a batch, and how."""
    return settling.pay_by_hand(call, id, form.reference)
