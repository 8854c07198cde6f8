"""The home page: what waits for me and my visits."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.visits import Visit
from chalicelib.handlers.approvals.rows import Titles, row_data
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import PageQuery
from chalicelib.handlers.processes.shown import process_data
from chalicelib.handlers.visits import list_data
from chalicelib.models.approvals import TaskItem
from chalicelib.services import approvals, processes, visits
from chalicelib.services.call import Call

area = Area(__name__)

SHOWN = 5
"""Rows of each panel; the panel leads to the whole list."""


@area.endpoint("GET", "/", action="inbox:view", query=PageQuery, page="home.html")
def home(call: Call, query: PageQuery) -> dict[str, Any]:
    """What waits for me, oldest first, and my visits, latest first."""
    tasks, titles = approvals.inbox(call, limit=SHOWN).items, Titles(call)
    mine = visits.mine(call, limit=SHOWN).items
    return {
        "to_dos": [row_data(item, titles) for item in tasks if isinstance(item, TaskItem)],
        "my_visits": [list_data(call, item.to(Visit)) for item in mine],
        "processes": [process_data(call, each) for each in processes.listed(call)],
    }


@area.endpoint("GET", "/approvals/count", action="inbox:view", query=PageQuery, page="parts/inbox_count.html")
def inbox_count(call: Call, query: PageQuery) -> dict[str, int]:
    """How much waits for me, for the badge at the inbox; 100 stands for more."""
    return {"count": len(approvals.inbox(call, limit=100).items)}
