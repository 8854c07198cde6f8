"""Atrium with a small company on the tables in memory: what every bench runs on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.sites import Gate, Resource, Site
from chalicelib.domain.statistics import COMPANY, MEASURES, Cell, months_between
from chalicelib.models.exports import ExportItem
from chalicelib.models.sites import SiteItem
from chalicelib.models.statistics import SHARDS, CellItem
from chalicelib.models.store import Add, DynamoStore, Update, create
from tests import company, reception
from tests.bench.network import Network, other_services
from tests.bench.signing import Pool
from tests.bench.tables import Change, Tables
from tests.client import Answer, Client

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ONE_VISITOR = [{"name": "王小明", "phone": "13912345678", "company": "远航科技有限公司"}]
PASSPORT = {"document_kind": "passport", "document_number": "E12345678"}
SITE = Site(
    id="hq",
    name={"zh-CN": "总部", "en": "Head office"},
    address={"zh-CN": "上海市浦东新区世纪大道1号", "en": "1 Century Avenue, Shanghai"},
    rules={"zh-CN": "请佩戴访客证", "en": "Please wear your badge"},
    time_zone="Asia/Shanghai",
    gates=(Gate("north", {"zh-CN": "北门", "en": "North gate"}), Gate("south", {"zh-CN": "南门", "en": "South gate"})),
    resources=(
        Resource("r1", "room", {"zh-CN": "一号会议室", "en": "Room 1"}, 8),
        Resource("r2", "room", {"zh-CN": "二号", "en": "Room 2"}, 20),
    ),
)
ADMIN = company.person("admin", roles=frozenset({"employee", "administrator"}), second_factor_since=NOW - timedelta(9))
MANAGER = company.person("manager", name="陈经理", manager=ADMIN.id, roles=frozenset({"employee", "approver"}))
APPLICANT = company.person("applicant", manager=MANAGER.id)
GUARD = company.person(
    "guard", roles=frozenset({"employee", "gate"}), site="hq", second_factor_since=NOW - timedelta(9)
)
RECEPTION = company.person("reception", roles=frozenset({"employee", "reception"}))
FINANCE = company.person(
    "finance",
    manager=MANAGER.id,
    roles=frozenset({"employee", "finance"}),
    second_factor_since=NOW - timedelta(9),
)
PEOPLE = (ADMIN, MANAGER, APPLICANT, GUARD, RECEPTION, FINANCE)


def application(**changes: Any) -> dict[str, Any]:
    """A visit application of today, with one visitor and a room."""
    times = {"starts": (NOW + timedelta(minutes=20)).isoformat(), "ends": (NOW + timedelta(hours=8)).isoformat()}
    return {"site": "hq", "purpose": "Contract talks", "visitors": ONE_VISITOR, **times} | changes


@dataclass
class World:
    """The application, its network, and the records that the benches ask about."""

    network: Network
    pool: Pool
    app: Any
    tokens: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    filled: int = 0
    now: datetime = NOW

    @property
    def tables(self) -> Tables:
        return self.network.tables

    def client(self, who: Person | None) -> Client:
        """A program of that person, or of nobody."""
        if who is None:
            return Client(self.app)
        if who.id not in self.tokens:
            self.tokens[who.id] = self.pool.token(who.id, self.now)
        return Client(self.app, self.tokens[who.id])

    def at(self, now: datetime) -> None:
        """Let it be that time; everybody has signed in again since."""
        self.now = now
        self.tokens.clear()

    def must(self, who: Person | None, path: str, body: Any) -> Any:
        """A command that has to go well; its answer."""
        return expect(self.client(who).post(path, body)).json

    def apply(self, **changes: Any) -> str:
        """A new visit of the applicant's; its id."""
        return str(self.must(APPLICANT, "/visits", application(**changes))["id"])

    def number_of(self, visit: str) -> str:
        """The reservation number of an invited visit's first visitor."""
        return str(_item(self, "reception", f"visit#{visit}", "visitor#0001")["reservation"]["S"])

    def task(self, name: str, visit: str, **more: Any) -> Any:
        """Run a task of the state machine `visit` in its first round."""
        return self.app_function("visit_tasks")({"task": name, "visit": visit, "round": 1, **more}, None)

    def app_function(self, name: str) -> Any:
        """A Lambda function of the application besides the API."""
        return next(each for each in self.app.handler_map.items() if each[0] == name)[1]

    def take_changes(self) -> list[Change]:
        """What the streams have to tell since this was asked last."""
        changes, self.tables.changes = self.tables.changes, []
        return changes


def expect(answer: Answer) -> Answer:
    """The answer if it is a good one; raises AssertionError with what it says."""
    if answer.status >= 300:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer


@contextmanager
def world() -> Iterator[World]:
    """A fresh world, with the example records in it."""
    pool = Pool()
    network = Network(Tables(), other_services(lambda: pool.token(APPLICANT.id, NOW)))
    with network.attached():
        made = World(network, pool, _application(pool))
        _set_clock(made)
        _found(made)
        _fill(made)
        yield made


def _application(pool: Pool) -> Any:
    from app import app
    from chalicelib.gateways import jwks

    jwks.key_set()._fetch = pool.published
    return app


def _set_clock(made: World) -> None:
    from chalicelib.handlers import callers
    from chalicelib.workflows import context

    callers.clock = context.clock = lambda: made.now


