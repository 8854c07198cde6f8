"""A payable (应付): a sum that an approved document owes a person, until it is paid once.

| status | means | goes on to |
|---|---|---|
| due | to be paid, chosen by nobody | batched, paid (by hand), cancelled |
| batched | stands in one payment batch that has not failed or been cancelled | paid, failed, due |
| paid | the bank or finance said so; the document was settled in the same transaction | |
| failed | to be paid again: the last attempt failed, `reason` says why | batched, paid (by hand), cancelled |
| cancelled | its document is not to be paid any more | |

Invariants: a payable is in one living batch at most, and paid once; what was paid never becomes due again. A document
that is cancelled after its payment is reversed: the payable stays paid, and `reversed_at` says since when.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.errors import FieldError, IllegalMove, Invalid

type PayableStatus = Literal["due", "batched", "paid", "failed", "cancelled"]
type PayableMove = Literal["batch", "free", "pay", "fail", "cancel"]

STATUSES: tuple[PayableStatus, ...] = PayableStatus.__value__.__args__
TO_BE_PAID: frozenset[PayableStatus] = frozenset({"due", "failed"})
"""What finance can choose for a batch."""
LARGEST = 10**15
"""Minor units: no payment is larger."""

MOVES: Mapping[tuple[PayableStatus, PayableMove], PayableStatus] = {
    ("due", "batch"): "batched",
    ("failed", "batch"): "batched",
    ("batched", "free"): "due",
    ("batched", "pay"): "paid",
    ("due", "pay"): "paid",
    ("failed", "pay"): "paid",
    ("batched", "fail"): "failed",
    ("due", "cancel"): "cancelled",
    ("failed", "cancel"): "cancelled",
}


@dataclass(frozen=True)
class Payable:
    """What a document owes `payee` (a person's id), in minor units of `currency`.

    Its id is KIND-DOCUMENT-N: a document may be paid in several parts. `batch` is the batch that it stands in, or
    stood in last; `attempts` counts them. `reference` is how it was paid by hand; `paid_by` who said that it is paid.
    """

    id: str
    document_kind: str
    document: str
    number: str
    payee: str
    payee_name: str
    amount: int
    currency: str
    created_at: datetime
    department: str = ""
    status: PayableStatus = "due"
    batch: str = ""
    attempts: int = 0
    reason: str = ""
    reference: str = ""
    paid_at: datetime | None = None
    paid_by: str = ""
    reversed_at: datetime | None = None
    version: int = 1


def payable_id(kind: str, document: str, part: int = 1) -> str:
    """The id of a document's payable, of its first part unless another is named."""
    return f"{kind}-{document}-{part}"


def document_of(payable: str) -> tuple[str, str]:
    """The kind and the id of the document whose payable has this id; two empty texts for what is no such id."""
    kind, _, rest = payable.partition("-")
    document, _, part = rest.rpartition("-")
    return (kind, document) if document and part.isdigit() else ("", "")


def check_owed(amount: int) -> None:
    """Raise Invalid for a sum that nobody can be paid."""
    if not 0 < amount < LARGEST:
        raise Invalid(FieldError("amount", "bad_amount"))


def moved(payable: Payable, move: PayableMove, **facts: object) -> Payable:
    """The payable after a move, with `facts` that come with it; raises IllegalMove naming its present status."""
    status = MOVES.get((payable.status, move))
    if status is None:
        raise IllegalMove("payable_illegal_move", state=payable.status, move=move, number=payable.number)
    return replace(payable, status=status, version=payable.version + 1, **facts)  # type: ignore[arg-type]


def batched(payable: Payable, batch: str) -> Payable:
    """Chosen for a batch."""
    return moved(payable, "batch", batch=batch, attempts=payable.attempts + 1)


def freed(payable: Payable) -> Payable:
    """Taken out of its batch unpaid."""
    return moved(payable, "free", batch="")


def paid(payable: Payable, now: datetime, by: str, reference: str = "") -> Payable:
    """Paid, as the bank said or a person says."""
    return moved(payable, "pay", paid_at=now, paid_by=by, reference=reference, reason="")


def paid_by_hand(payable: Payable, now: datetime, by: str, reference: str) -> Payable:
    """Paid without a batch; raises IllegalMove for one that stands in a batch, whose payments are marked there."""
    if payable.status == "batched":
        raise IllegalMove("payable_taken", state=payable.status, number=payable.number)
    return paid(payable, now, by, reference)


def failed(payable: Payable, reason: str) -> Payable:
    """Not paid: it is to be paid again, and this is why it was not."""
    return moved(payable, "fail", reason=reason)


def cancelled(payable: Payable) -> Payable:
    """Not to be paid any more."""
    return moved(payable, "cancel")


def after_reversal(payable: Payable, now: datetime) -> Payable:
    """Paid, and its document reversed; raises IllegalMove unless it is paid, or where it was reversed already."""
    if payable.status != "paid" or payable.reversed_at:
        raise IllegalMove("payable_illegal_move", state=payable.status, move="reverse", number=payable.number)
    return replace(payable, reversed_at=now, version=payable.version + 1)
