"""The routes of payment batches."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.gateways.files import files
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.payments.area import area
from chalicelib.handlers.payments.forms import (
    AnswerRead,
    AnswersQuery,
    BatchAction,
    BatchChanged,
    BatchesQuery,
    BatchForm,
)
from chalicelib.handlers.payments.shown import batch_data, batch_page
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments import answering, answers, batching, reading, releasing, settling
from chalicelib.services.payments.record import MANAGE, VIEW
from chalicelib.services.permissions import COMPANY


@area.endpoint("GET", "/payment-batches", action=VIEW, query=BatchesQuery, page="payment_batches.html")
def list_batches(call: Call, query: BatchesQuery) -> dict[str, Any]:
    """The batches of a year, the newest first."""
    year = query.year or f"{call.now:%Y}"
    page = reading.batches(call, year, query.cursor, query.limit)
    return {"items": [batch_data(each) for each in page.records], "next": page.next, "year": year}


def _list_again(call: Call) -> dict[str, Any]:
    call.permit(VIEW, COMPANY)
    return {"items": [], "next": None, "year": f"{call.now:%Y}"}


@area.endpoint(
    "POST",
    "/payment-batches",
    action=MANAGE,
    body=BatchForm,
    answer=BatchChanged,
    status=201,
    page="payment_batches.html",
    refill=_list_again,
)
def make_batch(call: Call, form: BatchForm) -> Answer:
    """Take payables of one currency into a new batch, at most 200."""
    return batching.make(call, form.payables)


@area.endpoint("GET", "/payment-batches/{id}", action=VIEW, page="payment_batch.html")
def show_batch(call: Call, id: str) -> Reply:
    """A batch with what is in it, its file, the bank's answers and what I can do now."""
    data = batch_page(call, id)
    return Reply(data, version=data["batch"]["version"])


@area.endpoint(
    "POST",
    "/payment-batches/{id}/actions",
    action=MANAGE,
    body=BatchAction,
    answer=BatchChanged,
    page="payment_batch.html",
    refill=batch_page,
)
def act_on_batch(call: Call, id: str, form: BatchAction) -> Answer:
    """Release a batch, take something out, mark a payment by hand, give the batch up or put it away."""
    match form.action:
        case "release":
            return releasing.release(call, id, form.acknowledged)
        case "cancel":
            return batching.cancel(call, id)
        case "close":
            return batching.close(call, id)
        case "remove":
            return batching.remove(call, id, _named(form))
        case "paid":
            return settling.mark(call, id, _named(form), "paid", form.note)
        case "failed":
            if not form.note:
                raise Invalid(FieldError("note", "required"))
            return settling.mark(call, id, _named(form), "failed", form.note)


def _named(form: BatchAction) -> str:
    if form.payable is None:
        raise Invalid(FieldError("payable", "required"))
    return form.payable


@area.endpoint("GET", "/payment-batches/{id}/file", action=MANAGE, content="text/html")
def fetch_file(call: Call, id: str) -> Reply:
    """Send me to the file for the bank: an address that is good for a minute. That I fetched it is recorded."""
    return Reply(content=b"", status=303, headers={"Location": releasing.fetch(call, id, files())})


@area.endpoint(
    "POST",
    "/payment-batches/{id}/answers",
    action=MANAGE,
    query=AnswersQuery,
    upload=answers.FILE_LIMIT,
    answer=AnswerRead,
)
def bring_answer(call: Call, id: str, file: bytes, query: AnswersQuery) -> Answer:
    """Try a bank's answer (pain.002, or CSV with end-to-end id and status), or have it carried out."""
    return answering.bring(call, id, file, query.name, query.dry_run)
