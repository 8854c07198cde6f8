"""Approvals of documents of every kind: asking the engine and writing what it says, with the document, at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain.approvals import (
    Action,
    Approve,
    Decision,
    Definition,
    Entry,
    Reject,
    Return,
    Running,
    Situation,
    Task,
    decide,
)
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.processes import BUILT_IN
from chalicelib.models.approvals import ApprovalsTable, RunningItem, TaskItem
from chalicelib.models.store import Operation, Page, Put, Query, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import People
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource

DECISIONS: Mapping[str, type[Approve | Reject | Return]] = {"approve": Approve, "reject": Reject, "return": Return}
NEEDS_COMMENT = frozenset({"reject", "return"})


@dataclass(frozen=True)
class OpenApproval:
    """An approval and its document as they were read, with all that a decision needs."""

    item: RunningItem
    running: Running
    document: Any
    kind: DocumentKind


def definition_of(running: Running) -> Definition:
    """The version of the process by which the document runs."""
    return BUILT_IN[running.definition_key, running.definition_version]


def approval_id(kind: str, document_id: str) -> str:
    """The id of a document's approval; it tells where the document is."""
    return f"{kind}-{document_id}"


def document_of(task_or_approval: str) -> tuple[str, str]:
    """The kind and the id of the document behind an approval's or a task's id; raises NotFound."""
    approval, _, _ = task_or_approval.partition(".")
    kind, _, document_id = approval.partition("-")
    if kind not in KINDS:
        raise NotFound
    return kind, document_id


def move(
    call: Call, running: Running, item: RunningItem | None, action: Action, summary: Summary
) -> tuple[Decision, list[Operation]]:
    """Let the engine decide; returns its decision and the operations on approval and tasks (`item`: as read)."""
    situation = Situation(People(call.store, call.now), call.now)
    decision = decide(definition_of(running), running, action, situation)
    trail, version = (item.trail, item.version) if item else ((), 0)
    changed = RunningItem.from_running(decision.running, (*trail, *decision.entries), summary.subject, version + 1)
    tasks = [_task_item(task, decision.running, summary) for task in (*decision.opened, *decision.changed)]
    return decision, [save(changed), *(Put(task, {}) for task in tasks)]


def _task_item(task: Task, running: Running, summary: Summary) -> TaskItem:
    _, pk, sk = TaskItem.at(running.id, task.id)
    item = TaskItem(
        pk,
        sk,
        id=task.id,
        approval=running.id,
        document_kind=running.document_kind,
        document_id=running.document_id,
        subject=summary.subject,
        facts=dict(summary.facts),
        person=task.person,
        applicant=running.applicant,
        applicant_name=summary.applicant_name,
        step=task.step,
        status=str(task.status),
        opened_at=task.opened_at,
        decided_at=task.decided_at,
        comment=task.comment,
    )
    return item.listed(task.decided_at or task.opened_at)


def load(call: Call, task_or_approval: str) -> OpenApproval:
    """The approval (by its own id or a task's) and its document in one read; raises NotFound."""
    name, document_id = document_of(task_or_approval)
    kind = KINDS[name]
    item, document = call.store.get(RunningItem.at(approval_id(name, document_id)), kind.at(document_id))
    if item is None or document is None:
        raise NotFound
    return OpenApproval(item, item.to(Running), document, kind)


def resource_of(running: Running) -> Resource:
    """What the policies ask about: the applicant, and everybody who ever held a task."""
    return Resource("Approval", running.id, {"owner": running.applicant, "people": sorted(running.people)})


def act(call: Call, task_or_approval: str, action: str, comment: str) -> Answer:
    """Approve, reject or return; the document changes with it in one transaction.

    Raises NotFound for who takes no part, Stale when the document changed since the version that the person saw,
    Invalid when a refusal has no comment, and what the engine raises.
    """
    if action in NEEDS_COMMENT and not comment:
        raise Invalid(FieldError("comment", "comment_needed"))
    held = load(call, task_or_approval)
    call.permit("approval:view", resource_of(held.running), unseen=True)
    seen = held.kind.version(held.document)
    if call.expected_version is not None and call.expected_version != seen:
        raise Stale(state=held.running.status)
    named = task_or_approval if "." in task_or_approval else None
    made = DECISIONS[action](by=call.me.id, seen=seen, comment=comment, task=named)
    decision, operations = move(call, held.running, held.item, made, held.kind.summary(held.document))
    call.permit("approval:decide", resource_of(held.running))
    status = str(decision.running.status)
    changes = held.kind.outcome(call, held.document, status) if status != "pending" else []
    answer = {"id": task_or_approval, "status": status, "document": _document(held.running), "location": "/approvals"}
    return call.commit(answer, *operations, *changes)


def _document(running: Running) -> dict[str, str]:
    return {"kind": running.document_kind, "id": running.document_id}


def inbox(call: Call, box: str = "open", cursor: str | None = None, limit: int = 50) -> Page:
    """The person's tasks: `open` (oldest first) or `decided` (newest first)."""
    call.permit("inbox:view", Resource("Inbox", call.me.id, {"owner": call.me.id}))
    if box == "decided":
        query = Query(ApprovalsTable, f"decided#{call.me.id}", index=2, newest_first=True)
    else:
        query = Query(ApprovalsTable, f"inbox#{call.me.id}", index=1)
    return call.store.query(replace(query, cursor=cursor, limit=limit))


def names_of(call: Call, running: Running, trail: tuple[Entry, ...]) -> dict[str, str]:
    """The names of everybody in the trail and among the tasks, by id."""
    people = People(call.store, call.now)
    ids = set(running.people) | {entry.who for entry in trail if entry.who}
    ids |= {about for entry in trail for about in entry.about} | {running.applicant}
    found = {each: people.person(each) for each in sorted(ids)}
    return {each: person.name for each, person in found.items() if person}


def since(running: Running) -> datetime | None:
    """Since when somebody is being waited for."""
    return min((task.opened_at for task in running.open_tasks if task.opened_at), default=None)
