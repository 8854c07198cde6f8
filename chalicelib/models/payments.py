"""Payments in table `spending`: payables, and how finance pays. Batches: models/payment_batches.py.

| question | key |
|---|---|
| a payable | pk `payable#ID`, sk `payable`; ID is KIND-DOCUMENT-N, so a document knows those of its own |
| what I was paid and am going to be, newest first | payable's index1 `payee#PERSON`, `CREATED#ID` |
| what is to be paid, what stands in batches | payable's index2 `payables#STATE#SHARD` (8), `CREATED#ID`: STATE |
| | is `open` (due, failed) or `batched` |
| what was paid or cancelled in a month | the same, STATE is `paid#YYYY-MM` (UTC): when it was paid, else made |
| how finance pays | pk `payments#settings`, sk `settings` |

A payable is written by the transaction that approves its document, and settled with its document in one transaction. It
is replaced by its version, so that of two batches that want it one has it.
"""

from datetime import datetime
from zlib import crc32

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.payments import TO_BE_PAID, Payable, Settings
from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant

SHARDS = 8


def payee_partition(person: str) -> str:
    """The index partition of all that one person is or was to be paid."""
    return f"payee#{person}"


def state_of(payable: Payable) -> str:
    """Which list a payable is in."""
    if payable.status in TO_BE_PAID:
        return "open"
    return "batched" if payable.status == "batched" else f"paid#{payable.paid_at or payable.created_at:%Y-%m}"


def shards(state: str) -> list[str]:
    """The index partitions of all payables in a state: "open", "batched", or "paid#YYYY-MM"."""
    return [f"payables#{state}#{shard}" for shard in range(SHARDS)]


def list_order(created_at: datetime, id: str) -> str:
    """Where something stands in lists by time."""
    return f"{instant(created_at)}#{id}"


class PayableItem(SpendingTable, discriminator="payable"):
    """A sum that a document owes a person."""

    id = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document = UnicodeAttribute()
    number = UnicodeAttribute()
    payee = UnicodeAttribute()
    payee_name = UnicodeAttribute()
    amount = IntegerAttribute()
    currency = UnicodeAttribute()
    created_at = InstantAttribute()
    department = UnicodeAttribute()
    status = UnicodeAttribute()
    batch = UnicodeAttribute()
    attempts = IntegerAttribute()
    reason = UnicodeAttribute()
    reference = UnicodeAttribute()
    paid_at = InstantAttribute(null=True)
    paid_by = UnicodeAttribute()
    reversed_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, id: str) -> Key:
        """Where a payable lives."""
        return cls, f"payable#{id}", "payable"

    @classmethod
    def from_payable(cls, payable: Payable) -> "PayableItem":
        """The item of a payable, in the lists of its payee and of finance."""
        _, pk, sk = cls.at(payable.id)
        order = list_order(payable.created_at, payable.id)
        shard = crc32(payable.id.encode()) % SHARDS
        keys = {"index1_pk": payee_partition(payable.payee), "index1_sk": order}
        keys |= {"index2_pk": f"payables#{state_of(payable)}#{shard}", "index2_sk": order}
        return cls.of(payable, pk=pk, sk=sk, **keys)


class SettingsItem(SpendingTable, discriminator="payment_settings"):
    """How finance pays."""

    four_eyes = BooleanAttribute()
    name = UnicodeAttribute()
    iban = UnicodeAttribute()
    bic = UnicodeAttribute()
    account = UnicodeAttribute()

    @classmethod
    def at(cls) -> Key:
        """Where it lives."""
        return cls, "payments#settings", "settings"

    @classmethod
    def from_settings(cls, settings: Settings) -> "SettingsItem":
        """The item of the settings."""
        _, pk, sk = cls.at()
        return cls.of(settings, pk=pk, sk=sk)
