"""What a command finds: a company, and its visits in every stage, each made by the commands before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from chalicelib.domain.invitations import Guest, code_for, encode_code
from chalicelib.domain.sites import Gate, Resource, Site
from chalicelib.domain.visits import Visit
from chalicelib.gateways.signer import signer
from chalicelib.models.gate import GuestItem
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import DynamoStore, create
from chalicelib.models.visits import VisitItem
from tests import company
from tests.faults import (
    advances,
    budgets,
    changes,
    claiming,
    custom,
    moves,
    payments,
    processes,
    received,
    receptions,
    rules,
    spending,
)
from tests.faults.applications import application, with_document
from tests.faults.asking import act, decide, done, find_task, seen
from tests.faults.world import START, World

SITE = Site(
    id="hq",
    name={"zh-CN": "总部", "en": "Head office"},
    address={"zh-CN": "中山路 1 号", "en": "1 Zhongshan Road"},
    rules={"zh-CN": "请佩戴访客证", "en": "Please wear your badge"},
    time_zone="Asia/Shanghai",
    early_minutes=240,
    gates=(Gate("north", {"zh-CN": "北门", "en": "North gate"}),),
    resources=(Resource("r1", "room", {"zh-CN": "一号会议室", "en": "Room 1"}, 8, 15),),
)
ARRIVAL = START + timedelta(days=2)
SINCE = START - timedelta(days=30)
ROLES: Mapping[str, frozenset[str]] = {
    "admin": frozenset({"employee", "administrator"}),
    "manager": frozenset({"employee"}),
    "applicant": frozenset({"employee"}),
    "host": frozenset({"employee"}),
    "guard": frozenset({"employee", "gate"}),
    "leaver": frozenset({"employee"}),
}
MANAGERS = {"manager": "admin", "applicant": "manager", "host": "manager", "leaver": "manager"}


WEBHOOK = {"kind": "webhook", "name": "ERP", "url": "https://erp.example/atrium", "events": ["task_opened"]}
ROBOT = {"kind": "wecom", "name": "Reception", "url": "https://robots.example/send?key=1", "events": ["task_opened"]}


def identified(world: World) -> None:
    """A visit with a visitor whose passport is known."""
    answer = done(world, "applicant", "POST /visits", with_document(world))
    world.names["visit"] = answer["id"]
    shown = seen(world, "applicant", f"GET /visits/{answer['id']}")
    world.names["ref"] = shown["visitors"][0]["document"]["ref"]


def found_company(world: World) -> None:
    """Head office with a site and people who are signed in."""
    processes.start()
    store = DynamoStore()
    company.add_department(store)
    store.write(create(SiteItem.from_site(SITE)))
    world.names["site"] = SITE.id
    world.names["role"] = "gate"
    world.names["department"] = company.HEAD_OFFICE.id
    for login, roles in ROLES.items():
        manager = world.names.get(MANAGERS.get(login, ""))
        facts: dict[str, Any] = {"roles": roles, "manager": manager, "site": "hq", "second_factor_since": SINCE}
        someone = company.person(login, name=login.title(), **facts)
        world.names[login] = company.add_person(store, someone).id
        world.cloud.contents.accounts[someone.id] = {"enabled": True, "password": None, "signed_out": False}


def draft(world: World) -> None:
    """A visit that was filled in."""
    answer = done(world, "applicant", "POST /visits", application(world, submit=False))
    world.names.update(visit=answer["id"], number=answer["number"])


def pending(world: World) -> None:
    """A visit that its applicant's manager is to decide."""
    act(world, "submit")
    find_task(world)


def returned(world: World) -> None:
    """A visit that came back to its applicant."""
    decide(world, "return")


def withdrawn(world: World) -> None:
    """A visit that its applicant took back."""
    act(world, "withdraw")


def approved(world: World) -> None:
    """An approved visit."""
    decide(world, "approve")


def arriving(world: World) -> None:
    """Its day has come; visitors hold their links and codes."""
    world.run(until=ARRIVAL)
    guest_code(world)


def inside(world: World) -> None:
    """A visitor has come in."""
    done(world, "guard", "POST /gate/scans", {"code": world.names["code"], "gate": "north"})


def over(world: World) -> None:
    """The visit is over, whoever has not left is signed out, and everybody who came was asked how it was."""
    world.run(until=ARRIVAL + timedelta(days=2))


BLOCKED = {"list": "block", "name": "访客1", "reason": "Stole"}


def watched(world: World) -> None:
    """The first visitor is on the block list."""
    world.names["watched"] = done(world, "admin", "POST /watchlist", BLOCKED)["id"]


def called_off(world: World) -> None:
    """The visit was cancelled, and a gate without network does not know."""
    act(world, "cancel")


def late_scan(world: World) -> Mapping[str, Any]:
    """A scan of that gate, once the network is back."""
    return {"code": world.names["code"], "gate": "north", "nonce": "n-late", "at": ARRIVAL.isoformat()}


def unsettled(world: World) -> None:
    """What that gate did waits for reception."""
    world.names["issue"] = done(world, "guard", "POST /gate/scans", late_scan(world))["issue"]


