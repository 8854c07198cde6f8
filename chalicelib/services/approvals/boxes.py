"""The four boxes of a person's inbox: to decide, decided, copied to me, started by me."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.store import Page, Query
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

BOXES: Mapping[str, Query] = {
    "open": Query(ApprovalsTable, "inbox#{me}", index=1),
    "decided": Query(ApprovalsTable, "decided#{me}", index=2, newest_first=True),
    "copied": Query(ApprovalsTable, "copied#{me}", index=1, newest_first=True),
    "started": Query(ApprovalsTable, "started#{me}", index=1, newest_first=True),
}
"""By name: the index partition of each box; `open` has the most urgent first, the others the latest."""


@dataclass(frozen=True)
class Filter:
    """Which of a box's documents: of one process (its key), and those with a text in subject or applicant's name."""

    process: str = ""
    text: str = ""

    def shows(self, item: Any) -> bool:
        """Whether the item of a box passes."""
        words = f"{item.subject} {item.applicant_name}".casefold()
        return (not self.process or item.definition_key == self.process) and self.text.casefold() in words


def inbox(
    call: Call, box: str = "open", only: Filter | None = None, cursor: str | None = None, limit: int = 50
) -> Page:
    """A page of one of BOXES. A filter is applied to the page that is read, so that a page costs the same with it."""
    call.permit("inbox:view", Resource("Inbox", call.me.id, {"owner": call.me.id}))
    asked = BOXES[box]
    query = replace(asked, pk=asked.pk.format(me=call.me.id), cursor=cursor, limit=limit)
    if box == "decided" and only and only.process:
        query = replace(query, pk=f"{query.pk}#{only.process}", index=3)
    page = call.store.query(query)
    return page if only is None else replace(page, items=[item for item in page.items if only.shows(item)])
