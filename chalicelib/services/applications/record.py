"""A budget application as the approvals engine, the inboxes and the policies see it, and as other areas read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.applications import Application, Move, facts_of, move
from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import NotFound
from chalicelib.models.applications import ApplicationItem, of_applicant
from chalicelib.models.approvals import RunningItem
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Query, Store
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals
from chalicelib.services.applications import taking
from chalicelib.services.call import Call
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource
from chalicelib.web.money import money

KIND = "application"
OUTCOMES: dict[str, Move] = {"approved": "approve", "rejected": "reject", "returned": "return"}
OPEN_LIMIT = 100
"""Applications of a person, the newest, among which the approved ones are looked for."""


@dataclass(frozen=True)
class Held:
    """An application and its approval, as read; `item` is what `running` was read from."""

    application: Application
    running: Running | None
    item: RunningItem | None


def keys(ids: Iterable[str]) -> list[Key]:
    """What `held`, `kept` and `seen` ask about applications, for one batch with other reads."""
    return [key for id in ids for key in (ApplicationItem.at(id), RunningItem.at(approvals.approval_id(KIND, id)))]


def held(store: Store, id: str) -> Held:
    """The application and its approval in one read; raises NotFound. The caller asks the policies."""
    head, item = store.get(*keys([id]))
    if head is None:
        raise NotFound
    return Held(head.to(Application), item.to(Running) if item else None, item)


def kept(store: Store, id: str) -> Application:
    """The application as it is; raises NotFound. The caller asks the policies (`resource_of`)."""
    (head,) = store.get(ApplicationItem.at(id))
    if head is None:
        raise NotFound
    application: Application = head.to(Application)
    return application


def seen(call: Call, id: str) -> Application:
    """The application, if the person may see it; raises NotFound."""
    found = held(call.store, id)
    call.permit("application:view", resource_of(found.application, found.running), unseen=True)
    return found.application


def open_of(store: Store, person: str) -> list[Application]:
    """The person's approved applications that are not finished, the newest first: what claims may be linked to."""
    query = Query(SpendingTable, of_applicant(person), index=1, newest_first=True, limit=OPEN_LIMIT)
    found = [item.to(Application) for item in store.query(query).items if isinstance(item, ApplicationItem)]
    return [each for each in found if each.status == "approved"]


def resource_of(application: Application, running: Running | None = None) -> Resource:
    """What the policies ask about an application: the applicant, who takes part, the departments."""
    people = sorted(approvals.taking_part(running)) if running else []
    facts = {"owner": application.applicant, "people": people, "departments": list(application.department_path)}
    return Resource("Application", application.id, facts)


def summary_of(application: Application) -> Summary:
    """What inboxes show of an application, and what its process's conditions read."""
    total = money(application.total, application.currency)
    facts = {"number": application.number, "summary": f"{total} · {application.first_day.isoformat()}"}
    return Summary(application.purpose, application.applicant_name, facts, facts_of(application))


def _outcome(call: Call, document: ApplicationItem, status: str) -> Sequence[Operation]:
    """The application as its approval's outcome leaves it; one that is not approved gives back what it froze."""
    application: Application = document.to(Application)
    moved = move(application, OUTCOMES[status], call.now)
    given_back = taking.releasing(call, application) if status != "approved" else []
    return [replace_item(ApplicationItem.from_application(moved)), *given_back]


KINDS[KIND] = DocumentKind(
    name=KIND,
    path="/applications/{}".format,
    at=ApplicationItem.at,
    version=lambda document: int(document.version),
    summary=lambda document: summary_of(document.to(Application)),
    outcome=_outcome,
)
