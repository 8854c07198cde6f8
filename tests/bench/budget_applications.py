"""What budget applications add to the benches: a draft, one that waits, and a request for each route."""

from __future__ import annotations

from typing import Any

from tests.bench.case import Case, said
from tests.bench.world import APPLICANT, World

DINNER = {"type": "meals", "day": "2026-03-05", "heads": 4, "price": "100", "currency": "CNY"}
TRAIN = {"type": "transport", "day": "2026-03-06", "travel": "train", "origin": "A", "goal": "B", "heads": 2}


def wish(**facts: Any) -> dict[str, Any]:
    """An application with rows of two budgets."""
    return {"purpose": "Talks", "rows": [DINNER, TRAIN | {"price": "50", "currency": "CNY"}]} | facts


def applications(made: World) -> None:
    """A draft, and one that waits for its approval and holds money of two budgets."""
    made.records["application_draft"] = made.must(APPLICANT, "/applications", wish())["id"]
    made.records["application"] = made.must(APPLICANT, "/applications", wish(submit=True))["id"]


_ONE = {"id": "application"}
_DRAFT = {"id": "application_draft"}
APPLICATION_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/applications", APPLICANT),
    Case("form", "GET", "/applications/new", APPLICANT),
    Case("detail", "POST", "/applications/estimate", APPLICANT, said(rows=[DINNER])),
    Case("command", "POST", "/applications", APPLICANT, said(**wish()), note="draft"),
    Case("command", "POST", "/applications", APPLICANT, said(**wish(submit=True)), note="submitted, of two budgets"),
    Case("detail", "GET", "/applications/{id}", APPLICANT, params=_ONE),
    Case("form", "GET", "/applications/{id}/copy", APPLICANT, params=_ONE),
    Case("form", "GET", "/applications/{id}/edit", APPLICANT, params=_DRAFT),
    Case("command", "POST", "/applications/{id}", APPLICANT, said(**wish(submit=True)), _DRAFT),
    Case("command", "POST", "/applications/{id}/actions", APPLICANT, said(action="cancel"), _DRAFT, note="cancel"),
)
