"""Payment batches in table `spending`: heads, their payments, the bank's answers, notes.

| question | key |
|---|---|
| a batch with all that belongs to it | pk `payment_batch#ID`: sk `head`, `item#PAYABLE`, `answer#SHA256`, notes |
| what goes on by itself, if it does (schedule) | index3 `payments_under_way`, `CREATED#ID`, only while it does |
| a year's batches, newest first | batch's index2 `payment_batches#YYYY`, `CREATED#ID`: some hundreds a year |

A payment is written with its payable and the head, in one transaction. Answers are carried out one payment a
transaction, with the cursor of the answer: each is carried out once, wherever it is interrupted.
"""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.payments import MOVING, AnswerRun, Batch, Decided, Item, LeftOut, PaymentFile
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.payments import list_order


def batch_partition(batch: str) -> str:
    """The partition of a batch with all that belongs to it."""
    return f"payment_batch#{batch}"


def of_year(year: str) -> str:
    """The index partition of a year's batches."""
    return f"payment_batches#{year}"


ITEMS = "item#"
ANSWERS = "answer#"
UNDER_WAY = "payments_under_way"
"""The index partition of batches and answers that go on step by step: a handful at a time."""


class BatchItem(SpendingTable, discriminator="payment_batch"):
    """A batch's head."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    currency = UnicodeAttribute()
    maker = UnicodeAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    payments = IntegerAttribute()
    total = IntegerAttribute()
    paid = IntegerAttribute()
    paid_total = IntegerAttribute()
    failed = IntegerAttribute()
    failed_total = IntegerAttribute()
    last_no = IntegerAttribute()
    waiting_for = DataAttribute[tuple[str, ...]](tuple[str, ...])
    left_out = DataAttribute[tuple[LeftOut, ...]](tuple[LeftOut, ...])
    barred = DataAttribute[tuple[str, ...]](tuple[str, ...])
    released_by = UnicodeAttribute()
    released_at = InstantAttribute(null=True)
    acknowledged = BooleanAttribute()
    problem = UnicodeAttribute()
    concerned = DataAttribute[tuple[str, ...]](tuple[str, ...])
    file = DataAttribute[PaymentFile](PaymentFile, null=True)
    fetched = IntegerAttribute()

    @classmethod
    def at(cls, batch: str) -> Key:
        """Where a batch's head lives."""
        return cls, batch_partition(batch), "head"

    @classmethod
    def from_batch(cls, batch: Batch) -> "BatchItem":
        """The item of a head, in the list of its year."""
        _, pk, sk = cls.at(batch.id)
        keys = {"index2_pk": of_year(f"{batch.created_at:%Y}"), "index2_sk": list_order(batch.created_at, batch.id)}
        if batch.status in MOVING:
            keys |= {"index3_pk": UNDER_WAY, "index3_sk": keys["index2_sk"]}
        return cls.of(batch, pk=pk, sk=sk, **keys)


class PaymentItem(SpendingTable, discriminator="payment"):
    """One payment of a batch."""

    batch = UnicodeAttribute()
    payable = UnicodeAttribute()
    no = IntegerAttribute()
    document_kind = UnicodeAttribute()
    document = UnicodeAttribute()
    number = UnicodeAttribute()
    payee = UnicodeAttribute()
    payee_name = UnicodeAttribute()
    amount = IntegerAttribute()
    currency = UnicodeAttribute()
    barred = DataAttribute[tuple[str, ...]](tuple[str, ...])
    status = UnicodeAttribute()
    reason = UnicodeAttribute()
    answered_at = InstantAttribute(null=True)
    answered_by = UnicodeAttribute()

    @classmethod
    def at(cls, batch: str, payable: str) -> Key:
        """Where a batch's payment of a payable lives."""
        return cls, batch_partition(batch), f"{ITEMS}{payable}"

    @classmethod
    def from_item(cls, item: Item) -> "PaymentItem":
        """The item of a payment."""
        _, pk, sk = cls.at(item.batch, item.payable)
        return cls.of(item, pk=pk, sk=sk)


class AnswerItem(SpendingTable, discriminator="payment_answer"):
    """A bank's answer to a batch, and how far it was carried out."""

    batch = UnicodeAttribute()
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    by = UnicodeAttribute()
    at_time = InstantAttribute()
    rows = DataAttribute[tuple[Decided, ...]](tuple[Decided, ...])
    done = IntegerAttribute()
    refused = DataAttribute[tuple[LeftOut, ...]](tuple[LeftOut, ...])
    status = UnicodeAttribute()

    @classmethod
    def at(cls, batch: str, id: str) -> Key:
        """Where an answer lives; its id is the SHA-256 of its content."""
        return cls, batch_partition(batch), f"{ANSWERS}{id}"

    @classmethod
    def from_run(cls, run: AnswerRun) -> "AnswerItem":
        """The item of an answer."""
        _, pk, sk = cls.at(run.batch, run.id)
        going_on = {"index3_pk": UNDER_WAY, "index3_sk": list_order(run.at_time, run.id)}
        return cls.of(run, pk=pk, sk=sk, **(going_on if run.status == "running" else {}))


class OpeningItem(SpendingTable, discriminator="payment_opening"):
    """That the bank accounts of these payees were opened for a batch's file: when, stands in its signature."""

    released_by = UnicodeAttribute()
    payees = DataAttribute[tuple[str, ...]](tuple[str, ...])

    @classmethod
    def at(cls, batch: str, version: int) -> Key:
        """Where the note of the release of that version of the head lives."""
        return cls, batch_partition(batch), f"opening#{version:06}"


class FetchItem(SpendingTable, discriminator="payment_fetch"):
    """That somebody fetched a batch's file: who and when stand in its signature."""

    sha256 = UnicodeAttribute()

    @classmethod
    def of_batch(cls, batch: str, id: str, sha256: str) -> "FetchItem":
        """The note, under an id of its own."""
        return cls(batch_partition(batch), f"fetch#{id}", sha256=sha256)
