"""What moves on an advance (变动): one table says which figures each kind changes, and from which statuses it may.

Payments, clearings and returns are entries of their own: none of them looks at another one to know what it changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Literal, NamedTuple

from chalicelib.domain.advances.model import LARGEST, Advance, Clearing, Deduction, Status, number_of
from chalicelib.domain.errors import Conflict, FieldError, IllegalMove, Invalid

type Kind = Literal["pay", "reserve", "unreserve", "clear", "restore", "return", "schedule", "unschedule", "deduct"]
type Offset = Literal["reserve", "unreserve", "clear", "restore"]
type Method = Literal["cash", "bank", "salary"]
"""How money comes back: in cash, by a transfer, kept back of a salary."""

FIGURES = ("paid", "reserved", "scheduled", "cleared", "returned")
LONGEST_AHEAD = 30
"""Days ahead of its day at most that somebody is reminded."""
METHODS: tuple[Method, ...] = ("cash", "bank", "salary")

EFFECTS: Mapping[Kind, Mapping[str, int]] = {
    "pay": {"paid": 1},
    "reserve": {"reserved": 1},
    "unreserve": {"reserved": -1},
    "clear": {"reserved": -1, "cleared": 1},
    "restore": {"cleared": -1},
    "return": {"returned": 1},
    "schedule": {"scheduled": 1},
    "unschedule": {"scheduled": -1},
    "deduct": {"scheduled": -1, "returned": 1},
}
"""By kind: the figures that it changes, and whether by its amount or by as much less."""

FROM: Mapping[Kind, frozenset[Status]] = {
    "pay": frozenset({"approved", "open"}),
    "restore": frozenset({"open", "settled"}),
    **dict.fromkeys(
        ("reserve", "unreserve", "clear", "return", "schedule", "unschedule", "deduct"), frozenset({"open"})
    ),
}
"""By kind: the statuses from which it is legal. Which status follows is said by the figures (`_status`)."""


class Overpaid(Conflict):
    """More is paid than was approved."""

    code = "advance_overpaid"


class NotOpen(Conflict):
    """A claim wants more of the advance than is free of it; both are named, in minor units."""

    code = "advance_not_open"


class NotReserved(Conflict):
    """The claim has reserved less of the advance than it clears or gives up, or cleared less than it restores."""

    code = "advance_not_reserved"


class BeingCleared(Conflict):
    """A claim that is not posted yet is going to take something of the advance; the claims are named."""

    code = "advance_being_cleared"


@dataclass(frozen=True)
class Stamp:
    """Who moves something, when (UTC) and why; `id` is the movement's."""

    id: str
    at_time: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True)
class Movement:
    """One entry of an advance's account: `amount` minor units, above zero.

    `document_kind`, `document` and `number` name the claim or the payment that it is for; `method`, `month` and
    `receipt` say how money came back, or is going to.
    """

    id: str
    advance: str
    what: Kind
    amount: int
    at_time: datetime
    by: str
    reason: str = ""
    document_kind: str = ""
    document: str = ""
    number: str = ""
    method: str = ""
    month: str = ""
    receipt: str = ""


class Posting(NamedTuple):
    """An advance after a movement, and the movement."""

    advance: Advance
    movement: Movement


def changes(movement: Movement) -> dict[str, int]:
    """What the movement adds to each figure."""
    return {name: sign * movement.amount for name, sign in EFFECTS[movement.what].items()}


def pay(advance: Advance, amount: int, stamp: Stamp, payment: str = "", number: str = "") -> Posting:
    """Pay some of what was approved, or all of it; raises Overpaid."""
    _check(advance, "pay", amount)
    if amount > advance.unpaid:
        raise Overpaid(state=advance.status, open=str(advance.unpaid), currency=advance.currency)
    movement = _movement(advance, "pay", amount, stamp, document_kind="payment", document=payment, number=number)
    moved = _posted(advance, movement)
    left = tuple(each for each in advance.payables if each != payment)
    return moved._replace(advance=replace(moved.advance, paid_at=advance.paid_at or stamp.at_time, payables=left))


def waive(advance: Advance, stamp: Stamp) -> Advance:
    """Pay no more of it: what was approved is what was paid. Raises IllegalMove where all is paid, or nothing yet."""
    if advance.status != "open" or not advance.unpaid:
        raise IllegalMove("advance_illegal_move", state=advance.status, move="waive")
    lowered = replace(advance, amount=advance.paid, payables=(), version=advance.version + 1)
    return _standing(lowered, stamp.at_time)


def offset(advance: Advance, what: Offset, amount: int, stamp: Stamp, claim: str, number: str) -> Posting:
    """Reserve for a claim, give that up, clear what is reserved, or take back what was cleared.

    Raises NotOpen for more than is free, NotReserved for more than the claim has.
    """
    _check(advance, what, amount)
    held = advance.clearing(claim, number)
    if what == "reserve" and amount > advance.free:
        facts = {"advance": advance.number, "open": str(advance.free), "asked": str(amount)}
        raise NotOpen(state=advance.status, currency=advance.currency, **facts)
    has = {"reserve": amount, "restore": held.cleared}.get(what, held.reserved)
    if amount > has:
        facts = {"advance": advance.number, "held": str(has), "asked": str(amount)}
        raise NotReserved(state=advance.status, currency=advance.currency, **facts)
    movement = _movement(advance, what, amount, stamp, document_kind="claim", document=claim, number=number)
    moved = _posted(advance, movement)
    return moved._replace(advance=replace(moved.advance, clearings=_with(advance, held, changes(movement))))


