"""What the routes of requests take and answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from chalicelib.domain.requests import Status
from chalicelib.handlers.fields import Answered, Id, Line, Month, Strict
from chalicelib.handlers.sheets import ListQuery


class RequestsQuery(ListQuery):
    """Which requests: of a process or a department (with all below it) in a month, else mine; narrowed by status and
    text (in number, subject and applicant's name)."""

    process: Id | None = None
    department: Id | None = None
    month: Month | None = None
    status: Status | None = None
    q: Line = ""


class NewQuery(Strict):
    """Which process is to be started."""

    process: Id
    lang: str | None = None


class RequestForm(Strict):
    """What was filled in, by field key (rows of a table as a list); submitted at once or left a draft."""

    values: dict[str, Any] = Field(default_factory=dict)
    submit: bool = False


class NewRequestForm(RequestForm):
    """A new request of a process."""

    process: Id


class RequestAction(Strict):
    """A move of the applicant, or a copy as a new draft of one's own."""

    action: Literal["submit", "withdraw", "cancel", "copy"]


class RequestAnswer(Answered):
    """Where a request stands after a command."""

    id: str
    status: str
    version: int
    number: str
    location: str
