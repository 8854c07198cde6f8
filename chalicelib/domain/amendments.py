"""Changes of an approved visit (变更): what they touch, whether they are approved anew, who keeps which number.

A change takes effect in one of two ways. One that costs no more and takes no more days does so at once; any other is a
proposal that its approvers decide, while the visit and all that was sent stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.errors import Conflict, FieldError, IllegalMove, Invalid
from chalicelib.domain.passes import days_of
from chalicelib.domain.visits import Proposal, Visit, Visitor

type Part = Literal["times", "host", "visitors", "team", "bookings", "items", "attachments", "facts"]

PARTS: Mapping[str, Part] = {
    **dict.fromkeys(("starts", "ends", "occurrences"), "times"),
    **dict.fromkeys(("host", "host_name", "host_phone"), "host"),
    **dict.fromkeys(("items", "level", "estimate", "budget_reason"), "items"),
    "team": "team",
    "bookings": "bookings",
    "attachments": "attachments",
}
"""To which part of a visit its attributes belong; those that are not here and not in KEPT are its other facts."""

KEPT = frozenset(
    {
        *("id", "number", "applicant", "applicant_name", "department", "department_path", "site", "time_zone"),
        *("created_at", "status", "round", "approval", "approved_at", "invited_at", "ended_at", "version"),
        *("amended_at", "proposal"),
    }
)
"""What no change of an approved visit changes: who it belongs to, where it is, and how far it is."""

COUNTED = frozenset({"party", "visitors", "numbered", "budget"})
"""What follows from the list of visitors, and from the estimate."""


class ChangePending(Conflict):
    """Another change of the visit waits to be decided."""

    code = "change_pending"


def parts_of(before: Visit, listed: Sequence[Visitor], after: Visit, wanted: Sequence[Visitor]) -> frozenset[Part]:
    """The parts of a visit that a change touches, nothing where it says what is already so."""
    names = {field.name for field in fields(Visit)} - KEPT - COUNTED
    changed = {name for name in names if getattr(before, name) != getattr(after, name)}
    found = {PARTS.get(name, "facts") for name in changed}
    return frozenset(found | ({"visitors"} if tuple(listed) != tuple(wanted) else set()))


def needs_approval(before: Visit, after: Visit) -> bool:
    """Whether the change has to be approved: the visit takes more days or is estimated to cost more."""
    days, days_after = (len(days_of(each.occurrences, each.time_zone)) for each in (before, after))
    return days_after > days or after.estimate.total > before.estimate.total


def numbered(
    wanted: Sequence[Visitor], listed: Sequence[Visitor] = (), given: int = 0
) -> tuple[tuple[Visitor, ...], int]:
    """The visitors with their numbers, and the highest number ever given.

    Who is `listed` under the same phone number stays who they are, of several the one of the same name; everybody else
    is new, unless they have a number already. Somebody with another phone is somebody else: the link went to the phone.
    """
    free = list(listed)
    found = [_taken(visitor, free, exactly=True) for visitor in wanted]
    found = [known or _taken(visitor, free, exactly=False) for visitor, known in zip(wanted, found, strict=True)]
    highest = max(given, *(visitor.no for visitor in (*listed, *wanted)), 0)
    visitors = []
    for visitor, known in zip(wanted, found, strict=True):
        same = known or visitor
        highest += not same.no
        visitors.append(replace(visitor, no=same.no or highest, invited_by=same.invited_by))
    return tuple(visitors), highest


def _taken(visitor: Visitor, free: list[Visitor], exactly: bool) -> Visitor | None:
    """Who was listed as the visitor, taken off the `free` ones; None where nobody was."""
    same = (each for each in free if each.phone == visitor.phone and (not exactly or each.name == visitor.name))
    known = next(same, None)
    if known:
        free.remove(known)
    return known


def kept(before: Visit, after: Visit) -> Visit:
    """The changed visit with everything that a change leaves alone; raises Invalid for another site."""
    if after.site != before.site:
        raise Invalid(FieldError("site", "site_is_fixed"))
    return replace(after, **{name: getattr(before, name) for name in KEPT})


def amend(visit: Visit, after: Visit, now: datetime) -> Visit:
    """The visit with a change that takes effect now; its workflow begins another round.

    Raises IllegalMove unless it is approved.
    """
    _must_be_approved(visit, "amend")
    changed = kept(visit, after)
    return replace(changed, round=visit.round + 1, amended_at=now, proposal=None, version=visit.version + 1)


def propose(visit: Visit, proposal: Proposal) -> Visit:
    """The visit with a change that waits for approval; raises IllegalMove, ChangePending."""
    _must_be_approved(visit, "amend")
    if visit.proposal:
        raise ChangePending(state=visit.status)
    return replace(visit, proposal=proposal, version=visit.version + 1)


def drop(visit: Visit) -> Visit:
    """The visit without the change that waited: rejected, returned or taken back, it stays as it was."""
    if visit.proposal is None:
        raise IllegalMove("visit_illegal_move", state=visit.status, move="take_back")
    return replace(visit, proposal=None, version=visit.version + 1)


def _must_be_approved(visit: Visit, name: str) -> None:
    if visit.status != "approved":
        raise IllegalMove("visit_illegal_move", state=visit.status, move=name)
