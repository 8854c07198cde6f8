"""What lists and pages show of payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import AnswerRun, Batch, Item, Payable
from chalicelib.handlers.budgets.shown import department_names
from chalicelib.handlers.visits.filling import names
from chalicelib.services import documents
from chalicelib.services.call import Call
from chalicelib.services.payments import reading
from chalicelib.services.payments.reading import Standing
from chalicelib.services.payments.record import MANAGE
from chalicelib.services.permissions import COMPANY
from chalicelib.web.messages import message


def place_of(kind: str, document: str) -> str:
    """Where a document is shown, "" for a kind that has no page."""
    try:
        return documents.kind_of(kind).path(document)
    except NotFound:
        return ""


def payable_data(call: Call, payable: Payable, departments: Mapping[str, str]) -> dict[str, Any]:
    """A payable with its age in days, the name of its department and the page of its document."""
    return vars(payable) | {
        "age": (call.now - payable.created_at).days,
        "department_name": departments.get(payable.department, payable.department),
        "place": place_of(payable.document_kind, payable.document),
    }


def rows_data(call: Call, payables: Iterable[Payable]) -> list[dict[str, Any]]:
    """Payables of finance's list, each with the account that it goes to."""
    listed, departments = list(payables), department_names(call)
    accounts = reading.standings(call, listed)
    return [payable_data(call, each, departments) | {"account": accounts.get(each.id)} for each in listed]


def payable_page(call: Call, id: str) -> dict[str, Any]:
    """One payable, its account, and who said that it was paid."""
    found = reading.payable(call, id)
    people = names(call, {found.payable.paid_by} - {""})
    return {
        "payable": payable_data(call, found.payable, department_names(call)),
        "account": found.account,
        "paid_by": people.get(found.payable.paid_by, ""),
        "pays": found.mine_to_pay and call.may(MANAGE, COMPANY),
        "values": {},
    }


def batch_data(batch: Batch) -> dict[str, Any]:
    """A batch as lists show it, without who is barred from it."""
    hidden = {"barred", "waiting_for"}
    return {name: value for name, value in vars(batch).items() if name not in hidden} | {"waiting": batch.waiting}


def batch_page(call: Call, id: str) -> dict[str, Any]:
    """A batch with what is in it, its file, the bank's answers and what I may do."""
    view = reading.batch(call, id)
    batch, manages = view.batch, call.may(MANAGE, COMPANY)
    people = names(call, {batch.maker, batch.released_by, *(run.by for run in view.answers)} - {""})
    numbers = {item.payable: item.number for item in view.items}
    held = [item.payee_name for item in view.items if item.status == "waiting" and _held(view.accounts, item)]
    return {
        "batch": batch_data(batch) | {"left_out": [vars(each) for each in batch.left_out]},
        "items": [_item_data(call, item, view.accounts.get(item.payee)) for item in view.items],
        "answers": [_run_data(call, run, people, numbers) for run in view.answers],
        "maker": people.get(batch.maker, ""),
        "released_by": people.get(batch.released_by, ""),
        "held": sorted({*held}),
        "manages": manages,
        "mine_to_release": manages and call.actor not in batch.barred,
        "values": {},
    }


def _held(accounts: Mapping[str, Standing], item: Item) -> bool:
    account = accounts.get(item.payee)
    return account is not None and account.held


def _item_data(call: Call, item: Item, account: Standing | None) -> dict[str, Any]:
    hidden = {"barred"}
    shown = {name: value for name, value in vars(item).items() if name not in hidden}
    more = {"end_to_end": item.end_to_end, "place": place_of(item.document_kind, item.document)}
    return shown | more | {"account": account, "markable": call.actor not in item.barred}


def _run_data(call: Call, run: AnswerRun, people: Mapping[str, str], numbers: Mapping[str, str]) -> dict[str, Any]:
    refused = [
        {"number": numbers.get(each.payable, ""), "message": message(each.reason, {}, call.locale)}
        for each in run.refused
    ]
    facts = {"id": run.id, "name": run.name, "at_time": run.at_time, "done": run.done, "rows": len(run.rows)}
    return facts | {"by": people.get(run.by, ""), "status": run.status, "refused": refused}
