"""What the routes of people and departments take and answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.directory import Profile, Unit
from chalicelib.handlers.fields import Answered, Email, Id, Language, Line, Name, Phone, Strict
from chalicelib.handlers.sheets import ListQuery
from chalicelib.handlers.zones import TimeZone

Login = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[a-z0-9][a-z0-9._-]{1,62}$")]

Short = Annotated[Name, Field(max_length=20)]


class PersonForm(Strict):
    """A person's facts. `roles` besides `employee`, which everybody has."""

    login: Login
    name: Name
    email: Annotated[Email, Field(min_length=3)]
    phone: Phone
    department: Id
    manager: Id | None = None
    site: Id | None = None
    roles: list[Literal["employee", "approver", "reception", "gate", "finance", "auditor", "administrator"]] = Field(
        default_factory=list
    )
    locale: Language = "zh-CN"
    time_zone: TimeZone = "Asia/Shanghai"
    grade: Short | None = None
    region: Short | None = None

    def profile(self) -> Profile:
        """The facts as the domain knows them."""
        return Profile(**self.model_dump() | {"roles": frozenset(self.roles)})


class DepartmentForm(Strict):
    """A department's facts; `parent` is empty at the top, `head` a person's id."""

    name: Name
    cost_centre: Annotated[Line, Field(min_length=1, max_length=20)]
    parent: Id | None = None
    head: Id | None = None

    def unit(self) -> Unit:
        """The facts as the domain knows them."""
        return Unit(**self.model_dump())


class PersonAction(Strict):
    """A move in a person's life here."""

    action: Literal["depart", "reset_second_factor"]


class PasswordForm(Strict):
    """A new password; a temporary one must be changed at the next sign-in."""

    password: Annotated[str, Field(min_length=1, max_length=256)]
    temporary: bool = False


class PeopleQuery(ListQuery):
    """Which people: of a department, or whose name begins with `q`."""

    department: Id | None = None
    q: Line = ""


class Search(Strict):
    """The beginning of a name."""

    q: Line = ""
    lang: str | None = None


class Changed(Answered):
    """What was made or changed."""

    id: str
    version: int
    location: str
