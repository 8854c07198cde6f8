"""One move of an approval: read it with its document, ask the engine, write what it says in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from chalicelib.domain.approvals import Action, Decision, Definition, Running, Situation, Task, decide
from chalicelib.domain.errors import NotFound
from chalicelib.models.approvals import CopyItem, RunningItem, TaskItem, TrailItem
from chalicelib.models.store import Operation, Put, create, save
from chalicelib.services.call import Call
from chalicelib.services.directory import People
from chalicelib.services.documents import DocumentKind, Summary, kind_of
from chalicelib.services.permissions import Resource


@dataclass(frozen=True)
class OpenApproval:
    """An approval and its document as they were read, with all that a decision needs."""

    item: RunningItem
    running: Running
    document: Any
    kind: DocumentKind

    @property
    def summary(self) -> Summary:
        """What the inboxes show of the document and its conditions read."""
        return self.kind.summary(self.document)

    @property
    def document_version(self) -> int:
        """The version of the document that was read."""
        return self.kind.version(self.document)


def definition_of(call: Call, key: str, version: int) -> Definition:
    """That version of a process: a document keeps the one by which it was begun."""
    from chalicelib.services import processes

    return processes.definition_of(call.store, key, version)


def approval_id(kind: str, document_id: str) -> str:
    """The id of a document's approval; it tells where the document is."""
    return f"{kind}-{document_id}"


def document_of(task_or_approval: str) -> tuple[str, str]:
    """The kind and the id of the document behind an approval's or a task's id; raises NotFound."""
    approval, _, _ = task_or_approval.partition(".")
    kind, _, document_id = approval.partition("-")
    if not document_id:
        raise NotFound
    return kind_of(kind).name, document_id


def load(call: Call, task_or_approval: str) -> OpenApproval:
    """The approval (by its own id or a task's) and its document in one read; raises NotFound."""
    name, document_id = document_of(task_or_approval)
    kind = kind_of(name)
    item, document = call.store.get(RunningItem.at(approval_id(name, document_id)), kind.at(document_id))
    if item is None or document is None:
        raise NotFound
    return OpenApproval(item, item.to(Running), document, kind)


def taking_part(running: Running) -> frozenset[str]:
    """Everybody who ever held a task or got a copy."""
    return frozenset((*running.people, *running.copied))


def resource_of(running: Running) -> Resource:
    """What the policies ask about: the applicant, and everybody who takes part."""
    return Resource("Approval", running.id, {"owner": running.applicant, "people": sorted(taking_part(running))})


def situation(call: Call, summary: Summary) -> Situation:
    """The company, the office's hours and the document as they are at this moment."""
    from chalicelib.services import office_calendar

    due = partial(office_calendar.due, call)
    return Situation(people=People(call.store, call.now), now=call.now, facts=summary.values, due=due)


def move(
    call: Call, running: Running, item: RunningItem | None, action: Action, summary: Summary
) -> tuple[Decision, list[Operation]]:
    """Let the engine decide; returns its decision and the operations on approval and tasks.

    `item` is the approval as it was read, None for a new one.
    """
    definition = definition_of(call, running.definition_key, running.definition_version)
    decision = decide(definition, running, action, situation(call, summary))
    return decision, _written(call, running, decision, item.version + 1 if item else 1, summary)


def changed_document(call: Call, held: OpenApproval, decision: Decision) -> Sequence[Operation]:
    """What the decision brings to the document: nothing while its approval stands where it stood."""
    if decision.running.status == held.running.status:
        return []
    return held.kind.outcome(call, held.document, str(decision.running.status))


def _written(call: Call, before: Running, decision: Decision, version: int, summary: Summary) -> list[Operation]:
    running = decision.running
    tasks = [task_item(task, running, summary) for task in (*decision.opened, *decision.changed)]
    copied = [person for person in running.copied if person not in before.copied]
    return [
        save(running_item(running, version, summary)),
        *(create(each) for each in _trail_items(before, decision, version, summary)),
        *(Put(task, {}) for task in tasks),
        *(Put(_copy_item(call, person, running, summary), {}) for person in copied),
    ]


def running_item(running: Running, version: int, summary: Summary) -> RunningItem:
    """The item of an approval at its `version`, listed for its applicant."""
    _, pk, sk = RunningItem.at(running.id)
    return RunningItem.of(
        running,
        pk=pk,
        sk=sk,
        version=version,
        subject=summary.subject,
        applicant_name=summary.applicant_name,
        facts=summary.facts,
        index1_pk=f"started#{running.applicant}",
        index1_sk=running.document_id,
    )


def applied_for_by(item: RunningItem, applicant: str, summary: Summary) -> list[Operation]:
    """What gives an approval another applicant: itself, and what inboxes show of its open questions."""
    running = replace(item.to(Running), applicant=applicant)
    tasks = [Put(task_item(task, running, summary), {}) for task in running.open_tasks]
    return [save(running_item(running, item.version + 1, summary)), *tasks]


def _trail_items(before: Running, decision: Decision, move: int, summary: Summary) -> list[TrailItem]:
    """The one item of the move's lines; none where a rule moved without a word."""
    if not decision.entries:
        return []
    running = decision.running
    _, pk, sk = TrailItem.at(running.id, move)
    item = TrailItem(
        pk,
        sk,
        approval=running.id,
        document_kind=running.document_kind,
        document_id=running.document_id,
        definition_key=running.definition_key,
        applicant=running.applicant,
        subject=summary.subject,
        outcome=str(running.status) if running.status != before.status else "",
        entries=decision.entries,
    )
    return [item]


def _document_facts(running: Running, summary: Summary) -> dict[str, Any]:
    return {
        "approval": running.id,
        "document_kind": running.document_kind,
        "document_id": running.document_id,
        "definition_key": running.definition_key,
        "definition_version": running.definition_version,
        "subject": summary.subject,
        "facts": summary.facts,
        "applicant": running.applicant,
        "applicant_name": summary.applicant_name,
    }


_OF_TASK = ("id", "person", "step", "on_behalf_of", "asked_by", "opened_at", "due_at", "decided_at", "comment")


def task_item(task: Task, running: Running, summary: Summary) -> TaskItem:
    """The item of a task, on the lists of its person."""
    _, pk, sk = TaskItem.at(running.id, task.id)
    own = {name: getattr(task, name) for name in _OF_TASK}
    facts = _document_facts(running, summary)
    return TaskItem(pk, sk, status=str(task.status), origin=str(task.origin), **own, **facts).listed()


def _copy_item(call: Call, person: str, running: Running, summary: Summary) -> CopyItem:
    _, pk, sk = CopyItem.at(running.id, person)
    facts = _document_facts(running, summary)
    return CopyItem(pk, sk, person=person, copied_by=call.actor, copied_at=call.now, **facts).listed()