def give_back(advance: Advance, amount: int, method: Method, stamp: Stamp, number: str = "") -> Posting:
    """Take some of what is owed back, or all of it, against a receipt; `number` is the bank's.

    Raises BeingCleared while a claim has reserved something, Invalid naming what is open for more than that.
    """
    _check_return(advance, amount, "return")
    receipt = number_of(stamp.id, "RC")
    return _posted(advance, _movement(advance, "return", amount, stamp, method=method, receipt=receipt, number=number))


def schedule(advance: Advance, amount: int, month: str, stamp: Stamp) -> Posting:
    """Have the payroll of a month keep it back; raises what `give_back` does."""
    _check_return(advance, amount, "schedule")
    planned = Deduction(stamp.id, month, amount)
    moved = _posted(advance, _movement(advance, "schedule", amount, stamp, method="salary", month=month))
    return moved._replace(advance=replace(moved.advance, deductions=(*advance.deductions, planned)))


def deduct(advance: Advance, deduction: str, stamp: Stamp) -> Posting:
    """The payroll kept it back: it has come back, against a receipt. Raises Invalid for one that is not planned."""
    planned = _planned(advance, deduction)
    facts = {"method": "salary", "month": planned.month, "receipt": number_of(stamp.id, "RC")}
    return _unplanned(advance, planned, _movement(advance, "deduct", planned.amount, stamp, **facts))


def unschedule(advance: Advance, deduction: str, stamp: Stamp) -> Posting:
    """The payroll is not to keep it back after all; raises Invalid for one that is not planned."""
    planned = _planned(advance, deduction)
    facts = {"method": "salary", "month": planned.month}
    return _unplanned(advance, planned, _movement(advance, "unschedule", planned.amount, stamp, **facts))


def _check(advance: Advance, what: Kind, amount: int) -> None:
    if advance.status not in FROM[what]:
        raise IllegalMove("advance_illegal_move", state=advance.status, move=what)
    if not 0 < amount < LARGEST:
        raise Invalid(FieldError("amount", "bad_amount"))


def _check_return(advance: Advance, amount: int, what: Kind) -> None:
    _check(advance, what, amount)
    claims = [each.number for each in advance.clearings if each.reserved]
    if claims:
        raise BeingCleared(state=advance.status, claims=", ".join(claims))
    if amount > advance.free:
        facts = {"open": str(advance.free), "currency": advance.currency}
        raise Invalid(FieldError("amount", "advance_over_returned", facts))


def _planned(advance: Advance, deduction: str) -> Deduction:
    found = next((each for each in advance.deductions if each.id == deduction), None)
    if found is None:
        raise Invalid(FieldError("deduction", "unknown_deduction"))
    return found


def _unplanned(advance: Advance, planned: Deduction, movement: Movement) -> Posting:
    moved = _posted(advance, movement)
    left = tuple(each for each in advance.deductions if each.id != planned.id)
    return moved._replace(advance=replace(moved.advance, deductions=left))


def _with(advance: Advance, held: Clearing, amounts: Mapping[str, int]) -> tuple[Clearing, ...]:
    """The clearings with the claim's after a movement; none that takes nothing any more."""
    reserved, cleared = (getattr(held, name) + amounts.get(name, 0) for name in ("reserved", "cleared"))
    others = tuple(each for each in advance.clearings if each.claim != held.claim)
    return (*others, replace(held, reserved=reserved, cleared=cleared)) if reserved or cleared else others


def _movement(advance: Advance, what: Kind, amount: int, stamp: Stamp, **facts: str) -> Movement:
    return Movement(stamp.id, advance.id, what, amount, stamp.at_time, stamp.by, stamp.reason, **facts)


def _posted(advance: Advance, movement: Movement) -> Posting:
    figures = {name: getattr(advance, name) + amount for name, amount in changes(movement).items()}
    moved = replace(advance, **figures, version=advance.version + 1)
    return Posting(_standing(moved, movement.at_time), movement)


def _standing(advance: Advance, now: datetime) -> Advance:
    """The advance in the status that its figures say."""
    if _status(advance) == "settled":
        return replace(advance, status="settled", settled_at=now, remind_at=None)
    looked_at = advance.remind_at or _first_look(advance, now)
    return replace(advance, status="open", settled_at=None, remind_at=looked_at)


def _first_look(advance: Advance, now: datetime) -> datetime:
    """When the schedule looks first whether its owner is to be reminded: as long ahead of its day as any rule says."""
    return max(now, datetime.combine(advance.due - timedelta(LONGEST_AHEAD), time(), UTC))


def _status(advance: Advance) -> Status:
    """It is settled when all was paid and nothing is owed any more."""
    return "open" if advance.unpaid or advance.outstanding else "settled"
