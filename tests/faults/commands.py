"""Every command of the product, one line each: who asks for what in which scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.faults import advances, budgets, claiming, payments, received, receptions, rules, spending
from tests.faults.applications import application, with_document
from tests.faults.changes import longer, put_off
from tests.faults.custom import LIST, PROCESS, UPLOAD, VALUES, changed_process, filled_in, with_a_file
from tests.faults.scenes import ARRIVAL, BLOCKED, WEBHOOK, late_scan
from tests.faults.world import World

type Body = Mapping[str, Any] | Callable[[World], Mapping[str, Any] | bytes]


@dataclass(frozen=True)
class Command:
    """`route` is the route's path with the names of the scene in the place of its parameters.

    `again` is what a repetition may be answered besides `status`, `transactions` how many it may try: a scan of
    somebody on a list fails the first, which supposes that nearly nobody is.
    """

    scene: str
    who: str
    route: str
    body: Body
    status: int = 200
    again: int | None = None
    transactions: int = 1

    @property
    def name(self) -> str:
        """For reports."""
        action = self.body.get("action", "") if isinstance(self.body, Mapping) else ""
        return f"{self.route} {action}".strip() + f" ({self.scene})"

    def given(self, world: World) -> Mapping[str, Any] | bytes:
        """The body as it is sent."""
        return self.body(world) if callable(self.body) else self.body


def _site(**facts: Any) -> Mapping[str, Any]:
    return {"name": {"en": "Works", "zh-CN": "工厂"}} | facts


def _person(world: World, **facts: Any) -> Mapping[str, Any]:
    known = {"login": "new.one", "name": "新人", "email": "new.one@atrium.example", "phone": "+8613812345678"}
    return known | {"department": world.names["department"], "roles": ["reception"]} | facts


def _leave(world: World) -> Mapping[str, Any]:
    return {"substitute": world.names["manager"], "from": "2026-03-02T01:00:00Z", "until": "2026-03-09T01:00:00Z"}


CALENDAR = {
    "country": "CN",
    "time_zone": "Asia/Shanghai",
    "week": {"mon": {"opens": "09:00", "closes": "17:30"}},
    "holidays": [{"day": "2026-05-06", "title": "Founders' day"}],
}


def _redelivery(world: World) -> Mapping[str, Any]:
    return {"action": "redeliver", "ids": [world.names["message"]]}


NEW_URL = "https://new.example/atrium"
RESOURCE = {"kind": "room", "name": {"en": "Attic"}, "seats": 4}
SCAN = {"gate": "north", "nonce": "n-1"}
UNDO = {"action": "undo", "gate": "north", "no": 1, "day": "2026-03-04", "reason": "Wrong person"}
BADGE = {"action": "issue", "gate": "north", "number": "12", "no": 1, "day": "2026-03-04"}
COMMENT = {"comment": "Please explain"}
RATING = {"action": "rate", "rating": 5, "comment": "Thank you"}


def _with_a_file(world: World) -> Mapping[str, Any]:
    return {"process": "racking", "values": with_a_file(world), "submit": True}


def _with_agenda(world: World) -> Mapping[str, Any]:
    return application(world, submit=True) | {"attachments": [world.names["agenda"]]}


def first_message(world: World) -> Mapping[str, Any]:
    """The first visitor's invitation, which was sent days ago."""
    return {"message": f"{world.names['visit']}#0001#invited#1"}


def _with_host(action: str, world: World) -> Mapping[str, Any]:
    return {"action": action, "people": [world.names["host"]]}


def _walk_in(world: World) -> Mapping[str, Any]:
    guest = {"gate": "hq/north", "name": "王芳", "phone": "+8613912345678", "purpose": "Delivery"}
    return guest | {"host": world.names["host"]}


def _ticked(world: World) -> Mapping[str, Any]:
    word = {"visit": world.names["visit"], "no": 1, "safe": True, "at": ARRIVAL.isoformat()}
    return {"site": "hq", "ticks": [word]}


