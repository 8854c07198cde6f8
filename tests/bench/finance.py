"""What finance's export adds to the benches: a run that is done, and a request for each route."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.domain.claims import Allocation, Claim, Line
from chalicelib.domain.finance_exports import File
from chalicelib.domain.spend import of_claim
from chalicelib.models.claims import ClaimItem
from chalicelib.models.finance_exports import DayItem, RunItem, StepItem
from chalicelib.models.item import Item
from chalicelib.models.spend import SpendCellItem
from chalicelib.models.store import Delete, DynamoStore, Update
from tests import company
from tests.bench.case import Case, said
from tests.bench.world import ADMIN, APPLICANT, NOW, World


def finance_exports(made: World) -> None:
    """Today's export is there."""
    id = str(made.must(ADMIN, "/finance-exports", {})["id"])
    done = {"status": "done", "files": (File("budget_lines", 2, 300, "0" * 64, "1" * 64),)}
    day = Update(DayItem.at(NOW.date()), {"running": "", "current": id}, {})
    DynamoStore().write(Update(RunItem.at(id), done, {}), day, Delete(StepItem.at(id), {}))
    made.records |= {"finance_export": id, "finance_file": "budget_lines"}


def spent(id: str) -> Iterator[Item]:
    """A claim that was paid, and its expense in the lists of the company."""
    share = (Allocation(company.HEAD_OFFICE.id, 4200),)
    line = Line("a", "meal", NOW.date(), 4200, "CNY", 4200, share, customer="远航")
    known = {"applicant": APPLICANT.id, "applicant_name": APPLICANT.name, "department": company.HEAD_OFFICE.id}
    whose = known | {"department_path": company.HEAD_OFFICE.path, "currency": "CNY", "purpose": "Visit"}
    claim = Claim(id, f"CL{id}", **whose, lines=(line,), created_at=NOW, submitted_at=NOW, status="paid")  # type: ignore[arg-type]
    yield ClaimItem.from_claim(claim)
    for cell, figures in of_claim(claim):
        if cell.dimension == "line":
            _, pk, sk = SpendCellItem.at(cell, 0)
            yield SpendCellItem(pk, sk, **figures)


_ONE = {"id": "finance_export"}
FINANCE_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/reports", ADMIN),
    Case("list", "GET", "/reports", ADMIN, query="?by=person"),
    Case("list", "GET", "/reports", ADMIN, query="?view=budgets", note="budgets used"),
    Case("list", "GET", "/reports", ADMIN, query="?view=approvals", note="approval times"),
    Case("list", "GET", "/reports", ADMIN, query="?view=second_look", note="worth a second look"),
    Case("list", "GET", "/reports/expenses", ADMIN),
    Case("file", "GET", "/reports/month.pdf", ADMIN, query="?month=2026-03"),
    Case("list", "GET", "/finance-exports", ADMIN),
    Case("command", "POST", "/finance-exports", ADMIN, said()),
    Case("detail", "GET", "/finance-exports/{id}", ADMIN, params=_ONE),
    Case("detail", "GET", "/finance-exports/{id}/{kind}", ADMIN, params=_ONE | {"kind": "finance_file"}),
)
