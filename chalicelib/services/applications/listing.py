"""Lists of applications: mine, a department's or the company's of a month. Each shows what its own page would."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chalicelib.domain.applications import PREFIX, Application
from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden
from chalicelib.models.applications import of_applicant, of_company, of_department
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Query
from chalicelib.services import directory
from chalicelib.services.applications.record import held, resource_of
from chalicelib.services.call import Call
from chalicelib.services.lists import SIFTED, Listed, page_of
from chalicelib.services.permissions import Resource

DEPARTMENTS_LIMIT = 20
"""Departments below the one asked for that a page reads; of more, the first by name."""
NUMBER = re.compile(PREFIX + "[0-9]{8}")
ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """Which applications: of a department with all below it, or of "all", in a month (YYYY-MM); else mine.

    `status` and `q`, a text in number, purpose or applicant's name, choose among them.
    """

    month: str
    department: str = ""
    status: str = ""
    q: str = ""

    @property
    def chooses(self) -> bool:
        """Whether some applications of the list may not be meant."""
        return bool(self.status or self.q)

    def means(self, application: Application) -> bool:
        """Whether the application is one of those."""
        words = f"{application.number} {application.purpose} {application.applicant_name}".casefold()
        return self.status in ("", application.status) and self.q.casefold() in words


def listed(call: Call, wanted: Wanted, cursor: str | None = None, limit: int = 50) -> Listed[Application]:
    """One page, the newest first. A whole number is found wherever its application is.

    Raises Forbidden for a department that the person does not see, Malformed for a foreign cursor.
    """
    if found := _by_number(call, wanted.q):
        return Listed([found], None)
    size = SIFTED if wanted.chooses else limit + 1
    queries = [Query(SpendingTable, pk, index=index, limit=size) for index, pk in _partitions(call, wanted)]
    return page_of(call.store, queries, Application, wanted.means, cursor, limit) if queries else Listed([], None)


def departments(call: Call) -> list[Department]:
    """The departments whose applications the person may list, by name."""
    known = directory.departments(call.store, call.now)
    if sees_all(call):
        return known
    return [each for each in known if call.heads & {*each.path}]


def sees_all(call: Call) -> bool:
    """Whether the person may list the whole company's applications."""
    return call.may("application:list", Resource("Application", ALL))


def _partitions(call: Call, wanted: Wanted) -> list[tuple[int, str]]:
    """The index and the partition of each query, which the person may ask."""
    if not wanted.department:
        call.permit("application:list", Resource("Application", "mine", {"owner": call.me.id}))
        return [(1, of_applicant(call.me.id))]
    if wanted.department == ALL:
        call.permit("application:list", Resource("Application", ALL))
        return [(2, pk) for pk in of_company(wanted.month)]
    known = directory.departments(call.store, call.now)
    path = next((each.path for each in known if each.id == wanted.department), None)
    if path is None:
        raise Forbidden
    call.permit("application:list", Resource("Application", "department", {"departments": list(path)}))
    below = [each.id for each in known if wanted.department in each.path][:DEPARTMENTS_LIMIT]
    return [(3, of_department(id, wanted.month)) for id in below]


def _by_number(call: Call, text: str) -> Application | None:
    """The application of that number, if the person may see it."""
    if not NUMBER.fullmatch(number := text.strip().upper()):
        return None
    (owner,) = call.store.get(SpendingNumberItem.at(number))
    if owner is None:
        return None
    found = held(call.store, owner.document)
    resource = resource_of(found.application, found.running)
    if not call.may("application:view", resource):
        return None
    call.permit("application:view", resource)
    return found.application
