"""One request for each endpoint: who asks, for what, and which reach holds for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from chalicelib.domain.directory import Person
from tests import company
from tests.bench.world import ADMIN, APPLICANT, GUARD, MANAGER, NOW, RECEPTION, World, application
from tests.client import PAGE, Answer

type Kind = Literal["command", "list", "detail", "scan", "sign-in", "form"]
type Records = Mapping[str, str]

REACH: Mapping[Kind, int] = {"command": 2, "list": 2, "detail": 2, "scan": 2}
"""Sequential DynamoDB calls at most; what is left out here has no reach of its own."""


@dataclass(frozen=True)
class Case:
    """A request. `path` and `body` are filled from the world's records."""

    kind: Kind
    method: str
    route: str
    who: Person | None = None
    body: Callable[[Records], Any] | None = None
    params: Mapping[str, str] | None = None
    query: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}{self.query}" + (f" ({self.note})" if self.note else "")

    def send(self, world: World, page: bool = False) -> Answer:
        """Send it; as a browser would if `page`. Raises AssertionError unless it goes well."""
        client = world.client(self.who)
        path = self.route.format_map({name: world.records[key] for name, key in (self.params or {}).items()})
        if self.body:
            answer = client.post(path, self.body(world.records), key="bench-key-1")
        else:
            answer = client.send(self.method, path + self.query, headers={"Accept": PAGE} if page else None)
        if answer.status >= 400:
            raise AssertionError(f"{self.name}: {answer.status} {answer.text}")
        return answer


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


def _said(**body: Any) -> Callable[[Records], Any]:
    return lambda _: body


def _read(records: Records) -> Any:
    return {"action": "read", "ids": [records["notice"]]}


def _leave(_: Records) -> Any:
    times = {"from": NOW.isoformat(), "until": (NOW + timedelta(days=7)).isoformat()}
    return {"substitute": MANAGER.id} | times


_MONDAYS = {"mon": {"opens": "09:00", "closes": "18:00"}}
_VISIT = {"id": "draft"}
_TASK = {"id": "task"}
_LINK = {"token": "link"}
_HQ = {"id": "site"}
_UNIT = {"id": "department"}
_MEMBER = {"id": "member"}

