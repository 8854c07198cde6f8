"""Table `spending`: budget lines, what documents hold of them, and every movement.

| question | key |
|---|---|
| a line | pk `budget#ID`, sk `line`; ID is DEPARTMENT.CATEGORY.CURRENCY.PERIOD: which line counts for a document |
| | is known without a search, and there is one of a kind |
| what a document holds of a line | pk `budget#ID`, sk `freeze#KIND#DOCUMENT` |
| all that documents hold of a line | pk `budget#ID`, prefix `freeze#` |
| what moved on a line, newest first | pk `budget#ID`, prefix `movement#`: `movement#MOVEMENT` (a ULID: by time) |
| a department's lines of a month or of a year with its months | index1 `department#ID`, `PERIOD#CATEGORY#CURRENCY` |
| the company's lines of a month or a year; all lines (proof) | index2 `lines#SHARD` (8 of them), `PERIOD#ID` |

Of every line, allotted + adjusted = available + frozen + used; frozen is what its freezes hold, used is what they
converted, and each figure is the sum of what its movements say (`make prove-budgets`). A line's figures are only added
to, each time with one movement and, where it is about a document, with the document's freeze: one transaction, under
the condition that the line is open and, where its control asks for it, has enough available. Nobody has to have read
the latest figures for that; a freeze is replaced by its version. Movements are never changed or removed.

All transactions on one line follow one another: DynamoDB refuses one of two at the same moment, which is then repeated.
A line bears some tens of them a second, and 500 at the very most (1,000 write units a second for one key, two for each
write of a transaction).
"""

from zlib import crc32

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.budgets import Freeze, Line, Movement
from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta

SHARDS = 8
LINE = "line"
MOVEMENTS = "movement#"
FREEZES = "freeze#"


def partition(line: str) -> str:
    """The partition of a line with all that belongs to it."""
    return f"budget#{line}"


def of_department(department: str) -> str:
    """The index partition of a department's own lines."""
    return f"department#{department}"


def shards() -> list[str]:
    """The index partitions in which all lines of the company stand."""
    return [f"lines#{shard}" for shard in range(SHARDS)]


class SpendingTable(Item):
    """Any item of spending."""

    area = "spending"
    Meta = table_meta("spending")


class LineItem(SpendingTable, discriminator="budget_line"):
    """A line with its figures."""

    id = UnicodeAttribute()
    department = UnicodeAttribute()
    category = UnicodeAttribute()
    currency = UnicodeAttribute()
    period = UnicodeAttribute()
    control = UnicodeAttribute()
    carries = BooleanAttribute()
    borrows = BooleanAttribute()
    status = UnicodeAttribute()
    allotted = IntegerAttribute()
    adjusted = IntegerAttribute()
    available = IntegerAttribute()
    frozen = IntegerAttribute()
    used = IntegerAttribute()

    @classmethod
    def at(cls, line: str) -> Key:
        """Where a line lives."""
        return cls, partition(line), LINE

    @classmethod
    def from_line(cls, line: Line) -> "LineItem":
        """The item of a line, in the lists of its department and of the company."""
        _, pk, sk = cls.at(line.id)
        shard = crc32(line.id.encode()) % SHARDS
        keys = {"index1_pk": of_department(line.department), "index2_pk": f"lines#{shard}"}
        keys["index1_sk"] = f"{line.period}#{line.category}#{line.currency}"
        return cls.of(line, pk=pk, sk=sk, index2_sk=f"{line.period}#{line.id}", **keys)


class FreezeItem(SpendingTable, discriminator="budget_freeze"):
    """What a document holds of a line, has used of it and gave back."""

    line = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document = UnicodeAttribute()
    number = UnicodeAttribute()
    amount = IntegerAttribute()
    converted = IntegerAttribute()
    released = IntegerAttribute()
    handed = IntegerAttribute(default=0)
    status = UnicodeAttribute()

    @classmethod
    def at(cls, line: str, document_kind: str, document: str) -> Key:
        """Where the freeze of a document lives."""
        return cls, partition(line), f"{FREEZES}{document_kind}#{document}"

    @classmethod
    def from_freeze(cls, freeze: Freeze) -> "FreezeItem":
        """The item of a freeze."""
        _, pk, sk = cls.at(freeze.line, freeze.document_kind, freeze.document)
        return cls.of(freeze, pk=pk, sk=sk)


class MovementItem(SpendingTable, discriminator="budget_movement"):
    """One entry of a line's account."""

    id = UnicodeAttribute()
    line = UnicodeAttribute()
    what = UnicodeAttribute()
    amount = IntegerAttribute()
    at_time = InstantAttribute()
    by = UnicodeAttribute()
    reason = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document = UnicodeAttribute()
    number = UnicodeAttribute()
    other = UnicodeAttribute()

    @classmethod
    def from_movement(cls, movement: Movement) -> "MovementItem":
        """The item of a movement."""
        return cls.of(movement, pk=partition(movement.line), sk=f"{MOVEMENTS}{movement.id}")
