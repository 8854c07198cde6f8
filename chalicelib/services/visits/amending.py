"""Changing a visit that is approved: at once where it costs no more, otherwise after another round of approval.

Until that round is decided the visit stays as it is, with everything that was sent; what the change books is taken with
the proposal, so that its approval cannot fail on it. Rejected, returned or taken back, the change is dropped and the
visit stays as it was. What a change touches (invitations, passes, calendars, reminders) is done by the workflow, which
begins another round.
"""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain import amendments
from chalicelib.domain.approvals import Amend, Decision, Withdraw, begin
from chalicelib.domain.bookings import RESOURCE_DAYS_LIMIT
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.invitations import opens
from chalicelib.domain.processes import VISIT
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Application, Proposal, Visit, check_bookings_fit
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, bookings
from chalicelib.services.call import Answer, Call
from chalicelib.services.visits import cost
from chalicelib.services.visits.attached import with_files
from chalicelib.services.visits.documents import sealing
from chalicelib.services.visits.effect import held_by, taking_effect
from chalicelib.services.visits.form import on_site_time, site_or_none, visit_of
from chalicelib.services.visits.held import Held, answer_of, estimated_now
from chalicelib.services.visits.record import summary_of


def amend(call: Call, held: Held, asked: Application) -> Answer:
    """Change an approved visit, or propose the change; what says what is already so changes nothing.

    Raises what an application raises, ChangePending, IllegalMove.
    """
    before = held.visit
    amendments.propose(before, Proposal(before, held.visitors))  # refuses what cannot be changed, before any check
    wanted = _wanted(call, held, asked)
    visit, own = with_files(call, wanted.visit, asked)
    wanted = replace(wanted, visit=visit)
    if not amendments.parts_of(before, held.visitors, wanted.visit, wanted.visitors):
        return call.commit(answer_of(before))
    own += sealing(before.id, asked.documents)
    if amendments.needs_approval(before, wanted.visit):
        return _proposed(call, held, wanted, own)
    return _changed(call, held, wanted, own)


def _wanted(call: Call, held: Held, asked: Application) -> Proposal:
    before = held.visit
    site = site_or_none(call, asked.site)
    visitors, highest = amendments.numbered(asked.visitors, held.visitors, before.numbered)
    begun = on_site_time(asked, site).starts == before.starts  # a visit that runs may still be changed
    checked_at = replace(call, now=min(call.now, before.starts)) if begun else call
    after = amendments.kept(before, visit_of(checked_at, asked, before.id, before))
    _check_times(call, before, after, site)
    after = cost.charged(call, estimated_now(call, replace(held, visit=after), site), before.budget)
    return Proposal(replace(after, numbered=highest), visitors)


def _check_times(call: Call, before: Visit, after: Visit, site: Site | None) -> None:
    """Raise Invalid for a visit that would be over, or for another start once visitors may have come in."""
    if after.ends <= call.now:
        raise Invalid(FieldError("ends", "in_the_past"))
    if site and after.starts != before.starts and opens(before.starts, site.early_minutes) <= call.now:
        raise Invalid(FieldError("starts", "already_begun"))


def _changed(call: Call, held: Held, wanted: Proposal, own: list[Operation]) -> Answer:
    visit = amendments.amend(held.visit, wanted.visit, call.now)
    return call.commit(answer_of(visit), *own, *taking_effect(call, held.visit, visit, wanted.visitors))


def _proposed(call: Call, held: Held, wanted: Proposal, own: list[Operation]) -> Answer:
    visit = amendments.propose(held.visit, wanted)
    check_bookings_fit(len(bookings.wanted(visit)), RESOURCE_DAYS_LIMIT)
    decision, operations = _put_to_approvers(call, held, visit)
    if decision.running.status == "approved":
        amended = amendments.amend(held.visit, wanted.visit, call.now)
        written = taking_effect(call, held.visit, amended, wanted.visitors)
        return call.commit(answer_of(amended), *own, *operations, *written)
    head = replace_item(VisitItem.from_visit(visit))
    return call.commit(answer_of(visit), head, *own, *operations, *held_by(call, held.visit, visit))


def _put_to_approvers(call: Call, held: Held, visit: Visit) -> tuple[Decision, list[Operation]]:
    id = approvals.approval_id("visit", visit.id)
    running = held.running or begin(id, "visit", visit.id, VISIT, visit.applicant)
    action = Amend(by=call.me.id, seen=visit.version)
    return approvals.move(call, running, held.item, action, summary_of(visit))


def take_back(call: Call, held: Held) -> tuple[Visit, list[Operation]]:
    """The visit without the change that waits, as its applicant wants it; raises IllegalMove where none does."""
    visit = amendments.drop(held.visit)
    if held.running is None:
        return visit, held_by(call, held.visit, visit)
    action = Withdraw(by=call.me.id, seen=visit.version)
    _, operations = approvals.move(call, held.running, held.item, action, summary_of(held.visit))
    return visit, [*operations, *held_by(call, held.visit, visit)]
