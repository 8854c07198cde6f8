"""My notices: the list, and marking them as read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import PageQuery, Strict
from chalicelib.services import notifications
from chalicelib.services.call import Call

area = Area(__name__)


class NoticesForm(Strict):
    """Which notices were read, by their ids."""

    action: Literal["read"]
    ids: list[str] = Field(default_factory=list, max_length=50)


class NoticesAnswer(Strict):
    """How many became read by this."""

    read: int
    location: str


@area.endpoint("GET", "/notices", action="inbox:view", query=PageQuery, page="notices.html")
def list_notices(call: Call, query: PageQuery) -> dict[str, Any]:
    """What happened that I should know, the newest first."""
    page = notifications.inbox(call, query.cursor, query.limit)
    return {"items": page.items, "next": page.next}


@area.endpoint("POST", "/notices/actions", action="inbox:view", body=NoticesForm, answer=NoticesAnswer)
def act_on_notices(call: Call, form: NoticesForm) -> Reply:
    """Mark notices as read."""
    answer = notifications.mark_read(call, form.ids)
    return Reply(answer, location=answer["location"])
