"""Custom processes, webhooks and preferences in the benches' world, and a request for each of their endpoints."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.notifications import Intent
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import DynamoStore, create
from tests.bench.case import Case, Records, said
from tests.bench.world import ADMIN, APPLICANT, MANAGER, NOW, World, application

BOTH = {"en": "Racking", "zh": "上架"}
VALUES = {"serial": "C-1", "items": [{"what": "Server", "amount": "1200.00"}] * 5}
LIST = {"title": BOTH, "values": ["C-1", "C-2"]}
UPLOAD = {"name": "offer.png", "content_type": "image/png", "size": 100, "purpose": "request"}
HOOK = {"kind": "webhook", "name": "ERP", "url": "https://8.8.8.8/atrium", "events": ["task_opened"]}


def _field(key: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": key, "zh": key}, "kind": kind} | facts


PROCESS: dict[str, Any] = {
    "prefix": "RACK",
    "title": BOTH,
    "fields": [
        _field("serial", "text", required=True, check="contracts"),
        _field("offers", "file"),
        _field("items", "table", fields=[_field("what", "text"), _field("amount", "money", currency="CNY")]),
    ],
    "steps": [{"key": "manager", "title": BOTH, "rules": [{"kind": "manager", "levels": 1}]}],
}


def fill(made: World) -> None:
    """A published process with requests in it, a process in the making, a list, a webhook and a message that failed."""
    made.must(ADMIN, "/references", LIST | {"key": "contracts"})
    made.must(ADMIN, "/processes", PROCESS | {"key": "racking"})
    made.must(ADMIN, "/processes/racking/actions", {"action": "publish"})
    made.must(ADMIN, "/processes", PROCESS | {"key": "planned", "prefix": "PLAN"})
    made.records |= {"reference": "contracts", "process": "racking", "planned": "planned"}
    for name, submit in (("request_draft", False), ("request", True)):
        body = {"process": "racking", "values": VALUES, "submit": submit}
        made.records[name] = str(made.must(APPLICANT, "/requests", body)["id"])
    made.records["file"] = str(made.must(APPLICANT, "/uploads", UPLOAD)["id"])
    made.records["brought"] = str(made.must(APPLICANT, "/uploads", UPLOAD)["id"])
    made.must(APPLICANT, "/requests", {"process": "racking", "values": VALUES | {"offers": [made.records["file"]]}})
    made.records["agenda"] = str(made.must(APPLICANT, "/uploads", UPLOAD | {"purpose": "visit"})["id"])
    made.records["hook"] = str(made.must(ADMIN, "/webhooks", HOOK)["id"])
    made.records["message"] = "bench#message"
    DynamoStore().write(create(IntentItem.from_intent(_failed(made.records["message"], made.records["hook"]))))


def _failed(id: str, hook: str) -> Intent:
    text = '{"type":"task_opened"}'
    return Intent(id, "webhook", "task_opened", hook, "en", text, NOW, about=hook, status="failed", error="refused")


def _all_mine(records: Records) -> Any:
    return {"action": "approve", "ids": [records["task"]], "comment": "Fine"}


def _with_a_file(records: Records) -> Any:
    return {"process": "racking", "values": VALUES | {"offers": [records["brought"]]}, "submit": True}


def _visit_with_a_file(records: Records) -> Any:
    return application(submit=True, attachments=[records["agenda"]])


def _again(records: Records) -> Any:
    return {"action": "redeliver", "ids": [records["message"]]}


_DRAFT = {"id": "request_draft"}
_HOOK = {"id": "hook"}
_KEY = {"key": "process"}
_PLANNED = {"key": "planned"}
_LIST = {"key": "reference"}

CUSTOM_CASES: tuple[Case, ...] = (
    Case("command", "POST", "/approvals/actions", MANAGER, _all_mine),
    Case("list", "GET", "/processes", APPLICANT),
    Case("form", "GET", "/processes/new", ADMIN),
    Case("command", "POST", "/processes", ADMIN, said(**PROCESS | {"key": "other", "prefix": "OTHER"})),
    Case("detail", "GET", "/processes/{key}", ADMIN, params=_KEY),
    Case("form", "GET", "/processes/{key}/edit", ADMIN, params=_PLANNED),
    Case("form", "GET", "/processes/{key}/trial", ADMIN, params=_PLANNED),
    Case("command", "POST", "/processes/{key}", ADMIN, said(**PROCESS | {"prefix": "PLAN"}), _PLANNED),
    Case("command", "POST", "/processes/{key}/actions", ADMIN, said(action="publish"), _PLANNED, note="publish"),
    Case("list", "GET", "/requests", APPLICANT),
    Case("form", "GET", "/requests/new", APPLICANT, query="?process=racking"),
    Case("command", "POST", "/requests", APPLICANT, said(process="racking", values=VALUES), note="draft"),
    Case(
        "command", "POST", "/requests", APPLICANT, said(process="racking", values=VALUES, submit=True), note="submitted"
    ),
    Case("command", "POST", "/requests", APPLICANT, _with_a_file, note="with a file"),
    Case("command", "POST", "/visits", APPLICANT, _visit_with_a_file, note="with a file"),
    Case("command", "POST", "/uploads", APPLICANT, said(**UPLOAD)),
    Case("detail", "GET", "/files/{id}", APPLICANT, params={"id": "file"}),
    Case("detail", "GET", "/requests/{id}", APPLICANT, params={"id": "request"}),
    Case("form", "GET", "/requests/{id}/edit", APPLICANT, params=_DRAFT),
    Case("command", "POST", "/requests/{id}", APPLICANT, said(values=VALUES), _DRAFT),
    Case("command", "POST", "/requests/{id}/actions", APPLICANT, said(action="submit"), _DRAFT, note="submit"),
    Case("list", "GET", "/references", ADMIN),
    Case("form", "GET", "/references/new", ADMIN),
    Case("command", "POST", "/references", ADMIN, said(**LIST | {"key": "other"})),
    Case("detail", "GET", "/references/{key}", ADMIN, params=_LIST),
    Case("command", "POST", "/references/{key}", ADMIN, said(**LIST), _LIST),
    Case("detail", "GET", "/preferences", APPLICANT),
    Case("command", "POST", "/preferences", APPLICANT, said(digest="daily")),
    Case("list", "GET", "/webhooks", ADMIN),
    Case("command", "POST", "/webhooks", ADMIN, said(**HOOK)),
    Case("detail", "GET", "/webhooks/{id}", ADMIN, params=_HOOK),
    Case("command", "POST", "/webhooks/{id}", ADMIN, said(name="ERP", events=["task_urged"]), _HOOK),
    Case("command", "POST", "/webhooks/{id}/actions", ADMIN, said(action="test"), _HOOK),
    Case("list", "GET", "/messages", APPLICANT),
    Case("list", "GET", "/messages/unsent", ADMIN),
    Case("command", "POST", "/messages/actions", ADMIN, _again),
)
