"""Keeping the watch list and the block list."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from chalicelib.gateways.documents import documents
from chalicelib.handlers.fields import Answered, Cursor, Line, Name, Phone, Strict
from chalicelib.handlers.gate.area import area
from chalicelib.services import watchlist
from chalicelib.services.call import Answer, Call

Lines = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class ListQuery(Strict):
    """Those who are on a list, or those who were."""

    status: Literal["active", "ended"] = "active"
    cursor: Cursor | None = None
    lang: str | None = Field(default=None, max_length=10)


class EntryForm(Strict):
    """Somebody to watch or not to let in. `aliases` are other names, one a line; of `document` only a mark is kept."""

    list: Literal["watch", "block"]
    name: Name
    aliases: Lines = ""
    phone: Phone | Literal[""] = ""
    document: Line = ""
    reason: Name
    until: AwareDatetime | None = None

    def facts(self) -> watchlist.Facts:
        """What the service takes."""
        aliases = tuple(line.strip() for line in self.aliases.splitlines() if line.strip())
        return watchlist.Facts(**self.model_dump() | {"aliases": aliases})


class EntryAction(Strict):
    """Take somebody off their list."""

    action: Literal["end"]


class EntryChanged(Answered):
    """The entry afterwards."""

    id: str
    status: str
    version: int
    location: str


@area.endpoint("GET", "/watchlist", action="watchlist:manage", query=ListQuery, page="watchlist.html")
def list_watched(call: Call, query: ListQuery) -> dict[str, Any]:
    """Who is on the watch list or the block list, or was."""
    return watchlist.entries(call, query.status, query.cursor)


@area.endpoint(
    "POST",
    "/watchlist",
    action="watchlist:manage",
    body=EntryForm,
    answer=EntryChanged,
    status=201,
    page="watchlist.html",
    refill=lambda call: watchlist.entries(call, "active", None),
)
def add_watched(call: Call, form: EntryForm) -> Answer:
    """Put somebody on the watch list or the block list."""
    return watchlist.add(call, form.facts(), documents().mark)


@area.endpoint("POST", "/watchlist/{id}/actions", action="watchlist:manage", body=EntryAction, answer=EntryChanged)
def act_on_watched(call: Call, id: str, form: EntryAction) -> Answer:
    """Take somebody off their list; the entry stays on record."""
    return watchlist.take_off(call, id)
