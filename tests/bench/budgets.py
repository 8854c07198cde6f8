"""What budgets add to the benches: a department's budget that visits take from, and a request for each route."""

from __future__ import annotations

from typing import Any

from tests import company
from tests.bench.case import Case, said
from tests.bench.world import ADMIN, FINANCE, World

BUDGET = {"department": company.HEAD_OFFICE.id, "period": "2026-03", "amount": "900000", "category": "reception"}


def budgets(made: World) -> None:
    """A budget for receptions in this month, from which visits take, and one for travel."""
    made.records["budget"] = made.must(ADMIN, "/budgets", BUDGET)["id"]
    made.must(ADMIN, "/budgets", BUDGET | {"category": "travel"})
    made.records["budget_change"] = made.must(FINANCE, "/budget-changes", _change()(made.records))["id"]
    made.records["category"] = "gift"


def _transfer(records: Any) -> Any:
    travel = records["budget"].replace(".reception.", ".travel.")
    return {"action": "transfer", "amount": "1", "reason": "Fair", "to": travel}


CHANGE = {"what": "transfer", "amount": "5", "reason": "Fair"}
RATES = b"Date,USD,CNY\n" + b"".join(b"2026-02-%02d,1.08,7.83\n" % day for day in range(1, 29))
GROUP = {"key": "entertainment", "title": {"en": "Entertainment", "zh": "Guests"}, "categories": ["reception"]}
TAXI = {"key": "taxi", "title": {"en": "Taxi", "zh": "Taxi"}, "budget": "travel", "asks": ["route"]}


def _change(**facts: Any) -> Any:
    def body(records: Any) -> Any:
        travel = records["budget"].replace(".reception.", ".travel.")
        return CHANGE | {"line": records["budget"], "source": travel} | facts

    return body


def _file(records: Any) -> bytes:
    rows = (f"{company.HEAD_OFFICE.id},reception,2028-{month:02},1000\n" for month in range(1, 13))
    return "".join(("Department,Category,Month,Budget\n", *rows)).encode()


_ONE = {"id": "budget"}
_CHANGE = {"id": "budget_change"}
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
    Case("detail", "GET", "/budgets/groups", ADMIN),
    Case("command", "POST", "/budgets/groups", ADMIN, said(groups=[GROUP])),
    Case("form", "GET", "/budgets/import", ADMIN),
    Case("command", "POST", "/budgets/import", ADMIN, _file),
    Case("list", "GET", "/budget-changes", FINANCE),
    Case("form", "GET", "/budget-changes/new", FINANCE),
    Case("command", "POST", "/budget-changes", FINANCE, _change(submit=True)),
    Case("detail", "GET", "/budget-changes/{id}", FINANCE, params=_CHANGE),
    Case("form", "GET", "/budget-changes/{id}/edit", FINANCE, params=_CHANGE),
    Case("command", "POST", "/budget-changes/{id}", FINANCE, _change(submit=True), _CHANGE),
    Case("command", "POST", "/budget-changes/{id}/actions", FINANCE, said(action="submit"), _CHANGE),
    Case("list", "GET", "/rates", ADMIN),
    Case("command", "POST", "/rates", ADMIN, said(day="2026-02-27", currency="USD", base="CNY", value="7.2")),
    Case("command", "POST", "/rates/import", ADMIN, lambda _: RATES),
    Case("list", "GET", "/expense-categories", ADMIN),
    Case("form", "GET", "/expense-categories/new", ADMIN),
    Case("command", "POST", "/expense-categories", ADMIN, said(**TAXI)),
    Case("detail", "GET", "/expense-categories/{id}", ADMIN, params={"id": "category"}),
    Case("command", "POST", "/expense-categories/{id}", ADMIN, said(**TAXI), {"id": "category"}),
)