def told(world: World) -> None:
    """The host has notices to read."""
    world.names["notice"] = seen(world, "host", "GET /notices")["items"][0]["id"]


def on_leave(world: World) -> None:
    """The host goes away in an hour, for a week."""
    away = {"substitute": world.names["manager"], "from": "2026-03-02T02:30:00Z", "until": "2026-03-09T02:30:00Z"}
    done(world, "host", f"POST /people/{world.names['host']}/leave", away)


def hooked(world: World) -> None:
    """Another system and a group are told of what is to be decided."""
    world.names["webhook"] = done(world, "admin", "POST /webhooks", WEBHOOK)["id"]
    world.names["robot"] = done(world, "admin", "POST /webhooks", ROBOT)["id"]


def tried(world: World) -> None:
    """A message has gone to the other system."""
    route = f"/webhooks/{world.names['webhook']}"
    done(world, "admin", f"POST {route}/actions", {"action": "test"})
    world.settle()
    world.names["message"] = seen(world, "admin", f"GET {route}")["items"][0]["id"]


def guest_code(world: World) -> None:
    """Note the first visitor's link and what a scanner reads from their code."""
    processes.start()
    visit, guest = DynamoStore().get(VisitItem.at(world.names["visit"]), GuestItem.at(world.names["visit"], 1))
    visit, guest = visit.to(Visit), guest.to(Guest)
    code = encode_code(code_for(guest, visit.starts, visit.ends, SITE.early_minutes), signer().sign)
    world.names.update(code=code, link=guest.link)
    assert any(re.search(rf"/i/{guest.link}(?![\w-])", text) for _, text in world.cloud.contents.messages)


SCENES: Mapping[str, tuple[str, Callable[[World], None]]] = {
    "company": ("", found_company),
    "draft": ("company", draft),
    "identified": ("company", identified),
    "on_leave": ("company", on_leave),
    "pending": ("draft", pending),
    "joined": ("pending", moves.joined),
    "advising": ("pending", moves.advising),
    "returned": ("pending", returned),
    "withdrawn": ("pending", withdrawn),
    "approved": ("pending", approved),
    "proposed": ("approved", changes.proposed),
    "invited": ("approved", guest_code),
    "measured": ("company", receptions.measured),
    "prepared": ("approved", receptions.prepared),
    "ruled": ("company", rules.ruled),
    "none_drawn": ("company", rules.none_drawn),
    "all_drawn": ("company", rules.all_drawn),
    "budgeted": ("company", budgets.budgeted),
    "owing": ("company", payments.owing),
    "batched": ("owing", payments.batched),
    "released": ("batched", payments.released),
    "answered": ("released", payments.answered),
    "holding": ("budgeted", budgets.holding),
    "asking": ("budgeted", budgets.asking),
    "drafted": ("asking", budgets.drafted),
    "asked": ("asking", budgets.asked),
    "half_agreed": ("asked", budgets.half_agreed),
    "held": ("holding", budgets.held),
    "holding_more": ("held", budgets.holding_more),
    "wished": ("budgeted", spending.wished),
    "wish_pending": ("wished", spending.wish_pending),
    "wish_returned": ("wish_pending", spending.wish_returned),
    "wish_approved": ("wish_pending", spending.wish_approved),
    "papered": ("held", claiming.papers),
    "claimed": ("papered", claiming.claimed),
    "claim_pending": ("claimed", claiming.claim_pending),
    "claim_returned": ("claim_pending", claiming.claim_returned),
    "claim_checked": ("claim_pending", claiming.claim_checked),
    "claim_owed": ("claim_checked", claiming.claim_owed),
    "claim_paid": ("papered", claiming.claim_paid),
    "invoice_brought": ("company", received.invoice_brought),
    "invoice_kept": ("invoice_brought", received.invoice_kept),
    "advance_drafted": ("company", advances.drafted),
    "advance_asked": ("advance_drafted", advances.asked),
    "seconded": ("advance_asked", advances.seconded),
    "granted": ("seconded", advances.granted),
    "lent": ("granted", advances.lent),
    "planned": ("lent", advances.planned),
    "parted": ("granted", advances.parted),
    "arriving": ("invited", arriving),
    "inside": ("arriving", inside),
    "watched": ("arriving", watched),
    "called_off": ("arriving", called_off),
    "unsettled": ("called_off", unsettled),
    "over": ("inside", over),
    "told": ("inside", told),
    "referenced": ("company", custom.referenced),
    "designed": ("referenced", custom.designed),
    "startable": ("designed", custom.startable),
    "begun": ("startable", custom.begun),
    "brought": ("begun", custom.brought),
    "agenda_brought": ("draft", custom.agenda_brought),
    "applied": ("begun", custom.applied),
    "sent_back": ("applied", custom.sent_back),
    "second": ("designed", moves.second),
    "hooked": ("company", hooked),
    "tried": ("hooked", tried),
}
"""By name: the scene before it, and what makes this one of it."""

_made: dict[str, bytes] = {}


def set_scene(world: World, name: str) -> None:
    """Let the world stand in the scene (made once for a process)."""
    if name not in _made:
        before, make = SCENES[name]
        if before:
            set_scene(world, before)
        make(world)
        world.settle()
        _made[name] = world.save()
    world.load(_made[name])
