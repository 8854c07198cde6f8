"""Received invoices, and who uses them, in table `spending`.

| question | key |
|---|---|
| a received invoice | pk `received#ID`, sk `head`; ID is a ULID with the keys of its uses |
| my received invoices, newest first | index1 `received#PERSON`, `ID`; those thrown away are in no list |
| all received invoices (finance's export) | index2 `received#SHARD` (8 of them), `ID` |
| who uses an invoice, and what was settled with it | pk `received_use#KEY`, sk `use` |

A use has a KEY by the invoice's identity (seller, code, number) and one by the SHA-256 of its file, so that whoever
registers the same invoice or the same file again uses the same items. They are replaced by their version within the
transaction of the document that uses the invoice: of any number of documents at the same moment one has it. Since an
invoice's id names its keys, a command reads invoices and their uses in one batch.
"""

from collections.abc import Mapping
from datetime import date
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.forms import File
from chalicelib.domain.received import Holder, Received, Settled, Use
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SHARDS, SpendingTable
from chalicelib.models.item import Key


def of_owner(person: str) -> str:
    """The index partition of a person's invoices."""
    return f"received#{person}"


def shards() -> list[str]:
    """The index partitions in which everybody's invoices stand, also those that were thrown away."""
    return [f"received#{shard}" for shard in range(SHARDS)]


class ReceivedItem(SpendingTable, discriminator="received"):
    """An invoice that somebody registered."""

    id = UnicodeAttribute()
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    type = UnicodeAttribute()
    code = UnicodeAttribute()
    number = UnicodeAttribute()
    seller = UnicodeAttribute()
    seller_tax_id = UnicodeAttribute()
    buyer = UnicodeAttribute()
    buyer_tax_id = UnicodeAttribute()
    day = DataAttribute[date](date)
    currency = UnicodeAttribute()
    total = IntegerAttribute()
    tax = IntegerAttribute()
    net = IntegerAttribute()
    created_at = InstantAttribute()
    file = DataAttribute[File](File, null=True)
    digest = UnicodeAttribute()
    read = DataAttribute[Mapping[str, str]](dict[str, str])
    differs = DataAttribute[tuple[str, ...]](tuple[str, ...])
    status = UnicodeAttribute()

    @classmethod
    def at(cls, received: str) -> Key:
        """Where an invoice lives."""
        return cls, f"received#{received}", "head"

    @classmethod
    def from_received(cls, received: Received) -> "ReceivedItem":
        """The item of an invoice, in its owner's list."""
        _, pk, sk = cls.at(received.id)
        listed = received.status == "registered"
        keys = {"index1_pk": of_owner(received.owner), "index1_sk": received.id} if listed else {}
        everybody = shards()[crc32(received.id.encode()) % SHARDS]
        return cls.of(received, pk=pk, sk=sk, index2_pk=everybody, index2_sk=received.id, **keys)


class UseItem(SpendingTable, discriminator="received_use"):
    """Who uses an invoice, by one of its keys."""

    id = UnicodeAttribute()
    total = IntegerAttribute()
    live = DataAttribute[Holder](Holder, null=True)
    settled = DataAttribute[tuple[Settled, ...]](tuple[Settled, ...])

    @classmethod
    def at(cls, key: str) -> Key:
        """Where a use lives."""
        return cls, f"received_use#{key}", "use"

    @classmethod
    def from_use(cls, use: Use) -> "UseItem":
        """The item of a use."""
        _, pk, sk = cls.at(use.id)
        return cls.of(use, pk=pk, sk=sk)
