"""What budgets add to the benches: a department's budget that visits take from, and a request for each route."""

from __future__ import annotations

from typing import Any

from tests import company
from tests.bench.case import Case, said
from tests.bench.world import ADMIN, World

BUDGET = {"department": company.HEAD_OFFICE.id, "period": "2026-03", "amount": "900000", "category": "reception"}


def budgets(made: World) -> None:
    """A budget for receptions in this month, from which visits take, and one for travel."""
    made.records["budget"] = made.must(ADMIN, "/budgets", BUDGET)["id"]
    made.must(ADMIN, "/budgets", BUDGET | {"category": "travel"})


def _transfer(records: Any) -> Any:
    travel = records["budget"].replace(".reception.", ".travel.")
    return {"action": "transfer", "amount": "1", "reason": "Fair", "to": travel}


_ONE = {"id": "budget"}
_NEXT = BUDGET | {"period": "2026-04"}
_YEAR = {"department": company.HEAD_OFFICE.id, "year": "2027", "total": "1000"}
BUDGET_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/budgets", ADMIN),
    Case("form", "GET", "/budgets/new", ADMIN),
    Case("command", "POST", "/budgets", ADMIN, said(**_NEXT)),
    Case("form", "GET", "/budgets/years", ADMIN),
    Case("command", "POST", "/budgets/years", ADMIN, said(**_YEAR)),
    Case("detail", "GET", "/budgets/{id}", ADMIN, params=_ONE),
    Case("command", "POST", "/budgets/{id}/actions", ADMIN, said(action="adjust", amount="1", reason="More"), _ONE),
    Case("command", "POST", "/budgets/{id}/actions", ADMIN, _transfer, _ONE, note="transfer"),
)