CASES: tuple[Case, ...] = (
    Case("list", "GET", "/visits", APPLICANT),
    Case("form", "GET", "/visits/new", APPLICANT),
    Case("command", "POST", "/visits", APPLICANT, _said(**application()), note="draft"),
    Case(
        "command",
        "POST",
        "/visits",
        APPLICANT,
        _said(**application(submit=True, rooms=[{"room": "r1"}])),
        note="submitted, with a room",
    ),
    Case("detail", "GET", "/visits/{id}", APPLICANT, params={"id": "decided"}),
    Case("form", "GET", "/visits/{id}/edit", APPLICANT, params=_VISIT),
    Case("command", "POST", "/visits/{id}", APPLICANT, _said(**application(purpose="Another one")), _VISIT),
    Case("command", "POST", "/visits/{id}/actions", APPLICANT, _said(action="submit"), _VISIT, note="submit"),
    Case(
        "command", "POST", "/visits/{id}/actions", APPLICANT, _said(action="cancel"), {"id": "decided"}, note="cancel"
    ),
    Case("list", "GET", "/", MANAGER, note="home"),
    Case("list", "GET", "/ledger/visits", RECEPTION),
    Case("list", "GET", "/notices", APPLICANT),
    Case("command", "POST", "/notices/actions", APPLICANT, _read),
    Case("list", "GET", "/approvals/count", MANAGER),
    Case("list", "GET", "/approvals", MANAGER),
    Case("list", "GET", "/approvals", MANAGER, query="?box=decided"),
    Case("detail", "GET", "/approvals/{id}", MANAGER, params=_TASK),
    Case("command", "POST", "/approvals/{id}/actions", MANAGER, _said(action="approve"), _TASK, note="approve"),
    Case("detail", "GET", "/i/{token}", params=_LINK),
    Case("command", "POST", "/i/{token}/actions", None, _said(action="accept_rules"), _LINK),
    Case("detail", "GET", "/i/{token}/qr.png", params=_LINK),
    Case("detail", "GET", "/i/{token}/qr.svg", params=_LINK),
    Case("form", "GET", "/gate", GUARD),
    Case("scan", "POST", "/gate/scans", GUARD, _scan("qr"), note="QR"),
    Case("scan", "POST", "/gate/scans", GUARD, _scan("number"), note="reservation number"),
    Case("scan", "POST", "/gate/scans", GUARD, _scan("digits"), note="phone digits"),
    Case("list", "GET", "/gate/expected", GUARD),
    Case("list", "GET", "/gate/onsite", GUARD),
    Case("list", "GET", "/gate/evacuation", GUARD),
    Case("list", "GET", "/people", ADMIN),
    Case("command", "POST", "/people", ADMIN, _person()),
    Case("list", "GET", "/people/search", APPLICANT, query="?q=%E6%9E%97"),
    Case("detail", "GET", "/people/{id}", ADMIN, params=_MEMBER),
    Case("form", "GET", "/people/{id}/password", ADMIN, params=_MEMBER),
    Case("command", "POST", "/people/{id}", ADMIN, _person(), _MEMBER),
    Case("command", "POST", "/people/{id}/actions", ADMIN, _said(action="depart"), _MEMBER),
    Case("command", "POST", "/people/{id}/password", ADMIN, _said(password=company.PASSWORD), _MEMBER),
    Case("list", "GET", "/people/away", APPLICANT),
    Case("form", "GET", "/people/{id}/leave", ADMIN, params=_MEMBER),
    Case("command", "POST", "/people/{id}/leave", ADMIN, _leave, _MEMBER),
    Case("command", "POST", "/people/{id}/leave/actions", ADMIN, _said(action="end"), {"id": "absent"}),
    Case("form", "GET", "/people/{id}/owned", ADMIN, params={"id": "chief"}),
    Case("command", "POST", "/people/{id}/handover", ADMIN, _said(to=RECEPTION.id), {"id": "chief"}),
    Case("detail", "GET", "/me", APPLICANT),
    Case("command", "POST", "/me", APPLICANT, _said(locale="en", time_zone="Asia/Tokyo")),
    Case("list", "GET", "/audit", ADMIN),
    Case("detail", "GET", "/history", ADMIN, query="?record=site&id=hq"),
    Case("list", "GET", "/departments", APPLICANT),
    Case("command", "POST", "/departments", ADMIN, _said(name="销售部", cost_centre="2000")),
    Case("detail", "GET", "/departments/{id}", APPLICANT, params=_UNIT),
    Case("command", "POST", "/departments/{id}", ADMIN, _said(name="总部", cost_centre="1001"), _UNIT),
    Case("form", "GET", "/roles", ADMIN),
    Case("form", "GET", "/roles/{role}", ADMIN, params={"role": "role"}),
    Case("command", "POST", "/roles/{role}", ADMIN, _said(action="give", person=APPLICANT.id), {"role": "role"}),
    Case("detail", "GET", "/calendar", ADMIN),
    Case("command", "POST", "/calendar", ADMIN, _said(country="CN", time_zone="Asia/Shanghai", week=_MONDAYS)),
    Case("list", "GET", "/sites", APPLICANT),
    Case("command", "POST", "/sites", ADMIN, _said(name={"en": "Plant"})),
    Case("detail", "GET", "/sites/{id}", APPLICANT, params=_HQ),
    Case("form", "GET", "/sites/{id}/gates", ADMIN, params=_HQ),
    Case("form", "GET", "/sites/{id}/rooms", ADMIN, params=_HQ),
    Case("command", "POST", "/sites/{id}", ADMIN, _said(name={"en": "Head office"}), _HQ),
    Case("command", "POST", "/sites/{id}/gates", ADMIN, _said(name={"en": "West gate"}), _HQ),
    Case("command", "POST", "/sites/{id}/rooms", ADMIN, _said(name={"en": "Room 3"}, seats=4), _HQ),
    Case("sign-in", "POST", "/session", None, _said(login=APPLICANT.login, password=company.PASSWORD), note="password"),
    Case("sign-in", "POST", "/session/refresh", None, _said(refresh_token="refresh")),
    Case("command", "POST", "/session/end", APPLICANT, _said()),
)

UNMEASURED = frozenset({"GET /health", "GET /static/{name}", "GET /openapi.json", "GET /docs", "GET /sign-in"})
"""These read no table."""
