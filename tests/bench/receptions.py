"""What standards and checklists add to the benches: standards in force, and a request for each route."""

from __future__ import annotations

from typing import Any

from tests.bench.case import Case, said
from tests.bench.world import ADMIN, APPLICANT, World, application, approved

MEAL = {"type": "meal", "day": "2026-03-02", "meal": "lunch", "guests": 4, "hosts": 2}
LEVELS = [{"key": "A", "title": {"en": "Leaders", "zh": "高层来宾"}}]
LODGING = {"type": "lodging", "valid_from": "2027-01-01", "amount": "450"}


def standards(made: World) -> None:
    """A level, and standards for half of the types."""
    made.must(ADMIN, "/standards/levels", {"levels": LEVELS})
    for type in ("meal", "transport", "gift"):
        body = {"type": type, "valid_from": "2026-01-01", "amount": "150"}
        made.records["standard"] = made.must(ADMIN, "/standards", body)["id"]
    made.records["lodging"] = made.must(ADMIN, "/standards", LODGING)["id"]


def prepared(made: World) -> None:
    """An approved visit with a task that is to be prepared."""
    made.records["prepared"] = approved(made, items=[MEAL])


def task_of(made: World) -> None:
    """The first task of that visit, once the stream made its list."""
    page = made.client(APPLICANT).get(f"/visits/{made.records['prepared']}").json
    made.records["preparation"] = page["checklist"][0]["id"]


def _ticked(records: Any) -> Any:
    return {"task": records["preparation"], "action": "tick"}


_ONE = {"id": "standard"}
RECEPTION_CASES: tuple[Case, ...] = (
    Case("command", "POST", "/visits", APPLICANT, said(**application(submit=True, items=[MEAL])), note="with a meal"),
    Case("detail", "POST", "/visits/estimate", APPLICANT, said(site="hq", starts="2026-03-02", items=[MEAL])),
    Case("command", "POST", "/visits/{id}/checklist", APPLICANT, _ticked, {"id": "prepared"}),
    Case("list", "GET", "/standards", ADMIN),
    Case("form", "GET", "/standards/new", ADMIN),
    Case("command", "POST", "/standards", ADMIN, said(type="tour", valid_from="2026-01-01", amount="50")),
    Case("form", "GET", "/standards/levels", ADMIN),
    Case("command", "POST", "/standards/levels", ADMIN, said(levels=LEVELS)),
    Case("detail", "GET", "/standards/{id}", ADMIN, params=_ONE),
    Case("command", "POST", "/standards/{id}", ADMIN, said(**LODGING | {"amount": "500"}), {"id": "lodging"}),
)
