"""Numbers of spending's documents in table `spending`: whose is one.

| question | key |
|---|---|
| which document has a number, and that only one has it | pk `number#NUMBER`, sk `number` |
"""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key


class SpendingNumberItem(SpendingTable, discriminator="spending_number"):
    """Which document has a number."""

    document = UnicodeAttribute()

    @classmethod
    def at(cls, number: str) -> Key:
        """Where the owner of a number stands."""
        return cls, f"number#{number}", "number"

    @classmethod
    def of_document(cls, number: str, document: str) -> "SpendingNumberItem":
        """The item of a number that a document takes; to be created, so that nobody else has it."""
        _, pk, sk = cls.at(number)
        return cls(pk, sk, document=document)
