"""The directory as the approval engine asks for it (domain/approvals/people.py)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import NotFound
from chalicelib.models.store import Store
from chalicelib.services.directory import reading


@dataclass(frozen=True)
class People:
    """The company at this moment. Unknown ids get None or nothing, never an error."""

    store: Store
    now: datetime

    def person(self, id: str) -> Person | None:
        """The person of that id, also one who left."""
        try:
            return reading.person(self.store, id, self.now)
        except NotFound:
            return None

    def holders(self, role: str) -> Collection[str]:
        """Ids of those who hold the role."""
        return reading.holders(self.store, role, self.now)

    def head(self, department: str) -> str | None:
        """Id of the department's head."""
        try:
            return reading.department(self.store, department, self.now).head
        except NotFound:
            return None

    def administrators(self) -> Collection[str]:
        """Ids of those who decide where nobody else can."""
        return reading.administrators(self.store, self.now)

    def named(self, ids: Iterable[str]) -> dict[str, str]:
        """Names by id, for lists; unknown ids are left out."""
        found = {id: self.person(id) for id in ids}
        return {id: person.name for id, person in found.items() if person}
