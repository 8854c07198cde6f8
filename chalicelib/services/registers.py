"""Lists of spending documents: mine, a department's or the company's of a month. Each shows what its own page would."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Query, Store
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.lists import SIFTED, Listed, page_of
from chalicelib.services.permissions import Resource

DEPARTMENTS_LIMIT = 20
"""Departments below the one asked for that a page reads; of more, the first by name."""
ALL = "all"


class Document(Protocol):
    """What a list may be searched by."""

    @property
    def number(self) -> str:
        """As people quote it."""
        ...

    @property
    def purpose(self) -> str:
        """In the applicant's words."""
        ...

    @property
    def applicant_name(self) -> str:
        """Who asks for the money."""
        ...

    @property
    def status(self) -> str:
        """A value of its status table."""
        ...


@dataclass(frozen=True)
class Wanted:
    """Which documents: of a department with all below it, or of "all", in a month (YYYY-MM); else mine.

    `status` and `q`, a text in number, purpose or applicant's name, choose among them.
    """

    month: str
    department: str = ""
    status: str = ""
    q: str = ""

    @property
    def chooses(self) -> bool:
        """Whether some documents of the list may not be meant."""
        return bool(self.status or self.q)

    def means(self, document: Document) -> bool:
        """Whether the document is one of those."""
        words = f"{document.number} {document.purpose} {document.applicant_name}".casefold()
        return self.status in ("", document.status) and self.q.casefold() in words


@dataclass(frozen=True)
class Register[D: Document]:
    """The documents of one kind: their shape, entity type in the policies, prefix of numbers and index partitions.

    `opened` gives a document by its id, and what the policies know of it.
    """

    shape: type[D]
    entity: str
    prefix: str
    mine: Callable[[str], str]
    company: Callable[[str], Sequence[str]]
    department: Callable[[str, str], str]
    opened: Callable[[Store, str], tuple[D, Resource]]

    def listed(self, call: Call, wanted: Wanted, cursor: str | None = None, limit: int = 50) -> Listed[D]:
        """One page, the newest first. A whole number is found wherever its document is.

        Raises Forbidden for a department that the person does not see, Malformed for a foreign cursor.
        """
        if found := self._by_number(call, wanted.q):
            return Listed([found], None)
        size = SIFTED if wanted.chooses else limit + 1
        queries = [Query(SpendingTable, pk, index=index, limit=size) for index, pk in self._partitions(call, wanted)]
        return page_of(call.store, queries, self.shape, wanted.means, cursor, limit) if queries else Listed([], None)

    def departments(self, call: Call) -> list[Department]:
        """The departments whose documents the person may list, by name."""
        known = directory.departments(call.store, call.now)
        if self.sees_all(call):
            return known
        return [each for each in known if call.heads & {*each.path}]

    def sees_all(self, call: Call) -> bool:
        """Whether the person may list those of the whole company."""
        return call.may(self._action("list"), Resource(self.entity, ALL))

    def _action(self, verb: str) -> str:
        return f"{self.entity.lower()}:{verb}"

    def _partitions(self, call: Call, wanted: Wanted) -> list[tuple[int, str]]:
        """The index and the partition of each query, which the person may ask."""
        action = self._action("list")
        if not wanted.department:
            call.permit(action, Resource(self.entity, "mine", {"owner": call.me.id}))
            return [(1, self.mine(call.me.id))]
        if wanted.department == ALL:
            call.permit(action, Resource(self.entity, ALL))
            return [(2, pk) for pk in self.company(wanted.month)]
        known = directory.departments(call.store, call.now)
        path = next((each.path for each in known if each.id == wanted.department), None)
        if path is None:
            raise Forbidden
        call.permit(action, Resource(self.entity, "department", {"departments": list(path)}))
        below = [each.id for each in known if wanted.department in each.path][:DEPARTMENTS_LIMIT]
        return [(3, self.department(id, wanted.month)) for id in below]

    def _by_number(self, call: Call, text: str) -> D | None:
        """The document of that number, if the person may see it."""
        number = text.strip().upper()
        if not re.fullmatch(self.prefix + "[0-9]{8}", number):
            return None
        (owner,) = call.store.get(SpendingNumberItem.at(number))
        if owner is None:
            return None
        document, resource = self.opened(call.store, owner.document)
        if not call.may(self._action("view"), resource):
            return None
        call.permit(self._action("view"), resource)
        return document
