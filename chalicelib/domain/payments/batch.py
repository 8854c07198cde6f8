"""A payment batch (付款批次): payables of one currency that are paid together, in one file or by hand.

| status | means | goes on to |
|---|---|---|
| gathering | payables are still being taken into it, some with each step | draft, cancelling |
| draft | complete; finance looks at it, takes some out, releases it | releasing, cancelling |
| releasing | released; the file is being made | released, draft (`problem` says why there is no file) |
| released | the file is there, its SHA-256 is known, nothing is answered | partly, answered, cancelling |
| partly | some of its payments are answered | answered |
| answered | every payment is answered: paid, or failed and to be paid again | closed |
| closed | finance has put it away | |
| cancelling | its payables are being given back, some with each step | cancelled |
| cancelled | nothing was paid by it | |

| item | means |
|---|---|
| waiting | its payable is in this batch and in no other |
| paid | paid by this batch, once, in the transaction that settled its document |
| failed | not paid by this batch; its payable is to be paid again |
| dropped | taken out before the release, or the batch was cancelled |

Invariants: `payments` and `total` are those of the items that were not dropped; `paid`, `failed` and what waits add up
to `payments`, and their sums to `total`; a released batch is cancelled only while nobody fetched its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.visits.model import number_of as digits_of

type BatchStatus = Literal[
    "gathering", "draft", "releasing", "released", "partly", "answered", "closed", "cancelling", "cancelled"
]
type BatchMove = Literal["gathered", "release", "hold", "file", "answer_some", "answer_all", "close", "cancel", "freed"]
type ItemStatus = Literal["waiting", "paid", "failed", "dropped"]
type Verdict = Literal["paid", "failed"]

BATCH_STATUSES: tuple[BatchStatus, ...] = BatchStatus.__value__.__args__
LIMIT = 200
"""Payables of a batch."""
AT_ONCE = 40
"""Payables that one transaction takes into a batch or gives back: each with its item, two operations."""
ANSWERABLE: frozenset[BatchStatus] = frozenset({"released", "partly"})

MOVING: frozenset[BatchStatus] = frozenset({"gathering", "releasing", "cancelling"})
"""Statuses in which a batch goes on by itself, step by step."""

MOVES: Mapping[tuple[BatchStatus, BatchMove], BatchStatus] = {
    ("gathering", "gathered"): "draft",
    ("draft", "release"): "releasing",
    ("releasing", "hold"): "draft",
    ("releasing", "file"): "released",
    ("released", "answer_some"): "partly",
    ("released", "answer_all"): "answered",
    ("partly", "answer_some"): "partly",
    ("partly", "answer_all"): "answered",
    ("answered", "close"): "closed",
    ("gathering", "cancel"): "cancelling",
    ("draft", "cancel"): "cancelling",
    ("released", "cancel"): "cancelling",
    ("cancelling", "freed"): "cancelled",
}


class NotYours(Forbidden):
    """Whoever approved the document, or is paid by it, neither releases nor marks its payment (职责分离)."""

    code = "payment_not_yours"


class FourEyes(Forbidden):
    """The company wants a batch to be released by somebody else than who made it (双人复核)."""

    code = "payment_four_eyes"


@dataclass(frozen=True)
class LeftOut:
    """A payable that was chosen and is not in the batch, and why."""

    payable: str
    reason: str


@dataclass(frozen=True)
class PaymentFile:
    """What the bank gets: where it is kept, what it is called, its SHA-256 in hexadecimal, its size in bytes."""

    key: str
    name: str
    media: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Batch:
    """A batch's head. `waiting_for` are the payables still to be taken in, `barred` all who may not release it.

    `paid` and `failed` count its answered items, `paid_total` and `failed_total` are their sums in minor units;
    `last_no` is the number of its last item. `problem` is why the last release made no file, `concerned` the names of
    whom it is about. `acknowledged`: who released it knew that bank accounts in it were changed within the last day.
    `fetched` counts who fetched the file.
    """

    id: str
    number: str
    currency: str
    maker: str
    created_at: datetime
    status: BatchStatus = "gathering"
    payments: int = 0
    total: int = 0
    paid: int = 0
    paid_total: int = 0
    failed: int = 0
    failed_total: int = 0
    last_no: int = 0
    waiting_for: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    barred: tuple[str, ...] = ()
    released_by: str = ""
    released_at: datetime | None = None
    acknowledged: bool = False
    problem: str = ""
    concerned: tuple[str, ...] = ()
    file: PaymentFile | None = None
    fetched: int = 0
    version: int = 1

    @property
    def waiting(self) -> int:
        """How many of its payments are not answered."""
        return self.payments - self.paid - self.failed


@dataclass(frozen=True)
class Item:
    """One payment of a batch, the `no`th: its payable as it was taken in, and who may not release or mark it."""

    batch: str
    payable: str
    no: int
    document_kind: str
    document: str
    number: str
    payee: str
    payee_name: str
    amount: int
    currency: str
    barred: tuple[str, ...] = ()
    status: ItemStatus = "waiting"
    reason: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    version: int = 1

    @property
    def end_to_end(self) -> str:
        """The id by which the bank names the payment in its answer."""
        return end_to_end_id(self.batch, self.no)


def end_to_end_id(batch: str, no: int) -> str:
    """The end-to-end id of a batch's `no`th payment: 30 characters of the SEPA set, never given twice.

    EPC guideline: at most 35 characters, none but those of the SEPA set, no slash at either end or twice.
    """
    return f"{batch}-{no:03}"


def number_of(batch: str) -> str:
    """The number that people know a batch by, from the random end of its ULID."""
    return f"PB{digits_of(batch)}"
