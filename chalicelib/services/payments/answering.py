"""A bank's answer to a batch: tried without an effect, or kept and carried out step by step."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from chalicelib.domain import payments as rules
from chalicelib.domain.errors import Contention, DomainError, NotFound
from chalicelib.domain.payments import AnswerRun, Batch, Decided, Item, Judged, document_of
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.payment_batches import AnswerItem, BatchItem, PaymentItem, batch_partition
from chalicelib.models.store import Operation, Query, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import every
from chalicelib.services.payments import answers
from chalicelib.services.payments.kinds import reads
from chalicelib.services.payments.record import MANAGE, payment_keys, payment_of
from chalicelib.services.payments.settling import told
from chalicelib.services.permissions import COMPANY
from chalicelib.web.messages import message

AT_A_TIME = 20
"""Payments that one step settles, each in a transaction of its own."""


def bring(call: Call, batch_id: str, content: bytes, name: str, dry_run: bool) -> Answer:
    """Read a bank's answer, and unless it is a dry run have it carried out: what becomes of its rows.

    Rows that cannot stand have no effect and are told. Raises Invalid for what is no answer to this batch, NotYours
    where it decides a payment of a document that the caller approved or is paid by.
    """
    call.permit(MANAGE, COMPANY)
    batch, items, known = _stands(call, batch_id)
    every_id = [item.end_to_end for item in items if item.status != "dropped"]
    rows = rules.judged(answers.read(content, batch.id, every_id), items)
    effects = [row for row in rows if row.item and row.outcome in ("paid", "failed")]
    for row in effects:
        rules.check_marker(_item(row), call.actor)
    wrong = [_wrong(call, row) for row in rows if row.outcome == "wrong"]
    counts = Counter(row.outcome for row in rows)
    answer = {"rows": len(rows), "counts": dict(counts), "wrong": wrong, "kept": not dry_run}
    digest = answers.digest_of(content)
    if dry_run or not effects or digest in known:
        return call.nothing_to_write(answer)
    run = AnswerRun(batch.id, digest, name, call.actor, call.now, tuple(_decided(row) for row in effects))
    return call.commit(answer, create(AnswerItem.from_run(run)))


def _wrong(call: Call, row: Judged) -> dict[str, object]:
    """A row that cannot stand, and why."""
    facts = {"row": row.answer.row, "end_to_end": row.answer.end_to_end, "code": row.fault}
    return facts | {"message": message(row.fault, {}, call.locale)}


def _stands(call: Call, batch_id: str) -> tuple[Batch, list[Item], set[str]]:
    """The batch with its payments and the answers that it has; raises NotFound, IllegalMove where none is awaited."""
    found = every(call.store, Query(SpendingTable, batch_partition(batch_id), limit=1000))
    heads: list[Batch] = [item.to(Batch) for item in found if isinstance(item, BatchItem)]
    if not heads:
        raise NotFound
    rules.check_answerable(heads[0])
    items: list[Item] = [item.to(Item) for item in found if isinstance(item, PaymentItem)]
    return heads[0], items, {str(item.id) for item in found if isinstance(item, AnswerItem)}


def _item(row: Judged) -> Item:
    assert row.item is not None  # noqa: S101 - a row with an effect is about a payment
    return row.item


def _decided(row: Judged) -> Decided:
    return Decided(_item(row).payable, "paid" if row.outcome == "paid" else "failed", row.answer.reason)


def carry_on(call: Call, batch_id: str, answer: str, version: int) -> None:
    """Settle the next payments of an answer; nothing if it went on since that version or is done."""
    (item,) = call.store.get(AnswerItem.at(batch_id, answer))
    if item is None or item.version != version or item.status == "done":
        return
    run: AnswerRun = item.to(AnswerRun)
    for row in islice(run.rows, run.done, run.done + AT_A_TIME):
        run = _settle(call, run, row)


def _settle(call: Call, run: AnswerRun, row: Decided) -> AnswerRun:
    """One payment with its document, and that the answer has come so far: one transaction.

    What its document or the rules refuse is noted for finance, and the answer goes on.
    """
    known = read_ahead(call, [*payment_keys(run.batch, row.payable), *reads(*document_of(row.payable))])
    operations: list[Operation] = []
    refusal = ""
    try:
        if payment_of(known.store, run.batch, row.payable).item.status != row.verdict:  # else another answer said so
            operations = told(known, run.batch, row.payable, row.verdict, row.reason, run.by)[1]
    except Contention:
        raise
    except DomainError as refused:
        refusal = refused.code
    further = rules.carried_on(run, refusal)
    known.commit({}, replace_item(AnswerItem.from_run(further)), *operations)
    return further
