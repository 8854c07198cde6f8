"""What the engine has to know about people; the caller answers from its directory."""

from collections.abc import Collection
from typing import Protocol


class Member(Protocol):
    """One person as the engine sees them. `manager` is the direct manager's id."""

    @property
    def id(self) -> str:
        """The person's id."""

    @property
    def active(self) -> bool:
        """False once the person left the company."""

    @property
    def manager(self) -> str | None:
        """The id of the direct manager, None at the top."""

    @property
    def department(self) -> str:
        """The id of the person's department."""


class People(Protocol):
    """The company at this moment. Unknown ids get None or nothing, never an error."""

    def person(self, id: str) -> Member | None:
        """The person of that id, also one who left."""

    def holders(self, role: str) -> Collection[str]:
        """Ids of those who hold the role."""

    def head(self, department: str) -> str | None:
        """Id of the department's head."""

    def administrators(self) -> Collection[str]:
        """Ids of those who decide where nobody else can."""
