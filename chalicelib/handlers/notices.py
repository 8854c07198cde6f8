"""What I was told: notices, and the messages about them; for administrators, the messages that did not arrive."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Month, PageQuery, Strict
from chalicelib.services import notifications
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications import lists
from chalicelib.services.notifications.words import CHANNELS, LABELS, reason

area = Area(__name__)

type MessageId = Annotated[str, StringConstraints(min_length=1, max_length=300)]
type Place = Annotated[str, StringConstraints(pattern=r"^/(messages/unsent|webhooks/[0-9A-Z]{1,40})$")]
LOOKS = {"intended": "queued", "sending": "queued", "waiting": "queued"}
"""How a status is shown; readers need not tell apart who holds a message that is on its way."""


class NoticesForm(Strict):
    """Which notices were read, by their ids."""

    action: Literal["read"]
    ids: list[str] = Field(default_factory=list, max_length=50)


class NoticesAnswer(Strict):
    """How many became read by this."""

    read: int
    location: str


class UnsentQuery(PageQuery):
    """Messages that wait, or that failed among those made in a month."""

    status: Literal["waiting", "failed"] = "failed"
    month: Month | None = None


class MessagesForm(Strict):
    """Which messages go out once more, by their ids; `location` is the page that a browser goes back to."""

    action: Literal["redeliver"]
    ids: list[MessageId] = Field(min_length=1, max_length=50)
    location: Place = "/messages/unsent"


class MessagesAnswer(Strict):
    """How many go out once more."""

    redelivered: int
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


@area.endpoint("GET", "/messages", action="inbox:view", query=PageQuery, page="messages.html")
def my_messages(call: Call, query: PageQuery) -> dict[str, Any]:
    """E-mails and text messages to me and what became of them, the newest first."""
    page = lists.mine(call, query.cursor, query.limit)
    return {"items": [shown(each) for each in page.items], "next": page.next}


@area.endpoint("GET", "/messages/unsent", action="message:manage", query=UnsentQuery, page="messages_unsent.html")
def unsent_messages(call: Call, query: UnsentQuery) -> dict[str, Any]:
    """Messages that could not be sent, or that wait."""
    month = query.month or f"{call.now:%Y-%m}"
    page = lists.waiting(call) if query.status == "waiting" else lists.failed(call, month, query.cursor, query.limit)
    data = {"items": [shown(each) for each in page.items], "next": page.next}
    return data | {"status": query.status, "month": month}


@area.endpoint("POST", "/messages/actions", action="message:manage", body=MessagesForm, answer=MessagesAnswer)
def act_on_messages(call: Call, form: MessagesForm) -> Answer:
    """Deliver messages once more that failed or were sent."""
    return notifications.send_anew(call, form.ids, form.location)


def shown(message: lists.Message) -> dict[str, Any]:
    """A message as lists show it; labels are English texts, to be translated by the page."""
    return {
        "id": message.id,
        "channel": message.channel,
        "channel_label": CHANNELS[message.channel],
        "kind": message.template,
        "kind_label": LABELS[message.template],
        "address": message.address,
        "status": message.status,
        "look": LOOKS.get(message.status, message.status),
        "created_at": message.created_at,
        "next_at": message.next_at,
        "sent_at": message.sent_at,
        "error": message.error,
        "error_label": reason(message.error),
        "attempts": message.attempts,
        "tries": [{"at": each.at, "result": each.result, "said": each.said} for each in message.tries],
    }
