"""What advances add to the benches: advances in every stage, and a request for each route."""

from __future__ import annotations

from typing import Any

from chalicelib.models.store import DynamoStore
from chalicelib.services.call import Call
from chalicelib.services.ids import new_id
from tests.advances import payment
from tests.bench.case import Case, said
from tests.bench.world import ADMIN, APPLICANT, FINANCE, MANAGER, NOW, World

ADVANCE = {"purpose": "Reception", "amount": "300", "due": f"{NOW:%Y-%m}-28"}
TERMS = {"limits": [{"grade": "", "currency": "CNY", "amount": "90000"}]}


def advances(made: World) -> None:
    """Rules, a draft, an advance that waits for its approvers, and one that was paid."""
    made.must(ADMIN, "/advances/terms", TERMS)
    for name, submit in (("advance_draft", False), ("advance_pending", True), ("advance", True)):
        made.records[name] = str(made.must(APPLICANT, "/advances", ADVANCE | {"submit": submit})["id"])
    for person in (MANAGER, FINANCE):
        made.must(person, f"/approvals/advance-{made.records['advance']}/actions", {"action": "approve"})
    payment(Call(DynamoStore(), NOW, new_id, None, "system:payments"), made.records["advance"])


_DRAFT, _ONE, _PENDING = {"id": "advance_draft"}, {"id": "advance"}, {"id": "advance_pending"}


def _submitted(**body: Any) -> Any:
    return said(**ADVANCE | {"submit": True} | body)


ADVANCE_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/advances", APPLICANT),
    Case("form", "GET", "/advances/new", APPLICANT),
    Case("command", "POST", "/advances", APPLICANT, said(**ADVANCE), note="draft"),
    Case("command", "POST", "/advances", APPLICANT, _submitted(), note="submitted"),
    Case("list", "GET", "/advances/ageing", ADMIN),
    Case("form", "GET", "/advances/terms", ADMIN),
    Case("command", "POST", "/advances/terms", ADMIN, said(**TERMS)),
    Case("detail", "GET", "/advances/{id}", APPLICANT, params=_ONE),
    Case("form", "GET", "/advances/{id}/edit", APPLICANT, params=_DRAFT),
    Case("command", "POST", "/advances/{id}", APPLICANT, said(**ADVANCE), _DRAFT),
    Case("command", "POST", "/advances/{id}/actions", APPLICANT, said(action="submit"), _DRAFT, note="submit"),
    Case("command", "POST", "/advances/{id}/actions", APPLICANT, said(action="withdraw"), _PENDING, note="withdraw"),
    Case("command", "POST", "/advances/{id}/account", ADMIN, said(action="return", amount="1"), _ONE),
)
