"""What the gates add to the benches: somebody inside, matters that wait for reception, and a request for each route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.domain.gate_issues import Issue
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.store import DynamoStore, create
from tests.bench.case import Case, Records, said
from tests.bench.world import GUARD, MANAGER, NOW, RECEPTION, SITE, World, approved


def fill(made: World) -> None:
    """A visitor who has just come in, and something to settle."""
    records = made.records
    records["gone_in"] = approved(made, visitors=[{"name": "韩梅", "phone": "13912340000"}])
    made.task("invite", records["gone_in"], next=0)
    visit = made.must(RECEPTION, "/gate/scans", {"code": made.number_of(records["gone_in"]), "gate": "hq/north"})
    records["gone_in_day"] = visit["passage"]["day"]
    records["watched"] = made.must(RECEPTION, "/watchlist", {"list": "watch", "name": "Bo", "reason": "Shouted"})["id"]
    records["walk_in"] = made.must(GUARD, "/gate/walkins", _walk_in(records))["id"]
    records["issue"] = "issue-1"
    DynamoStore().write(create(IssueItem.from_issue(Issue("issue-1", SITE.id, "offline", NOW, NOW, "north", GUARD.id))))


def _undo(records: Records) -> Any:
    named = {"visit": records["gone_in"], "no": 1, "day": records["gone_in_day"]}
    return {"action": "undo", "gate": "hq/north", "reason": "Wrong person"} | named


_blocked: Callable[[Records], Any] = said(list="block", name="Ana Reyes", aliases="Ana R.", reason="Stole")


def _badge(records: Records) -> Any:
    to = {"visit": records["gone_in"], "no": 1, "day": records["gone_in_day"]}
    return {"action": "issue", "gate": "hq/north", "number": "12"} | to


def _ticked(records: Records) -> Any:
    word = {"visit": records["gone_in"], "no": 1, "safe": True, "at": NOW.isoformat()}
    return {"site": "hq", "ticks": [word]}


_walk_in: Callable[[Records], Any] = said(
    gate="hq/north", name="王芳", phone="13912345678", purpose="Delivery", host=MANAGER.id
)
_settled: Callable[[Records], Any] = said(note="Shown out")

GATE_CASES: tuple[Case, ...] = (
    Case("command", "POST", "/gate/actions", GUARD, _undo, note="undo"),
    Case("list", "GET", "/gate/issues", RECEPTION),
    Case("list", "GET", "/gate/badges", GUARD),
    Case("command", "POST", "/gate/badges", GUARD, _badge),
    Case("command", "POST", "/gate/ticks", GUARD, _ticked),
    Case("form", "GET", "/gate/walkins", GUARD, query="?gate=hq/north"),
    Case("command", "POST", "/gate/walkins", GUARD, _walk_in),
    Case("detail", "GET", "/gate/walkins/{id}", GUARD, params={"id": "walk_in"}),
    Case("list", "GET", "/watchlist", RECEPTION),
    Case("command", "POST", "/watchlist", RECEPTION, _blocked),
    Case("command", "POST", "/watchlist/{id}/actions", RECEPTION, said(action="end"), {"id": "watched"}),
    Case("command", "POST", "/gate/issues/{id}/actions", RECEPTION, _settled, {"id": "issue"}),
)
