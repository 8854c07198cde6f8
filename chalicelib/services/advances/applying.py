"""Asking for an advance and changing one's mind: draft, change, submit, withdraw, cancel. One transaction a command."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.advances import (
    Advance,
    Move,
    Standing,
    Stated,
    Terms,
    check_rules,
    check_stated,
    excesses,
    move,
    number_of,
)
from chalicelib.domain.approvals import Cancel, Submit, Withdraw, begin
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid, Stale
from chalicelib.domain.payments import payable_id
from chalicelib.domain.processes import ADVANCE
from chalicelib.domain.visits import Visit
from chalicelib.models.advances import AdvanceItem, AdvanceTermsItem
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Operation, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, payments
from chalicelib.services.advances.foreseeing import foreseen
from chalicelib.services.advances.paying import KIND, not_paid, to_be_paid
from chalicelib.services.advances.record import Held, held, keys_of, resource_of, summary_of
from chalicelib.services.advances.standing import counted, late_of, standing_of, submitted
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY

VISITS = frozenset({"approved", "closed", "archived"})
"""What a visit has to be for somebody to be given an advance for it."""


def apply(call: Call, stated: Stated, submit_now: bool = False) -> Answer:
    """Ask for an advance, as a draft or submitted at once.

    Raises Invalid naming every wrong field, OverLimit, OverdueOpen, Conflict for too many at once.
    """
    call.permit("advance:create", COMPANY)
    call = foreseen(call, [], stated.visit, submit_now)
    advance = _filled(call, _blank(call, stated), stated)
    operations: list[Operation] = [create(SpendingNumberItem.of_document(advance.number, advance.id))]
    if submit_now:
        done, more = _submitted(call, Held(advance, None, None))
        advance, operations = replace(done, version=advance.version), [*operations, *more]
    return call.commit(_answer(advance), create(AdvanceItem.from_advance(advance)), *operations)


def change(call: Call, id: str, stated: Stated, submit_now: bool = False) -> Answer:
    """State a draft, returned or withdrawn advance anew. Raises what `apply` raises, IllegalMove, Stale."""
    call = foreseen(call, keys_of(id), stated.visit, submit_now)
    found = _held_for_change(call, id)
    advance = _filled(call, move(found.advance, "change", call.now), stated)
    operations: list[Operation] = []
    if submit_now:
        done, operations = _submitted(call, replace(found, advance=advance))
        advance = replace(done, version=advance.version)
    return call.commit(_answer(advance), replace_item(AdvanceItem.from_advance(advance)), *operations)


def act(call: Call, id: str, action: str) -> Answer:
    """Submit, withdraw or cancel. Raises IllegalMove with the present status, Stale, and what `apply` raises."""
    owed = payments.keys([payable_id(KIND, id)]) if action == "cancel" else []
    call = foreseen(call, [*keys_of(id), *owed], "", action == "submit")
    found = _held_for_change(call, id)
    match action:
        case "submit":
            advance, operations = _submitted_as_it_stands(call, found)
        case "withdraw" | "cancel":
            advance, operations = _taken_back(call, found, action)
        case _:
            raise IllegalMove("advance_illegal_move", state=found.advance.status, move=action)
    return call.commit(_answer(advance), replace_item(AdvanceItem.from_advance(advance)), *operations)


def _answer(advance: Advance) -> Answer:
    answer = {"id": advance.id, "status": advance.status, "version": advance.version, "number": advance.number}
    return answer | {"location": f"/advances/{advance.id}"}


def _blank(call: Call, stated: Stated) -> Advance:
    applicant, id = call.me, call.new_id()
    return Advance(
        id=id,
        number=number_of(id),
        applicant=applicant.id,
        applicant_name=applicant.name,
        department=applicant.department,
        department_path=applicant.department_path,
        purpose="",
        currency=stated.currency,
        amount=0,
        due=stated.due,
        created_at=call.now,
    )


def _filled(call: Call, advance: Advance, stated: Stated) -> Advance:
    check_stated(stated, call.now.date())
    visit = _visit(call, stated.visit) if stated.visit else None
    return replace(
        advance,
        purpose=stated.purpose,
        currency=stated.currency,
        amount=stated.amount,
        due=stated.due,
        reason=stated.reason,
        source_kind="visit" if visit else "",
        source=visit.id if visit else "",
        source_number=visit.number if visit else "",
    )


def _visit(call: Call, id: str) -> Visit:
    """The visit, if it is the person's own and approved; raises Invalid, without telling of a visit of others."""
    (item,) = call.store.get(VisitItem.at(id))
    visit: Visit | None = item.to(Visit) if item else None
    if visit is None or visit.applicant != call.me.id:
        raise Invalid(FieldError("visit", "advance_unknown_visit"))
    if visit.status not in VISITS:
        raise Invalid(FieldError("visit", "advance_visit_not_approved"))
    return visit


def _held_for_change(call: Call, id: str) -> Held:
    found = held(call, id)
    resource = resource_of(found.advance, found.running)
    call.permit("advance:change", resource, unseen=not call.may("advance:view", resource))
    if call.expected_version not in (None, found.advance.version):
        raise Stale(state=found.advance.status)
    return found


def _submitted_as_it_stands(call: Call, found: Held) -> tuple[Advance, list[Operation]]:
    """What was fine when it was filled in may not be any more: it is looked at again."""
    own = found.advance
    moved = move(own, "submit", call.now)
    visit = own.source if own.source_kind == "visit" else ""
    stated = Stated(own.purpose, own.currency, own.amount, own.due, visit, own.reason)
    done, operations = _submitted(call, replace(found, advance=_filled(call, own, stated)))
    return replace(done, version=moved.version), operations


def _submitted(call: Call, found: Held) -> tuple[Advance, list[Operation]]:
    """The advance in approval, or to be paid, where nobody has to be asked."""
    standing = standing_of(call.store, call.me.id)
    moved = move(_measured(call, found.advance, standing), "submit", call.now)
    id = approvals.approval_id(KIND, moved.id)
    running = found.running or begin(id, KIND, moved.id, ADVANCE, moved.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, found.item, action, summary_of(moved))
    moved = replace(moved, approval=id)
    if decision.running.status == "approved":
        moved, owed = to_be_paid(call, replace(move(moved, "approve", call.now), version=moved.version), moved.amount)
        operations = [*operations, *owed]
    return moved, [*operations, submitted(standing), *counted(moved)]


def _measured(call: Call, advance: Advance, standing: Standing) -> Advance:
    """The advance with the rules that it breaks; raises what `check_rules` does."""
    (item,) = call.store.get(AdvanceTermsItem.at())
    terms = item.to(Terms) if item else Terms()
    broken = excesses(terms, standing, advance, call.me.grade, late_of(call, standing))
    advance = replace(advance, excesses=broken)
    check_rules(terms, standing, advance)
    return advance


def _taken_back(call: Call, found: Held, name: Move) -> tuple[Advance, list[Operation]]:
    advance = found.advance
    moved = replace(move(advance, name, call.now), payables=())
    operations = [*counted(moved), *not_paid(call, advance)]
    if found.running is None or advance.status not in ("pending", "returned", "withdrawn"):
        return moved, operations
    kind = Withdraw if name == "withdraw" else Cancel
    action = kind(by=call.me.id, seen=advance.version)
    _, more = approvals.move(call, found.running, found.item, action, summary_of(advance))
    return moved, [*operations, *more]
