"""Applying for money and changing one's mind: draft, change, submit, withdraw, cancel, finish. One transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.domain.applications import Application, Asked, Move, move, number_of
from chalicelib.domain.approvals import Cancel, Submit, Withdraw, begin
from chalicelib.domain.errors import IllegalMove, Stale
from chalicelib.domain.expenses import Categories
from chalicelib.domain.processes import APPLICATION
from chalicelib.models.applications import ApplicationItem
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Operation, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, expenses
from chalicelib.services.ahead import read_ahead
from chalicelib.services.applications import taking
from chalicelib.services.applications.foresight import foreseen
from chalicelib.services.applications.form import (
    asked_of,
    budgets_of,
    categories_now,
    currency_of,
    filled,
    site_for,
)
from chalicelib.services.applications.record import KIND, Held, held, keys, resource_of, summary_of
from chalicelib.services.applications.visiting import visit_for
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY


def apply(call: Call, asked: Asked, submit_now: bool = False) -> Answer:
    """Make an application, as a draft or submitted at once.

    Raises Invalid naming every wrong field, Overspent naming the budget and what it has available, BudgetClosed.
    """
    call.permit("application:create", COMPANY)
    id = call.new_id()
    call = foreseen(call, asked, id, submit_now)
    known = categories_now(call)
    application = filled(call, asked, _blank(call, id, asked.visit), known)
    operations: list[Operation] = [create(SpendingNumberItem.of_document(application.number, application.id))]
    if submit_now:
        submitted, more = _submitted(call, Held(application, None, None), known)
        application, operations = replace(submitted, version=application.version), operations + more
    return call.commit(answer_of(application), create(ApplicationItem.from_application(application)), *operations)


def change(call: Call, id: str, asked: Asked, submit_now: bool = False) -> Answer:
    """State anew what a draft, returned or withdrawn application asks for.

    Raises what `apply` raises, IllegalMove, Stale.
    """
    call = foreseen(call, asked, id, submit_now, old=True)
    found = _held_for_change(call, id)
    changed = move(found.application, "change", call.now)
    if asked.visit != changed.visit:
        changed = _for_visit(call, changed, asked.visit)
    known = categories_now(call)
    application = filled(call, asked, changed, known)
    operations: list[Operation] = []
    if submit_now:
        submitted, operations = _submitted(call, replace(found, application=application), known)
        application = replace(submitted, version=application.version)
    return call.commit(answer_of(application), replace_item(ApplicationItem.from_application(application)), *operations)


def act(call: Call, id: str, action: str) -> Answer:
    """Submit, withdraw, cancel or finish. Raises IllegalMove with the present status, Stale, what `apply` raises."""
    call = read_ahead(call, [*keys([id]), expenses.head()])
    found = _held_for_change(call, id)
    match action:
        case "submit":
            application, operations = _submitted_as_it_stands(call, found)
        case "withdraw" | "cancel" | "finish":
            application, operations = _ended(call, found, action)
        case _:
            raise IllegalMove("application_illegal_move", state=found.application.status, move=action)
    return call.commit(answer_of(application), replace_item(ApplicationItem.from_application(application)), *operations)


def answer_of(application: Application) -> Answer:
    """What a command on an application answers."""
    names = ("id", "status", "version", "number", "currency", "total")
    return {name: getattr(application, name) for name in names} | {"location": f"/applications/{application.id}"}


def _blank(call: Call, id: str, visit_id: str) -> Application:
    visit = visit_for(call, visit_id)
    site = site_for(call, visit.site if visit else "")
    applicant = call.me
    return Application(
        id=id,
        number=number_of(id),
        applicant=applicant.id,
        applicant_name=applicant.name,
        department=applicant.department,
        department_path=applicant.department_path,
        site=site.id if site else "",
        currency=currency_of(site),
        purpose="",
        rows=(),
        created_at=call.now,
        visit=visit.id if visit else "",
        visit_number=visit.number if visit else "",
    )


def _for_visit(call: Call, application: Application, visit_id: str) -> Application:
    """The application for another visit, or for none; its site and currency are those of the visit."""
    blank = _blank(call, application.id, visit_id)
    names = ("site", "currency", "visit", "visit_number")
    return replace(application, **{name: getattr(blank, name) for name in names})


def _held_for_change(call: Call, id: str) -> Held:
    found = held(call.store, id)
    resource = resource_of(found.application, found.running)
    call.permit("application:change", resource, unseen=not call.may("application:view", resource))
    if call.expected_version not in (None, found.application.version):
        raise Stale(state=found.application.status)
    return found


def _submitted_as_it_stands(call: Call, found: Held) -> tuple[Application, list[Operation]]:
    """What was fine when it was filled in may not be any more, and rates move: it is reckoned again."""
    moved = move(found.application, "submit", call.now)
    known = categories_now(call)
    application = filled(call, asked_of(found.application), found.application, known)
    submitted, operations = _submitted(call, replace(found, application=application), known)
    return replace(submitted, version=moved.version), operations


def _submitted(call: Call, found: Held, known: Categories) -> tuple[Application, list[Operation]]:
    """The application in approval (or approved, where nobody has to be asked), and what it takes frozen."""
    application, call = _charged(call, found.application, budgets_of(known))
    moved = move(application, "submit", call.now)
    id = approvals.approval_id(KIND, moved.id)
    running = found.running or begin(id, KIND, moved.id, APPLICATION, moved.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, found.item, action, summary_of(moved))
    moved = replace(moved, approval=id)
    if decision.running.status == "approved":
        moved = replace(move(moved, "approve", call.now), version=moved.version)
    return moved, [*operations, *taking.freezing(call, moved)]


def _charged(call: Call, application: Application, paying: Mapping[str, str]) -> tuple[Application, Call]:
    """The application with what it takes of its budgets as they stand, and the call that has read them."""
    department, currency = application.department, application.currency
    found = taking.payers_of(application.rows, paying)
    call = read_ahead(call, taking.keys_for(application.id, department, currency, found))
    return taking.charged(application, paying, taking.lines_of(call.store, department, currency, found)), call


def _ended(call: Call, found: Held, name: Move) -> tuple[Application, list[Operation]]:
    application = found.application
    moved = move(application, name, call.now)
    operations = taking.releasing(call, application)
    if found.running and application.status in ("pending", "returned", "withdrawn"):
        kind = Withdraw if name == "withdraw" else Cancel
        action = kind(by=call.me.id, seen=application.version)
        _, more = approvals.move(call, found.running, found.item, action, summary_of(application))
        operations += more
    return moved, operations