def _mistake(world: World) -> Mapping[str, Any]:
    return UNDO | {"visit": world.names["visit"]}


def _all_mine(world: World) -> Mapping[str, Any]:
    return {"action": "approve", "ids": [world.names["task"], "visit-unknown.1"], "comment": "Fine"}


COMMANDS: tuple[Command, ...] = (
    Command("company", "applicant", "POST /visits", lambda world: application(world, submit=False), 201),
    Command("company", "applicant", "POST /visits", lambda world: application(world, submit=True), 201),
    Command("company", "applicant", "POST /visits", lambda world: with_document(world), 201),
    Command("agenda_brought", "applicant", "POST /visits", lambda world: _with_agenda(world), 201),
    Command("agenda_brought", "applicant", "POST /visits/{visit}", lambda world: _with_agenda(world)),
    Command("identified", "guard", "POST /visits/{visit}/documents/{ref}", {"action": "show"}, again=200),
    Command("draft", "applicant", "POST /visits/{visit}", lambda world: application(world, submit=False, count=2)),
    Command("returned", "applicant", "POST /visits/{visit}", lambda world: application(world, submit=True, count=2)),
    Command("draft", "applicant", "POST /visits/{visit}/actions", {"action": "submit"}),
    Command("withdrawn", "applicant", "POST /visits/{visit}/actions", {"action": "submit"}),
    Command("pending", "applicant", "POST /visits/{visit}/actions", {"action": "withdraw"}),
    Command("draft", "applicant", "POST /visits/{visit}/actions", {"action": "cancel"}),
    Command("pending", "applicant", "POST /visits/{visit}/actions", {"action": "cancel"}),
    Command("approved", "applicant", "POST /visits/{visit}/actions", {"action": "cancel"}),
    Command("pending", "manager", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("pending", "manager", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("pending", "manager", "POST /approvals/{task}/actions", {"action": "return"} | COMMENT),
    *(
        Command("pending", "manager", "POST /approvals/{task}/actions", partial(_with_host, action))
        for action in ("transfer", "delegate", "add_before", "add_after", "copy_to")
    ),
    Command("joined", "manager", "POST /approvals/{task}/actions", partial(_with_host, "remove")),
    Command("joined", "host", "POST /approvals/{joined}/actions", {"action": "approve"}),
    Command("advising", "host", "POST /approvals/{joined}/actions", {"action": "reject"} | COMMENT),
    Command("second", "host", "POST /approvals/{task}/actions", {"action": "return", "step": "manager"} | COMMENT),
    Command("pending", "applicant", "POST /approvals/{task}/actions", {"action": "urge"}),
    Command("pending", "applicant", "POST /approvals/{task}/actions", {"action": "comment"} | COMMENT),
    Command("pending", "manager", "POST /approvals/actions", lambda world: _all_mine(world)),
    Command("approved", "applicant", "POST /visits/{visit}", lambda world: put_off(world)),
    Command("approved", "applicant", "POST /visits/{visit}", lambda world: longer(world)),
    Command("proposed", "applicant", "POST /visits/{visit}/actions", {"action": "take_back"}),
    Command("proposed", "applicant", "POST /visits/{visit}/actions", {"action": "cancel"}),
    Command("proposed", "manager", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("proposed", "manager", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("arriving", "applicant", "POST /visits/{visit}/messages", lambda world: first_message(world)),
    Command("invited", "", "POST /i/{link}/actions", {"action": "accept_rules"}),
    Command("invited", "", "POST /i/{link}/actions", {"action": "late", "minutes": 30}),
    Command("invited", "", "POST /i/{link}/actions", {"action": "bring", "name": "李雷", "phone": "+8613912349999"}),
    Command("invited", "", "POST /i/{link}/actions", {"action": "decline"}, again=409),
    Command("over", "", "POST /i/{link}/actions", RATING),
    Command("arriving", "guard", "POST /gate/scans", lambda world: SCAN | {"code": world.names["code"]}),
    Command("arriving", "guard", "POST /gate/scans", lambda world: {"gate": "north", "code": world.names["code"]}),
    Command(
        "inside", "guard", "POST /gate/scans", lambda world: SCAN | {"code": world.names["code"], "direction": "out"}
    ),
    Command("arriving", "guard", "POST /gate/scans", lambda world: SCAN | {"code": f"{world.names['number']}-1"}),
    Command("inside", "guard", "POST /gate/scans", lambda world: SCAN | {"code": "0001", "direction": "out"}),
    Command("inside", "guard", "POST /gate/actions", lambda world: _mistake(world)),
    Command("called_off", "guard", "POST /gate/scans", lambda world: late_scan(world)),
    Command("inside", "guard", "POST /gate/badges", lambda world: BADGE | {"visit": world.names["visit"]}),
    Command("inside", "guard", "POST /gate/ticks", lambda world: _ticked(world)),
    Command("company", "guard", "POST /gate/walkins", lambda world: _walk_in(world), 201),
    Command("company", "admin", "POST /watchlist", BLOCKED, 201),
    Command("watched", "admin", "POST /watchlist/{watched}/actions", {"action": "end"}),
    Command("watched", "guard", "POST /gate/scans", lambda world: SCAN | {"code": world.names["code"]}, transactions=2),
    Command("unsettled", "admin", "POST /gate/issues/{issue}/actions", {"note": "Shown out"}),
    Command("told", "host", "POST /notices/actions", lambda world: {"action": "read", "ids": [world.names["notice"]]}),
    Command("company", "manager", "POST /preferences", {"digest": "daily", "channels": {"task_opened": {"sms": True}}}),
    Command("company", "admin", "POST /webhooks", WEBHOOK, 201, again=201),  # the secret is shown once
    Command("hooked", "admin", "POST /webhooks/{webhook}", {"name": "ERP 2", "events": ["task_urged"]}),
    Command("hooked", "admin", "POST /webhooks/{webhook}", {"name": "ERP", "events": ["task_urged"], "url": NEW_URL}),
    Command("hooked", "admin", "POST /webhooks/{webhook}/actions", {"action": "test"}),
    Command("hooked", "admin", "POST /webhooks/{robot}/actions", {"action": "switch_off"}),
    Command("hooked", "admin", "POST /webhooks/{webhook}/actions", {"action": "renew_secret"}, again=200),
    Command("tried", "admin", "POST /messages/actions", lambda world: _redelivery(world)),
    Command("company", "admin", "POST /references", LIST | {"key": "contracts"}, 201),
    Command("referenced", "admin", "POST /references/{reference}", LIST | {"values": ["C-2", "C-3"]}),
    Command("referenced", "admin", "POST /processes", PROCESS | {"key": "racking"}, 201),
    Command("designed", "admin", "POST /processes/{process}", lambda world: changed_process(world)),
    Command("designed", "admin", "POST /processes/{process}/actions", {"action": "publish"}),
    Command("startable", "admin", "POST /processes/{process}/actions", {"action": "retire"}),
    Command("startable", "applicant", "POST /requests", {"process": "racking", "values": VALUES}, 201),
    Command("begun", "applicant", "POST /requests", {"process": "racking", "values": VALUES, "submit": True}, 201),
    Command("startable", "applicant", "POST /uploads", UPLOAD, 201, again=201),  # its form is signed anew
    Command("brought", "applicant", "POST /requests/{request}", lambda world: {"values": with_a_file(world)}),
    Command("brought", "applicant", "POST /requests", lambda world: _with_a_file(world), 201),
    Command("begun", "applicant", "POST /requests/{request}", lambda world: filled_in(world)),
    Command("sent_back", "applicant", "POST /requests/{request}", lambda world: filled_in(world) | {"submit": True}),
    Command("begun", "applicant", "POST /requests/{request}/actions", {"action": "submit"}),
    Command("applied", "applicant", "POST /requests/{request}/actions", {"action": "withdraw"}),
    Command("applied", "applicant", "POST /requests/{request}/actions", {"action": "cancel"}),
    Command("applied", "manager", "POST /requests/{request}/actions", {"action": "copy"}),
    Command("applied", "manager", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("applied", "manager", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("company", "admin", "POST /privacy", {"wish": "erase", "contact": "13812340001"}, 201),
    Command("company", "admin", "POST /retention", {"documents": 10, "contacts": 20, "passages": 30, "messages": 5}),
    Command("company", "admin", "POST /exports", {"sheet": "people", "format": "csv"}, 201),
    Command("budgeted", "admin", "POST /finance-exports", {}, 201),
    Command("company", "admin", "POST /standards/levels", {"levels": receptions.LEVELS}),
    Command("measured", "admin", "POST /standards", receptions.LODGING, 201),
    Command("measured", "admin", "POST /standards", receptions.TAKING_OVER, 201),
    Command("measured", "admin", "POST /standards/{standard}", receptions.ENDING),
    Command("measured", "applicant", "POST /visits", lambda world: receptions.with_a_meal(world), 201),
    Command("company", "admin", "POST /spending-rules", rules.MEAL, 201),
    Command("ruled", "admin", "POST /spending-rules", rules.TAKING_OVER, 201),
    Command("ruled", "admin", "POST /spending-rules/{limit}", rules.ENDING),
    Command("company", "admin", "POST /spending-rules/settings", rules.SETTINGS),
    Command("company", "admin", "POST /budgets", budgets.BUDGET, 201),
    Command("company", "admin", "POST /budgets/years", budgets.YEAR, 201),
    *(Command("budgeted", "admin", "POST /budgets/{budget}/actions", move) for move in budgets.MOVES),
    Command("company", "admin", "POST /advances/terms", advances.TERMS),
    Command("company", "applicant", "POST /advances", advances.ADVANCE, 201),
    Command("company", "applicant", "POST /advances", advances.ADVANCE | {"submit": True}, 201),
    Command("advance_drafted", "applicant", "POST /advances/{advance}", advances.ADVANCE | {"submit": True}),
    Command("advance_drafted", "applicant", "POST /advances/{advance}/actions", {"action": "submit"}),
    Command("advance_asked", "applicant", "POST /advances/{advance}/actions", {"action": "withdraw"}),
    Command("granted", "applicant", "POST /advances/{advance}/actions", {"action": "cancel"}),
    Command("advance_asked", "manager", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("seconded", "admin", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("granted", "admin", "POST /advances/{advance}/account", {"action": "divide", "part": "100"}),
    Command("parted", "admin", "POST /advances/{advance}/account", {"action": "waive"}),
    *(Command("lent", "admin", "POST /advances/{advance}/account", move) for move in advances.MOVES),
    *(
        Command("planned", "admin", "POST /advances/{advance}/account", partial(advances.deduction, action))
        for action in ("deduct", "unschedule")
    ),
    Command("budgeted", "applicant", "POST /visits", lambda world: budgets.with_a_dinner(world), 201),
    Command("holding", "applicant", "POST /visits/{visit}/actions", {"action": "withdraw"}),
    Command("holding", "manager", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("held", "applicant", "POST /visits/{visit}", lambda world: budgets.with_a_dinner(world, 150)),
    Command("held", "applicant", "POST /visits/{visit}/actions", {"action": "cancel"}),
    Command("holding_more", "manager", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("holding_more", "applicant", "POST /visits/{visit}/actions", {"action": "take_back"}),
    Command("budgeted", "applicant", "POST /applications", spending.wish(submit=False), 201),
    Command("budgeted", "applicant", "POST /applications", spending.wish(), 201),
    Command("wished", "applicant", "POST /applications/{application}", spending.wish(150, submit=False)),
    Command("wish_returned", "applicant", "POST /applications/{application}", spending.wish(150)),
    *(
        Command(scene, "applicant", "POST /applications/{application}/actions", {"action": action})
        for scene, action in (
            *(("wished", "submit"), ("wish_pending", "withdraw"), ("wish_pending", "cancel")),
            *(("wish_approved", "cancel"), ("wish_approved", "finish")),
        )
    ),
    Command("wish_pending", "manager", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("wish_pending", "manager", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("papered", "applicant", "POST /claims", lambda world: claiming.claim(world, submit=False), 201),
    Command("papered", "applicant", "POST /claims", lambda world: claiming.claim(world), 201),
    Command("none_drawn", "applicant", "POST /claims", claiming.plain(claiming.SMALL), 201),
    Command("all_drawn", "applicant", "POST /claims", claiming.plain(claiming.SMALL), 201),
    Command("claimed", "applicant", "POST /claims/{claim}", lambda world: claiming.claim(world, 700, submit=False)),
    Command("claim_returned", "applicant", "POST /claims/{claim}", lambda world: claiming.claim(world, 700)),
    *(
        Command(scene, "applicant", "POST /claims/{claim}/actions", {"action": action})
        for scene, action in (("claimed", "submit"), ("claim_pending", "withdraw"), ("claim_pending", "cancel"))
    ),
    Command("claim_pending", "manager", "POST /claims/{claim}/corrections", claiming.CORRECTED),
    *(
        Command("claim_pending", "manager", "POST /approvals/{task}/actions", {"action": action} | COMMENT)
        for action in ("approve", "return", "reject")
    ),
    Command("claim_checked", "host", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("claim_owed", "host", "POST /claims/{claim}/actions", {"action": "reverse", "reason": "Wrong"}),
    Command("claim_paid", "host", "POST /claims/{claim}/actions", {"action": "reverse", "reason": "Wrong"}),
    Command("company", "applicant", "POST /received", received.INVOICE, 201),
    Command("invoice_brought", "applicant", "POST /received", lambda world: received.from_its_file(world), 201),
    Command("invoice_kept", "applicant", "POST /received/{received}/actions", {"action": "discard"}),
    Command("budgeted", "admin", "POST /budgets/groups", budgets.GROUPS),
    Command("budgeted", "admin", "POST /budgets/import", lambda _: budgets.FILE),
    Command("asking", "applicant", "POST /budget-changes", lambda world: budgets.a_change(world), 201),
    Command("asking", "applicant", "POST /budget-changes", lambda world: budgets.a_change(world, submit=True), 201),
    Command("drafted", "applicant", "POST /budget-changes/{change}", lambda world: budgets.a_change(world, amount="9")),
    Command("drafted", "applicant", "POST /budget-changes/{change}/actions", {"action": "submit"}),
    Command("asked", "applicant", "POST /budget-changes/{change}/actions", {"action": "withdraw"}),
    Command("asked", "manager", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("half_agreed", "admin", "POST /approvals/{task}/actions", {"action": "approve"}),
    Command("half_agreed", "admin", "POST /approvals/{task}/actions", {"action": "reject"} | COMMENT),
    Command("company", "admin", "POST /rates", budgets.RATE),
    Command("company", "admin", "POST /rates/import", lambda _: budgets.RATES),
    Command("company", "admin", "POST /expense-categories", budgets.TAXI, 201),
    Command("budgeted", "admin", "POST /expense-categories/{expense}", budgets.TAXI),
    Command("owing", "admin", "POST /payments/settings", {"four_eyes": True, "name": "Atrium"}),
    Command("owing", "applicant", "POST /me/accounts", payments.OTHER_ACCOUNT),
    Command("owing", "applicant", "POST /me/accounts", payments.CHINESE_ACCOUNT),
    Command("owing", "applicant", "POST /me/accounts", {"action": "remove", "form": "iban"}),
    Command("owing", "finance", "POST /payments/{payable}/actions", {"action": "paid", "reference": "Cash"}),
    Command("owing", "finance", "POST /payment-batches", lambda world: payments.chosen(world, 0, 1), 201),
    Command("owing", "finance", "POST /payment-batches", lambda world: payments.chosen(world, 0, 1, 2, 3), 201),
    Command("batched", "finance", "POST /payment-batches/{batch}/actions", payments.RELEASE),
    Command("batched", "finance", "POST /payment-batches/{batch}/actions", {"action": "cancel"}),
    Command("batched", "finance", "POST /payment-batches/{batch}/actions", partial(payments.by_hand, action="remove")),
    Command("released", "finance", "POST /payment-batches/{batch}/actions", partial(payments.by_hand, action="paid")),
    Command("released", "finance", "POST /payment-batches/{batch}/actions", partial(payments.by_hand, action="failed")),
    Command("released", "finance", "POST /payment-batches/{batch}/actions", {"action": "cancel"}),
    Command("released", "finance", "POST /payment-batches/{batch}/answers?dry_run=false", payments.answer),
    Command("answered", "finance", "POST /payment-batches/{batch}/actions", {"action": "close"}),
    Command("prepared", "host", "POST /visits/{visit}/checklist", lambda world: receptions.ticked(world)),
    Command("company", "admin", "POST /people", lambda world: _person(world), 201),
    Command("company", "admin", "POST /people/{leaver}", lambda world: _person(world, login="leaver", roles=["gate"])),
    Command("company", "admin", "POST /people/{leaver}/actions", {"action": "depart"}),
    Command("company", "admin", "POST /people/{leaver}/password", {"password": "Correct-Horse-9"}),
    Command("company", "host", "POST /me", {"locale": "en", "time_zone": "Europe/Berlin"}),
    Command("company", "host", "POST /people/{host}/leave", lambda world: _leave(world)),
    Command("company", "admin", "POST /people/{host}/leave", lambda world: _leave(world)),
    Command("on_leave", "host", "POST /people/{host}/leave/actions", {"action": "end"}),
    Command("on_leave", "admin", "POST /people/{host}/actions", {"action": "depart"}),
    Command("on_leave", "admin", "POST /people/{manager}/handover", lambda world: {"to": world.names["leaver"]}),
    Command("company", "admin", "POST /departments", {"name": "研发", "cost_centre": "2000"}, 201),
    Command("company", "admin", "POST /departments/{department}", {"name": "本部", "cost_centre": "1000"}),
    Command("company", "admin", "POST /roles/{role}", lambda world: {"action": "give", "person": world.names["host"]}),
    Command("company", "admin", "POST /roles/{role}", lambda world: {"action": "take", "person": world.names["guard"]}),
    Command("company", "admin", "POST /calendar", CALENDAR),
    Command("company", "admin", "POST /sites", _site(), 201),
    Command("company", "admin", "POST /sites/{site}", _site(early_minutes=30)),
    Command("company", "admin", "POST /sites/{site}/gates", {"name": {"en": "West gate"}}, 201),
    Command("company", "admin", "POST /sites/{site}/resources", RESOURCE, 201),
    Command(
        "company", "applicant", "POST /session/end", {}, again=401
    ),  # the token counts no more: that is what was asked
)

NOT_COMMANDS: Mapping[str, str] = {
    "POST /visits/estimate": "reckons and saves nothing",
    "POST /applications/estimate": "reckons and saves nothing",
    "POST /claims/estimate": "reckons and saves nothing",
    "POST /received/read": "reads the file that was brought and keeps nothing",
    "POST /session": "asks the user pool for tokens; its only record counts attempts",
    "POST /visits/import": "reads the file that it is sent and writes nothing",
    "POST /session/refresh": "asks the user pool for tokens and writes nothing",
}
"""Unsafe routes that change no record, and why."""
