"""How much one person may owe: the company's rules, and all that somebody has asked for and owes (`Standing`).

Every advance that is in approval, to be paid or open counts for something in its owner's standing. A submission is
measured by the standing as it was read, and counts the standing's version up: of two that are submitted at the same
moment the second one is measured anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.domain.advances.model import LARGEST, Advance, Excess
from chalicelib.domain.errors import Conflict, FieldError, Invalid

type Control = Literal["hard", "soft", "none"]
"""What breaking a rule leads to: a refusal, a reason that approvers see, nothing."""

CONTROLS: tuple[Control, ...] = ("hard", "soft", "none")
LIMITS = 30
EXPOSURES = 50
"""Advances of one person at once; of a reversal's there may be more."""


class OverLimit(Conflict):
    """With this advance the person would owe more than their limit; all three sums are named, in minor units."""

    code = "advance_over_limit"


class OverdueOpen(Conflict):
    """An earlier advance of the person is overdue; its number and its day are named."""

    code = "advance_overdue"


@dataclass(frozen=True)
class Limit:
    """What a person of a `grade` may owe ("" for everybody whose grade has none), in minor units of `currency`."""

    grade: str
    currency: str
    amount: int


@dataclass(frozen=True)
class Terms:
    """The rules of the company for advances.

    `days` is by when one is proposed to be accounted for; its owner is reminded `before` days ahead of its day, and
    `every` so many days after it.
    """

    limits: tuple[Limit, ...] = ()
    over_limit: Control = "hard"
    overdue: Control = "hard"
    days: int = 30
    before: int = 3
    every: int = 7
    version: int = 0

    def limit(self, grade: str | None, currency: str) -> int | None:
        """The limit of the grade, otherwise that of everybody; None where there is none in the currency."""
        found = {each.grade: each.amount for each in self.limits if each.currency == currency}
        return found.get(grade or "", found.get(""))


@dataclass(frozen=True)
class Exposure:
    """What an advance of somebody counts for: what was asked for until it is paid, then what is unpaid and owed."""

    advance: str
    number: str
    currency: str
    amount: int
    due: date


@dataclass(frozen=True)
class Standing:
    """All that somebody has asked for and owes; `version` counts their submissions."""

    person: str
    exposures: tuple[Exposure, ...] = ()
    version: int = 0

    def total(self, currency: str) -> int:
        """What it comes to in a currency, in minor units."""
        return sum(each.amount for each in self.exposures if each.currency == currency)

    def late(self, today: date) -> list[Exposure]:
        """Those whose day is over; whether anything of them was paid is for their own record to say."""
        return [each for each in self.exposures if each.due < today]


def counts_for(advance: Advance) -> int:
    """What an advance counts for in its owner's record, in minor units."""
    if advance.status in ("pending", "approved"):
        return advance.amount
    return advance.unpaid + advance.outstanding if advance.status == "open" else 0


def exposure_of(advance: Advance) -> Exposure | None:
    """The advance in its owner's standing; None where it counts for nothing."""
    amount = counts_for(advance)
    return Exposure(advance.id, advance.number, advance.currency, amount, advance.due) if amount else None


def excesses(
    terms: Terms, standing: Standing, advance: Advance, grade: str | None, overdue: Sequence[Advance]
) -> tuple[Excess, ...]:
    """The rules that an advance breaks which is to be submitted; `overdue` are those of the person's that are."""
    found: list[Excess] = []
    limit, open = terms.limit(grade, advance.currency), standing.total(advance.currency)
    if terms.over_limit != "none" and limit is not None and open + advance.amount > limit:
        found.append(Excess("limit", limit=limit, open=open))
    if terms.overdue != "none" and overdue:
        first = min(overdue, key=lambda each: (each.due, each.id))
        found.append(Excess("overdue", open=first.outstanding, number=first.number, due=first.due))
    return tuple(found)


def check_rules(terms: Terms, standing: Standing, advance: Advance) -> None:
    """Raise OverLimit, OverdueOpen, or Invalid where a rule that is soft is broken without a reason."""
    if len(standing.exposures) >= EXPOSURES:
        raise Conflict("advance_too_many", state=advance.status, most=str(EXPOSURES))
    controls: Mapping[str, Control] = {"limit": terms.over_limit, "overdue": terms.overdue}
    for each in advance.excesses:
        if controls[each.rule] == "hard":
            raise _refusal(each, advance)
    if advance.excesses and not advance.reason.strip():
        first = advance.excesses[0]
        raise Invalid(FieldError("reason", f"advance_reason_{first.rule}", _facts(first, advance)))


def _facts(excess: Excess, advance: Advance) -> dict[str, str]:
    if excess.rule == "overdue":
        return {"number": excess.number, "due": f"{excess.due}"}
    sums = {"most": str(excess.limit), "open": str(excess.open), "asked": str(advance.amount)}
    return sums | {"currency": advance.currency}


def _refusal(excess: Excess, advance: Advance) -> Conflict:
    kind = OverLimit if excess.rule == "limit" else OverdueOpen
    return kind(state=advance.status, **_facts(excess, advance))


def check_terms(terms: Terms) -> None:
    """Raise Invalid naming everything that cannot be."""
    faults, seen = [], set()
    for row, each in enumerate(terms.limits):
        if not 0 <= each.amount < LARGEST:
            faults.append(FieldError(f"limits.{row}.amount", "bad_amount"))
        if (each.grade, each.currency) in seen:
            faults.append(FieldError(f"limits.{row}.grade", "duplicate"))
        seen.add((each.grade, each.currency))
    if faults:
        raise Invalid(*faults)
