"""The checklist of a visit over HTTP; it is shown on the visit's page."""

from __future__ import annotations

from typing import Literal

from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.handlers.visits import page_of_visit
from chalicelib.services import checklist
from chalicelib.services.call import Answer, Call

area = Area(__name__)


class TaskForm(Strict):
    """A task, by its id, and whether it is done or not after all."""

    task: Id
    action: Literal["tick", "untick"]


class TaskAnswer(Answered):
    """Where the task stands."""

    id: str
    status: str
    version: int
    location: str


@area.endpoint(
    "POST",
    "/visits/{id}/checklist",
    action="visit:prepare",
    body=TaskForm,
    answer=TaskAnswer,
    page="visit.html",
    refill=page_of_visit,
)
def tick(call: Call, id: str, form: TaskForm) -> Answer:
    """Tick a task of the checklist off, or open it again."""
    return checklist.act(call, id, form.task, form.action)
