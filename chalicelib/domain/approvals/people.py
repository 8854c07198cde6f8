"""What the engine has to know about people; the caller answers from its directory."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class Member(Protocol):
    """One person as the engine sees them."""

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

    @property
    def substitute(self) -> str | None:
        """Who decides for the person while they are away (代理人), by id."""

    @property
    def away_from(self) -> datetime | None:
        """When the person's leave begins (UTC), None without one."""

    @property
    def away_until(self) -> datetime | None:
        """When the person is back (UTC), None while that is open."""


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
