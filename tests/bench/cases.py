"""One request for each endpoint: who asks, for what, and which reach holds for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import company
from tests.bench.advances import ADVANCE_CASES
from tests.bench.budget_applications import APPLICATION_CASES
from tests.bench.budgets import BUDGET_CASES
from tests.bench.case import Case, Records, said
from tests.bench.checking import RULE_CASES
from tests.bench.claims import CLAIM_CASES
from tests.bench.custom import CUSTOM_CASES
from tests.bench.finance import FINANCE_CASES
from tests.bench.gates import GATE_CASES
from tests.bench.payments import PAYMENT_CASES
from tests.bench.received import RECEIVED_CASES
from tests.bench.receptions import RECEPTION_CASES
from tests.bench.world import ADMIN, APPLICANT, GUARD, MANAGER, NOW, RECEPTION, application


def _scan(code: str, **more: Any) -> Callable[[Records], Any]:
    return lambda records: {"code": records[code], "gate": "hq/north", "nonce": "bench-nonce"} | more


def _person(**changes: Any) -> Callable[[Records], Any]:
    facts = {
        "login": "new.person",
        "name": "新人",
        "email": "new.person@atrium.example",
        "phone": "13800138001",
        "department": company.HEAD_OFFICE.id,
        "manager": MANAGER.id,
    }
    return lambda _: facts | changes


def _read(records: Records) -> Any:
    return {"action": "read", "ids": [records["notice"]]}


def _invitation(records: Records) -> Any:
    return {"message": records["invitation"]}


def _leave(_: Records) -> Any:
    times = {"from": NOW.isoformat(), "until": (NOW + timedelta(days=7)).isoformat()}
    return {"substitute": MANAGER.id} | times


_MONDAYS = {"mon": {"opens": "09:00", "closes": "18:00"}}
_VISIT = {"id": "draft"}
_IDENTIFIED = {"id": "identified", "ref": "ref"}
_TASK = {"id": "task"}
_LINK = {"token": "link"}
_HQ = {"id": "site"}
_UNIT = {"id": "department"}
_MEMBER = {"id": "member"}

CASES: tuple[Case, ...] = (
    Case("list", "GET", "/visits", APPLICANT),
    Case("form", "GET", "/visits/new", APPLICANT),
    Case("list", "GET", "/resources", APPLICANT, query="?site=hq"),
    Case("command", "POST", "/visits", APPLICANT, said(**application()), note="draft"),
    Case(
        "command",
        "POST",
        "/visits",
        APPLICANT,
        said(**application(submit=True, resources=[{"resource": "r1"}])),
        note="submitted, with a room",
    ),
    Case("detail", "GET", "/visits/{id}", APPLICANT, params={"id": "decided"}),
    Case("detail", "GET", "/visits/{id}/visit.ics", APPLICANT, params={"id": "decided"}),
    Case("list", "GET", "/visits/{id}/messages", APPLICANT, params={"id": "decided"}),
    Case("command", "POST", "/visits/{id}/messages", APPLICANT, _invitation, {"id": "decided"}),
    Case("form", "GET", "/visits/{id}/edit", APPLICANT, params=_VISIT),
    Case("form", "POST", "/visits/import", APPLICANT, said(name="phone")),
    Case("form", "GET", "/visits/{id}/copy", APPLICANT, params={"id": "decided"}),
    Case("command", "POST", "/visits/{id}", APPLICANT, said(**application(purpose="Another one")), _VISIT),
    Case("command", "POST", "/visits/{id}/actions", APPLICANT, said(action="submit"), _VISIT, note="submit"),
    Case("command", "POST", "/visits/{id}/actions", APPLICANT, said(action="cancel"), {"id": "decided"}, note="cancel"),
    Case("command", "POST", "/visits/{id}/documents/{ref}", RECEPTION, said(action="show"), _IDENTIFIED),
    Case("list", "GET", "/", MANAGER, note="home"),
    Case("list", "GET", "/ledger/visits", RECEPTION),
    Case("list", "GET", "/ledger/customers", RECEPTION),
    Case("list", "GET", "/ledger/ratings", RECEPTION),
    Case("detail", "GET", "/visits/{id}/archive", RECEPTION, params={"id": "archived"}),
    Case("list", "GET", "/notices", APPLICANT),
    Case("command", "POST", "/notices/actions", APPLICANT, _read),
    Case("list", "GET", "/approvals/count", MANAGER),
    Case("list", "GET", "/approvals", MANAGER),
    Case("list", "GET", "/approvals", MANAGER, query="?box=decided"),
    Case("detail", "GET", "/approvals/{id}", MANAGER, params=_TASK),
    Case("command", "POST", "/approvals/{id}/actions", MANAGER, said(action="approve"), _TASK, note="approve"),
    Case("detail", "GET", "/i/{token}", params=_LINK),
    Case("command", "POST", "/i/{token}/actions", None, said(action="accept_rules"), _LINK),
    Case("detail", "GET", "/i/{token}/card.svg", params=_LINK),
    Case("detail", "GET", "/i/{token}/qr.png", params=_LINK),
    Case("detail", "GET", "/i/{token}/qr.svg", params=_LINK),
    Case("detail", "GET", "/i/{token}/visit.ics", params=_LINK),
    Case("form", "GET", "/gate", GUARD),
    Case("scan", "POST", "/gate/scans", GUARD, _scan("qr"), note="QR"),
    Case("scan", "POST", "/gate/scans", GUARD, _scan("number"), note="reservation number"),
    Case("scan", "POST", "/gate/scans", GUARD, _scan("digits"), note="phone digits"),
    Case("list", "GET", "/gate/expected", GUARD),
    Case("list", "GET", "/gate/onsite", GUARD),
    Case("list", "GET", "/gate/evacuation", GUARD),
    Case("list", "GET", "/privacy", RECEPTION),
    Case("command", "POST", "/privacy", RECEPTION, said(wish="erase", contact="13912345678")),
    Case("detail", "GET", "/privacy/{id}", RECEPTION, params={"id": "privacy"}),
    Case("form", "GET", "/privacy/{id}/data", RECEPTION, params={"id": "privacy"}),
    Case("detail", "GET", "/retention", ADMIN),
    Case("command", "POST", "/retention", ADMIN, said(documents=30, contacts=90, passages=365, messages=30)),
    Case("list", "GET", "/exports", ADMIN),
    Case("command", "POST", "/exports", ADMIN, said(sheet="audit", format="csv")),
    Case("detail", "GET", "/exports/{id}", ADMIN, params={"id": "export"}),
    Case("detail", "GET", "/exports/{id}/file", ADMIN, params={"id": "exported"}),
    Case("list", "GET", "/people", ADMIN),
    Case("command", "POST", "/people", ADMIN, _person()),
    Case("list", "GET", "/people/search", APPLICANT, query="?q=%E6%9E%97"),
    Case("detail", "GET", "/people/{id}", ADMIN, params=_MEMBER),
    Case("form", "GET", "/people/{id}/password", ADMIN, params=_MEMBER),
    Case("command", "POST", "/people/{id}", ADMIN, _person(), _MEMBER),
    Case("command", "POST", "/people/{id}/actions", ADMIN, said(action="depart"), _MEMBER),
    Case("command", "POST", "/people/{id}/password", ADMIN, said(password=company.PASSWORD), _MEMBER),
    Case("list", "GET", "/people/away", APPLICANT),
    Case("form", "GET", "/people/{id}/leave", ADMIN, params=_MEMBER),
    Case("command", "POST", "/people/{id}/leave", ADMIN, _leave, _MEMBER),
    Case("command", "POST", "/people/{id}/leave/actions", ADMIN, said(action="end"), {"id": "absent"}),
    Case("form", "GET", "/people/{id}/owned", ADMIN, params={"id": "chief"}),
    Case("command", "POST", "/people/{id}/handover", ADMIN, said(to=RECEPTION.id), {"id": "chief"}),
    Case("detail", "GET", "/me", APPLICANT),
    Case("command", "POST", "/me", APPLICANT, said(locale="en", time_zone="Asia/Tokyo")),
    Case("list", "GET", "/audit", ADMIN),
    Case("detail", "GET", "/history", ADMIN, query="?record=site&id=hq"),
    Case("list", "GET", "/departments", APPLICANT),
    Case("command", "POST", "/departments", ADMIN, said(name="销售部", cost_centre="2000")),
    Case("detail", "GET", "/departments/{id}", APPLICANT, params=_UNIT),
    Case("command", "POST", "/departments/{id}", ADMIN, said(name="总部", cost_centre="1001"), _UNIT),
    Case("form", "GET", "/roles", ADMIN),
    Case("form", "GET", "/roles/{role}", ADMIN, params={"role": "role"}),
    Case("command", "POST", "/roles/{role}", ADMIN, said(action="give", person=APPLICANT.id), {"role": "role"}),
    Case("detail", "GET", "/calendar", ADMIN),
    Case("command", "POST", "/calendar", ADMIN, said(country="CN", time_zone="Asia/Shanghai", week=_MONDAYS)),
    Case("list", "GET", "/sites", APPLICANT),
    Case("command", "POST", "/sites", ADMIN, said(name={"en": "Plant"})),
    Case("detail", "GET", "/sites/{id}", APPLICANT, params=_HQ),
    Case("form", "GET", "/sites/{id}/gates", ADMIN, params=_HQ),
    Case("form", "GET", "/sites/{id}/resources", ADMIN, params=_HQ),
    Case("command", "POST", "/sites/{id}", ADMIN, said(name={"en": "Head office"}), _HQ),
    Case("command", "POST", "/sites/{id}/gates", ADMIN, said(name={"en": "West gate"}), _HQ),
    Case("command", "POST", "/sites/{id}/resources", ADMIN, said(kind="room", name={"en": "Room 3"}, seats=4), _HQ),
    *ADVANCE_CASES,
    *BUDGET_CASES,
    *FINANCE_CASES,
    *APPLICATION_CASES,
    *CLAIM_CASES,
    *CUSTOM_CASES,
    *GATE_CASES,
    *RECEIVED_CASES,
    *PAYMENT_CASES,
    *RECEPTION_CASES,
    *RULE_CASES,
    Case("sign-in", "POST", "/session", None, said(login=APPLICANT.login, password=company.PASSWORD), note="password"),
    Case("sign-in", "POST", "/session/refresh", None, said(refresh_token="refresh")),
    Case("command", "POST", "/session/end", APPLICANT, said()),
)

UNMEASURED = frozenset({"GET /health", "GET /static/{name}", "GET /openapi.json", "GET /docs", "GET /sign-in"})
"""These read no table."""
