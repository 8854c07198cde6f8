"""What follows from a change in reception, approvals, directory and spending: workflows go on, people are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from chalicelib.domain.bank_accounts import BankAccount
from chalicelib.domain.directory import Person
from chalicelib.domain.gate_issues import Issue
from chalicelib.domain.invitations import Guest, Rating
from chalicelib.domain.passes import Pass
from chalicelib.domain.payments import MOVING, Payable
from chalicelib.domain.visits import Visit
from chalicelib.domain.watchlist import Entry
from chalicelib.gateways.cognito import user_pool
from chalicelib.gateways.envelope import account_envelopes
from chalicelib.gateways.executions import visit_executions
from chalicelib.gateways.files import files
from chalicelib.models.approvals import TaskItem, TrailItem
from chalicelib.models.bank_accounts import BankAccountItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.gate import GuestItem, PassItem, RatingItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.visits import VisitItem
from chalicelib.models.watchlist import EntryItem
from chalicelib.services import (
    accounts,
    bank_accounts,
    checklist,
    gate,
    guests,
    handover,
    leaves,
    telling,
    uploads,
    watchlist,
    workflows,
)
from chalicelib.services.approvals.telling import task_opened, tell
from chalicelib.services.call import Call
from chalicelib.services.directory import units
from chalicelib.services.payments import answering, steps
from chalicelib.services.payments import telling as payment_telling
from chalicelib.services.privacy import asking, following
from chalicelib.settings import settings
from chalicelib.workflows.context import call_of
from chalicelib.workflows.streams import Change, each


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Consume a batch of stream records; answers which ones are to be delivered again."""
    return each(event, partial(_consume, call_of("drive", context)))


def _consume(call: Call, change: Change) -> None:
    follow = FOLLOWS.get((change.area, change.kind))
    if follow and change.new:
        follow(call, change)


def _visit(call: Call, change: Change) -> None:
    if change.became("status") or change.became("round"):
        _moved(call, change)
    if change.now("status") == "approved" and any(change.became(name) for name in checklist.TOUCHED):
        checklist.follow(call, change.now("id") or "")


def _moved(call: Call, change: Change) -> None:
    visit = VisitItem.from_raw_data(dict(change.new or {})).to(Visit)
    workflows.advance(call, visit_executions(), visit.id, settings().public_url)
    telling.visit_cancelled(call, visit)
    if visit.status in ("pending", "approved"):
        watchlist.look_through(call, visit)


def _guests(call: Call, change: Change) -> None:
    following.follow(call, (change.now("pk") or "").removeprefix("visit#"))


def _privacy_request(call: Call, change: Change) -> None:
    if change.now("status") == "running":
        asking.go_on(call, change.now("id") or "", int(change.now("version") or 0))


def _task(call: Call, change: Change) -> None:
    if change.became("status") == "open":
        task_opened(call, TaskItem.from_raw_data(dict(change.new or {})))


def _trail(call: Call, change: Change) -> None:
    if change.old is None:
        tell(call, TrailItem.from_raw_data(dict(change.new or {})))


def _upload(call: Call, change: Change) -> None:
    if change.became("status") == "claimed":
        uploads.keep(call, change.now("id") or "")


def _pass(call: Call, change: Change) -> None:
    if change.became("status") == "inside" and change.now("entries") == "1":
        telling.guest_arrived(call, PassItem.from_raw_data(dict(change.new or {})).to(Pass))


def _guest(call: Call, change: Change) -> None:
    if change.became("late_at") or change.became("declined_at"):
        guests.follow(call, GuestItem.from_raw_data(dict(change.new or {})).to(Guest))


def _rating(call: Call, change: Change) -> None:
    if change.old is None:
        guests.rated(call, RatingItem.from_raw_data(dict(change.new or {})).to(Rating))


def _issue(call: Call, change: Change) -> None:
    if change.old is None:
        gate.tell_reception(call, IssueItem.from_raw_data(dict(change.new or {})).to(Issue))


def _watched(call: Call, change: Change) -> None:
    if change.became("status") == "ended":
        watchlist.forget(call, EntryItem.from_raw_data(dict(change.new or {})).to(Entry))


def _person(call: Call, change: Change) -> None:
    if change.became("active") or change.now("account") == "pending":
        accounts.provision(call.store, user_pool(), change.now("id") or "", call.now)
    if change.became("active") or _went_away(call, change):
        leaves.follow(call, change.now("id") or "")
    if change.became("active") == "False":
        telling.person_departed(call, change.now("id") or "")


def _went_away(call: Call, change: Change) -> bool:
    """Whether the person is away by this change; a leave that begins later is followed by the schedule."""
    if not any(change.became(name) for name in ("away_from", "away_until", "substitute")):
        return False
    person: Person = PersonItem.from_raw_data(dict(change.new or {})).to(Person)
    return person.away(call.now)


def _handover(call: Call, change: Change) -> None:
    """Each step writes the handover again, so that the next one follows."""
    if change.now("status") == "running":
        handover.step(call, change.now("person") or "", int(change.now("version") or 0))


def _department(call: Call, change: Change) -> None:
    if change.became("path"):
        units.spread(call, change.now("id") or "")


def _bank_account(call: Call, change: Change) -> None:
    if change.became("changed_on"):
        bank_accounts.tell(call, BankAccountItem.from_raw_data(dict(change.new or {})).to(BankAccount))


def _payable(call: Call, change: Change) -> None:
    if change.became("status") in payment_telling.TEMPLATES:
        payment_telling.tell(call, PayableItem.from_raw_data(dict(change.new or {})).to(Payable))


def _payment_batch(call: Call, change: Change) -> None:
    """Each step writes the head again, so that the next one follows."""
    if change.now("status") in MOVING:
        version = int(change.now("version") or 0)
        steps.go_on(call, files(), account_envelopes(), change.now("id") or "", version)


def _payment_answer(call: Call, change: Change) -> None:
    if change.now("status") == "running":
        version = int(change.now("version") or 0)
        answering.carry_on(call, change.now("batch") or "", change.now("id") or "", version)


FOLLOWS: Mapping[tuple[str, str], Callable[[Call, Change], None]] = {
    ("reception", "visit"): _visit,
    ("reception", "guests"): _guests,
    ("reception", "privacy_request"): _privacy_request,
    ("reception", "pass"): _pass,
    ("reception", "guest"): _guest,
    ("reception", "rating"): _rating,
    ("reception", "issue"): _issue,
    ("reception", "watched"): _watched,
    ("approvals", "task"): _task,
    ("approvals", "trail"): _trail,
    ("approvals", "upload"): _upload,
    ("spending", "bank_account"): _bank_account,
    ("spending", "payable"): _payable,
    ("spending", "payment_batch"): _payment_batch,
    ("spending", "payment_answer"): _payment_answer,
    ("directory", "person"): _person,
    ("directory", "department"): _department,
    ("directory", "handover"): _handover,
}
