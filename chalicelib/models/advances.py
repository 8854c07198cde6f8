"""Table `spending`: advances with their accounts, what each person has asked for and owes, and the company's rules.

| question | key |
|---|---|
| an advance with its figures | pk `advance#ID`, sk `head` |
| what moved on an advance, in order | pk `advance#ID`, prefix `movement#`: `movement#MOVEMENT` (a ULID: by time) |
| my advances, newest first | index1 `advances_of#PERSON`, `CREATED#ID` |
| of which advances something is owed (ageing, proof) | index2 `advances_open#SHARD` (8 of them), `PAID#ID` |
| all advances that money moved on (proof) | index3 `advances_paid#SHARD` (8), `PAID#ID` |
| whom to remind by now | index4 `advances_due#SHARD` (4), `REMIND#ID` |
| all that a person has asked for and owes | pk `advances#PERSON`: `standing`, whose version counts their |
| | submissions, and `exposure#ADVANCE` for each advance that counts for something |
| the rules for advances | pk `advance_terms#company`, sk `terms` |
| whose number is this | models/spending_numbers.py |

An advance is replaced by its version, each time with its movement and with what it counts for in its owner's standing:
one transaction. Movements are never changed or removed. A submission reads the standing as a whole and expects its
version, so that two of them cannot both be measured by what the person owed before; everything else writes what its own
advance counts for and needs to know of no other: claims, payments and returns do not wait for each other.
"""

from datetime import date, datetime
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.advances import Advance, Clearing, Deduction, Excess, Exposure, Limit, Movement, Terms
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant

SHARDS = 8
REMIND_SHARDS = 4
MOVEMENTS = "movement#"


def partition(advance: str) -> str:
    """The partition of an advance with its account."""
    return f"advance#{advance}"


def of_person(person: str) -> str:
    """The index partition of a person's own advances."""
    return f"advances_of#{person}"


def open_shards() -> list[str]:
    """The index partitions of all advances of which something is owed."""
    return [f"advances_open#{shard}" for shard in range(SHARDS)]


def paid_shards() -> list[str]:
    """The index partitions of all advances that money moved on."""
    return [f"advances_paid#{shard}" for shard in range(SHARDS)]


def due_shards() -> list[str]:
    """The index partitions of all advances whose owners are to be reminded some day."""
    return [f"advances_due#{shard}" for shard in range(REMIND_SHARDS)]


class AdvanceItem(SpendingTable, discriminator="advance"):
    """An advance with its figures."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    purpose = UnicodeAttribute()
    currency = UnicodeAttribute()
    amount = IntegerAttribute()
    due = DataAttribute[date](date)
    created_at = InstantAttribute()
    source_kind = UnicodeAttribute(default="")
    source = UnicodeAttribute(default="")
    source_number = UnicodeAttribute(default="")
    reason = UnicodeAttribute(default="")
    excesses = DataAttribute[tuple[Excess, ...]](tuple[Excess, ...])
    origin = UnicodeAttribute()
    status = UnicodeAttribute()
    round = IntegerAttribute()
    approval = UnicodeAttribute(null=True)
    submitted_at = InstantAttribute(null=True)
    approved_at = InstantAttribute(null=True)
    paid_at = InstantAttribute(null=True)
    settled_at = InstantAttribute(null=True)
    paid = IntegerAttribute()
    reserved = IntegerAttribute()
    scheduled = IntegerAttribute()
    cleared = IntegerAttribute()
    returned = IntegerAttribute()
    clearings = DataAttribute[tuple[Clearing, ...]](tuple[Clearing, ...])
    deductions = DataAttribute[tuple[Deduction, ...]](tuple[Deduction, ...])
    parts = IntegerAttribute(default=0)
    payables = DataAttribute[tuple[str, ...]](tuple[str, ...])
    remind_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, advance: str) -> Key:
        """Where an advance lives."""
        return cls, partition(advance), "head"

    @classmethod
    def from_advance(cls, advance: Advance) -> "AdvanceItem":
        """The item of an advance, in its lists."""
        shard = crc32(advance.id.encode())
        keys = {"index1_pk": of_person(advance.applicant), "index1_sk": _order(advance.created_at, advance.id)}
        if advance.paid_at:
            order = _order(advance.paid_at, advance.id)
            keys |= {"index3_pk": f"advances_paid#{shard % SHARDS}", "index3_sk": order}
            if advance.outstanding:
                keys |= {"index2_pk": f"advances_open#{shard % SHARDS}", "index2_sk": order}
        if advance.remind_at:
            keys |= {"index4_pk": f"advances_due#{shard % REMIND_SHARDS}"}
            keys |= {"index4_sk": _order(advance.remind_at, advance.id)}
        return cls.of(advance, pk=partition(advance.id), sk="head", **keys)


def _order(moment: datetime, advance: str) -> str:
    return f"{instant(moment)}#{advance}"


class AdvanceMovementItem(SpendingTable, discriminator="advance_movement"):
    """One entry of an advance's account."""

    id = UnicodeAttribute()
    advance = UnicodeAttribute()
    what = UnicodeAttribute()
    amount = IntegerAttribute()
    at_time = InstantAttribute()
    by = UnicodeAttribute()
    reason = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document = UnicodeAttribute()
    number = UnicodeAttribute()
    method = UnicodeAttribute()
    month = UnicodeAttribute()
    receipt = UnicodeAttribute()

    @classmethod
    def from_movement(cls, movement: Movement) -> "AdvanceMovementItem":
        """The item of a movement."""
        return cls.of(movement, pk=partition(movement.advance), sk=f"{MOVEMENTS}{movement.id}")


def standing_of(person: str) -> str:
    """The partition of all that somebody has asked for and owes."""
    return f"advances#{person}"


class StandingItem(SpendingTable, discriminator="advance_standing"):
    """Its version counts the submissions of a person."""

    person = UnicodeAttribute()

    @classmethod
    def of_person(cls, person: str, version: int) -> "StandingItem":
        """The item at its version."""
        return cls(standing_of(person), "standing", person=person, version=version)


class ExposureItem(SpendingTable, discriminator="advance_exposure"):
    """What one advance counts for in its owner's standing."""

    advance = UnicodeAttribute()
    number = UnicodeAttribute()
    currency = UnicodeAttribute()
    amount = IntegerAttribute()
    due = DataAttribute[date](date)

    @classmethod
    def at(cls, person: str, advance: str) -> Key:
        """Where it stands."""
        return cls, standing_of(person), f"exposure#{advance}"

    @classmethod
    def from_exposure(cls, person: str, exposure: Exposure) -> "ExposureItem":
        """The item of an exposure."""
        _, pk, sk = cls.at(person, exposure.advance)
        return cls.of(exposure, pk=pk, sk=sk)


class AdvanceTermsItem(SpendingTable, discriminator="advance_terms"):
    """The rules for advances."""

    limits = DataAttribute[tuple[Limit, ...]](tuple[Limit, ...])
    over_limit = UnicodeAttribute()
    overdue = UnicodeAttribute()
    days = IntegerAttribute()
    before = IntegerAttribute()
    every = IntegerAttribute()

    @classmethod
    def at(cls) -> Key:
        """Where the rules are."""
        return cls, "advance_terms#company", "terms"

    @classmethod
    def from_terms(cls, terms: Terms) -> "AdvanceTermsItem":
        """The item of the rules."""
        _, pk, sk = cls.at()
        return cls.of(terms, pk=pk, sk=sk)