def forget() -> None:
    """Forget what the process remembers of directory, sites and what finance keeps: the next request is cold."""
    from chalicelib.services import budgets, compliance, directory, expenses, rates, sites, standards

    directory.forget()
    sites.forget()
    standards.forget()
    compliance.forget()
    budgets.forget_groups()
    expenses.forget()
    rates.forget()


def _found(made: World) -> None:
    store = DynamoStore()
    company.add_department(store)
    store.write(create(SiteItem.from_site(SITE)))
    for person in PEOPLE:
        company.add_person(store, person)


def _fill(made: World) -> None:
    from tests.bench import (
        advances,
        budget_applications,
        budgets,
        checking,
        claims,
        custom,
        finance,
        gates,
        payments,
        received,
        receptions,
    )
    from tests.bench.following import follow

    records = made.records
    records |= {"site": SITE.id, "department": company.HEAD_OFFICE.id, "member": RECEPTION.id}
    records["draft"] = made.apply()
    records["archived"] = made.apply()
    DynamoStore().write(create(reception.an_archive(reception.a_visit(id=records["archived"]))))
    records["identified"] = made.apply(visitors=[ONE_VISITOR[0] | PASSPORT])
    listed = json.loads(_item(made, "reception", f"visit#{records['identified']}", "guests")["visitors"]["S"])
    records["ref"] = listed[0]["document"]["ref"]
    records["pending"] = made.apply(submit=True, resources=[{"resource": "r2"}])
    records["task"] = _task_of(made, records["pending"])
    records["decided"] = approved(made)
    made.task("invite", records["decided"], next=0)
    guest = _item(made, "reception", f"visit#{records['decided']}", "visitor#0001")
    records |= {"link": guest["link"]["S"], "number": guest["reservation"]["S"], "digits": guest["phone"]["S"][-4:]}
    records["qr"] = qr_text(records["decided"], 1)
    records["invitation"] = sent_before(records["decided"])
    custom.fill(made)
    gates.fill(made)
    receptions.standards(made)
    budgets.budgets(made)
    finance.finance_exports(made)
    budget_applications.applications(made)
    received.received(made)
    checking.limits(made)
    advances.advances(made)
    claims.claims(made)
    payments.fill(made)
    receptions.prepared(made)
    follow(made)
    receptions.task_of(made)
    records["privacy"] = made.must(RECEPTION, "/privacy", {"wish": "export", "contact": "13912345678"})["id"]
    for name in ("export", "exported"):
        records[name] = made.must(ADMIN, "/exports", {"sheet": "audit", "format": "csv"})["id"]
    DynamoStore().write(Update(ExportItem.at(records["exported"]), {"status": "done"}, {}))
    _keep_a_year_of_figures()
    week = {"from": NOW.isoformat(), "until": (NOW + timedelta(days=7)).isoformat()}
    made.must(ADMIN, f"/people/{GUARD.id}/leave", {"substitute": MANAGER.id} | week)
    records |= {"absent": GUARD.id, "chief": MANAGER.id, "role": "reception"}
    inbox = expect(made.client(APPLICANT).get("/notices")).json
    records["notice"] = inbox["items"][0]["id"]


def approved(made: World, **changes: Any) -> str:
    """An approved visit; its id."""
    visit = made.apply(submit=True, **changes)
    made.must(MANAGER, f"/approvals/{_task_of(made, visit)}/actions", {"action": "approve"})
    return visit


def _keep_a_year_of_figures() -> None:
    """What a ledger of thirteen months adds up."""
    store = DynamoStore()
    cells = [Cell(COMPANY, month) for month in months_between("2025-04", "2026-04")]
    keys = [CellItem.at(cell, shard) for cell in cells for shard in range(SHARDS)]
    store.write(*(Add(key, {str(measure): 12345 for measure in MEASURES}) for key in keys))


def _task_of(made: World, visit: str) -> str:
    running = _item(made, "approvals", f"approval#visit-{visit}", "approval")
    return str(json.loads(running["tasks"]["S"])[-1]["id"])


def _item(made: World, area: str, pk: str, sk: str) -> Any:
    found = made.tables.item((f"atrium-test-{area}", pk, sk))
    if found is None:
        raise AssertionError(f"there is no {pk} {sk}")
    return found


def sent_before(visit_id: str) -> str:
    """The first visitor's invitation, an hour after it was sent."""
    from dataclasses import replace

    from chalicelib.domain.notifications import Intent
    from chalicelib.models.notifications import IntentItem
    from chalicelib.models.store import Put

    store = DynamoStore()
    id = f"{visit_id}#0001#invited#1"
    (item,) = store.get(IntentItem.at(id))
    sent = replace(item.to(Intent), status="sent", created_at=NOW - timedelta(hours=1))
    store.write(Put(IntentItem.from_intent(sent), {}))
    return id


def qr_text(visit_id: str, no: int) -> str:
    """What a scanner reads from the QR of a visitor."""
    from chalicelib.domain.invitations import Guest, code_for, encode_code
    from chalicelib.domain.visits import Visit
    from chalicelib.gateways.signer import signer
    from chalicelib.models.gate import GuestItem
    from chalicelib.models.visits import VisitItem

    guest, visit = DynamoStore().get(GuestItem.at(visit_id, no), VisitItem.at(visit_id))
    code = code_for(guest.to(Guest), visit.to(Visit).starts, visit.to(Visit).ends, SITE.early_minutes)
    return "https://atrium.example/i/" + encode_code(code, signer().sign)
