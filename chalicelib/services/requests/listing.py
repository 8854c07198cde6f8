"""Lists of requests: mine, a process's or a department's of a month. Each shows what the request's own page would."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chalicelib.domain.requests import Request
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.requests import RequestNumberItem
from chalicelib.models.store import Query
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.lists import SIFTED, Listed, page_of
from chalicelib.services.permissions import Resource
from chalicelib.services.requests.record import held, resource_of

DEPARTMENTS_LIMIT = 20
"""Departments below the one asked for that a page reads; of more, the first by name."""
NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,11}-20[0-9]{2}-[0-9]{5,9}")


@dataclass(frozen=True)
class Asked:
    """Which requests: of a process or of a department with all below it in a month (YYYY-MM), else mine.

    `status` and `q`, a text in number, subject or applicant's name, choose among them.
    """

    month: str
    process: str = ""
    department: str = ""
    status: str = ""
    q: str = ""

    @property
    def chooses(self) -> bool:
        """Whether some requests of the list may not be meant."""
        return bool(self.status or self.q)

    def means(self, request: Request) -> bool:
        """Whether the request is one of those."""
        words = f"{request.number} {request.subject} {request.applicant_name}".casefold()
        same = not self.department or self.department in request.department_path
        return same and self.status in ("", request.status) and self.q.casefold() in words


def listed(call: Call, asked: Asked, cursor: str | None = None, limit: int = 50) -> Listed[Request]:
    """One page, the newest first. A whole number is found wherever its request is.

    Raises Forbidden for a department that the person does not head, Malformed for a foreign cursor.
    """
    if found := _by_number(call, asked.q):
        return Listed([found], None)
    if asked.process:
        return _of_process(call, asked, cursor, limit)
    if asked.department:
        return _of_departments(call, asked, cursor, limit)
    call.permit("request:list", _mine(call))
    query = Query(ApprovalsTable, f"owner#{call.me.id}", index=1, limit=SIFTED if asked.chooses else limit + 1)
    return page_of(call.store, [query], Request, asked.means, cursor, limit)


def _mine(call: Call) -> Resource:
    return Resource("Request", "mine", {"owner": call.me.id})


def _by_number(call: Call, text: str) -> Request | None:
    """The request of that number, if the person may see it."""
    if not NUMBER.fullmatch(number := text.strip().upper()):
        return None
    (owner,) = call.store.get(RequestNumberItem.at(number))
    if owner is None:
        return None
    found = held(call, owner.request)
    resource = resource_of(found.request, found.running)
    if not call.may("request:view", resource):
        return None
    call.permit("request:view", resource)
    return found.request


def _of_process(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed[Request]:
    """A process's requests of a month, those of them that the person may see."""
    call.permit("request:list", _mine(call))
    query = Query(ApprovalsTable, f"process#{asked.process}#{asked.month}", index=2, limit=SIFTED)
    return page_of(call.store, [query], Request, lambda each: asked.means(each) and _may(call, each), cursor, limit)


def _may(call: Call, request: Request) -> bool:
    """A list never shows what the request's own page would refuse."""
    return call.may("request:view", resource_of(request))


def _of_departments(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed[Request]:
    """The requests of a department and of all below it in a month."""
    known = directory.departments(call.store, call.now)
    path = next((each.path for each in known if each.id == asked.department), ())
    call.permit("request:list", Resource("Request", "department", {"departments": list(path)}))
    below = [each.id for each in known if asked.department in each.path][:DEPARTMENTS_LIMIT]
    size = SIFTED if asked.chooses else limit + 1
    queries = [Query(ApprovalsTable, f"department#{id}#{asked.month}", index=3, limit=size) for id in below]
    if not queries:
        return Listed([], None)
    return page_of(call.store, queries, Request, asked.means, cursor, limit)
