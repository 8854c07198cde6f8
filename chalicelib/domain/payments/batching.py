"""What becomes of a batch and its payments by each move; the tables are in domain/payments/batch.py."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, IllegalMove
from chalicelib.domain.payments.batch import ANSWERABLE, MOVES, Batch, BatchMove, FourEyes, Item, NotYours, Verdict


def moved(batch: Batch, move: BatchMove, **facts: object) -> Batch:
    """The batch after a move; raises IllegalMove naming its present status."""
    status = MOVES.get((batch.status, move))
    if status is None:
        raise IllegalMove("payment_batch_illegal_move", state=batch.status, move=move)
    return replace(batch, status=status, version=batch.version + 1, **facts)  # type: ignore[arg-type]


def check_release(batch: Batch, by: str, four_eyes: bool) -> None:
    """Raise NotYours for who approved or is paid by something in it, FourEyes for its maker where that is the rule."""
    if by in batch.barred:
        raise NotYours(number=batch.number)
    if four_eyes and by == batch.maker:
        raise FourEyes(number=batch.number)


def released(batch: Batch, by: str, now: datetime, acknowledged: bool) -> Batch:
    """Released: its file can be made. Raises IllegalMove, and Conflict for a batch with nothing in it."""
    changed = moved(batch, "release", released_by=by, released_at=now, acknowledged=acknowledged)
    if not batch.payments:
        raise Conflict("payment_batch_empty", state=batch.status)
    return replace(changed, problem="", concerned=())


def cancelled(batch: Batch) -> Batch:
    """On its way to be cancelled; raises Conflict where somebody has fetched the file, and may have sent it."""
    if batch.fetched:
        raise Conflict("payment_file_fetched", state=batch.status)
    return moved(batch, "cancel", waiting_for=(), problem="", concerned=())


def fetched(batch: Batch) -> Batch:
    """Somebody has the file; raises IllegalMove where the batch is not released."""
    if batch.file is None or batch.status in ("cancelling", "cancelled"):
        raise IllegalMove("payment_batch_illegal_move", state=batch.status, move="fetch")
    return replace(batch, fetched=batch.fetched + 1, version=batch.version + 1)


def without(batch: Batch, item: Item) -> tuple[Batch, Item]:
    """Batch and item when a payment is taken out of a draft; raises IllegalMove."""
    if batch.status != "draft" or item.status != "waiting":
        raise IllegalMove("payment_batch_illegal_move", state=batch.status, move="remove")
    fewer = replace(batch, payments=batch.payments - 1, total=batch.total - item.amount, version=batch.version + 1)
    return fewer, dropped(item)


def dropped(item: Item) -> Item:
    """The item, no payment any more."""
    return replace(item, status="dropped", version=item.version + 1)


def answered(
    batch: Batch, item: Item, verdict: Verdict, now: datetime, by: str, reason: str = ""
) -> tuple[Batch, Item]:
    """Batch and item after the answer to one payment; raises IllegalMove where there is nothing to answer."""
    if batch.status not in ANSWERABLE or item.status != "waiting":
        raise IllegalMove("payment_illegal_move", state=item.status, move=verdict, number=item.number)
    counted = {
        verdict: getattr(batch, verdict) + 1,
        f"{verdict}_total": getattr(batch, f"{verdict}_total") + item.amount,
    }
    last = batch.waiting == 1
    changed = moved(batch, "answer_all" if last else "answer_some", **counted)
    told = replace(item, status=verdict, reason=reason, answered_at=now, answered_by=by, version=item.version + 1)
    return changed, told


def check_answerable(batch: Batch) -> None:
    """Raise IllegalMove where no answer is awaited: before the release, or after the batch was put away."""
    if batch.status not in ANSWERABLE | {"answered"}:
        raise IllegalMove("payment_batch_illegal_move", state=batch.status, move="answer")


def check_marker(item: Item, by: str) -> None:
    """Raise NotYours for who approved the document or is paid by it."""
    if by in item.barred:
        raise NotYours(number=item.number)


def violations(batch: Batch, items: tuple[Item, ...]) -> list[str]:
    """Every invariant that the batch breaks with its items, in words."""
    own = [item for item in items if item.status != "dropped"]
    if batch.status in ("cancelling", "cancelled", "gathering"):
        return []
    facts = {
        "payments": (batch.payments, len(own)),
        "total": (batch.total, sum(item.amount for item in own)),
    }
    for verdict in ("paid", "failed"):
        told = [item for item in own if item.status == verdict]
        facts[verdict] = (getattr(batch, verdict), len(told))
        facts[f"{verdict}_total"] = (getattr(batch, f"{verdict}_total"), sum(item.amount for item in told))
    return [
        f"{batch.number} {name}: {kept}, counted {counted}"
        for name, (kept, counted) in facts.items()
        if kept != counted
    ]
