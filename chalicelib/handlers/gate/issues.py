"""What happened at the gates and waits for reception."""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.handlers.fields import Answered, Cursor, Id, Name, Strict
from chalicelib.handlers.gate.area import area
from chalicelib.services import gate
from chalicelib.services.call import Answer, Call


class IssuesQuery(Strict):
    """Which site (the person's own by default), and whether those that wait or those that were settled."""

    site: Id | None = None
    status: Literal["open", "settled"] = "open"
    cursor: Cursor | None = None


class IssueAction(Strict):
    """What became of it."""

    action: Literal["settle"] = "settle"
    note: Name


class IssueChanged(Answered):
    """The issue afterwards."""

    id: str
    status: str
    version: int
    location: str


@area.endpoint("GET", "/gate/issues", action="gate:settle", query=IssuesQuery, page="gate_issues.html")
def list_issues(call: Call, query: IssuesQuery) -> dict[str, Any]:
    """What happened at a site's gates and waits for reception: scans without network that cannot stand, and more."""
    return gate.issues(call, query.site, query.status, query.cursor)


@area.endpoint("POST", "/gate/issues/{id}/actions", action="gate:settle", body=IssueAction, answer=IssueChanged)
def settle_issue(call: Call, id: str, form: IssueAction) -> Answer:
    """Settle one, with a note of what became of it."""
    return gate.settle_issue(call, id, form.note)
