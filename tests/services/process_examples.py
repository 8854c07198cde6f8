"""Processes for tests: a purchase with a table of items and a finance step above an amount; short ways to use it."""

from __future__ import annotations

from typing import Any

from chalicelib.models.requests import RequestItem
from chalicelib.services import approvals, processes, requests
from chalicelib.services.processes import Sent
from tests.services.conftest import Company

TITLE = {"en": "Purchase request", "zh": "采购申请"}


def titled(english: str, chinese: str = "") -> dict[str, str]:
    return {"en": english, "zh": chinese or english}


def field(key: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"key": key, "title": titled(key.title()), "kind": kind} | facts


def step(key: str, *rules: dict[str, Any], **facts: Any) -> dict[str, Any]:
    usual = {"mode": "one_of", "when_empty": "escalate", "when_self": "manager", "when_repeated": "once"}
    return {"key": key, "title": titled(key.title()), "rules": list(rules)} | usual | facts


ITEMS = field("items", "table", required=True, fields=[field("what", "text"), field("amount", "money", currency="CNY")])
FIELDS = [field("why", "text", required=True, max=40), ITEMS, field("buyer", "person")]
ABOVE = {"kind": "compare", "field": "items.amount", "operator": "gt", "value": "1,000.00"}
VALUES = {"why": "New chairs", "items": [{"what": "Chair", "amount": "600"}, {"what": "Lamp", "amount": "400"}]}


def steps(company: Company) -> list[dict[str, Any]]:
    manager = step("manager", {"kind": "manager", "levels": 1})
    return [manager, step("finance", {"kind": "person", "person": company.host.id}, condition=ABOVE)]


def sent(company: Company, **changes: Any) -> Sent:
    facts: dict[str, Any] = {"prefix": "BUY", "title": TITLE, "description": {}, "fields": FIELDS}
    return Sent(**facts | {"steps": steps(company)} | changes)


def published(company: Company, key: str = "purchase", **changes: Any) -> str:
    """The key of a process that people may start."""
    processes.create(company.call(company.admin), key, sent(company, **changes))
    processes.publish(company.call(company.admin), key)
    return key


def started(company: Company, submit: bool = True, **changes: Any) -> str:
    """The id of a request of the applicant."""
    return str(requests.start(company.call(company.applicant), "purchase", VALUES | changes, submit)["id"])


def task_of(company: Company, who: Any) -> str:
    (task,) = approvals.inbox(company.call(who)).items
    return str(task.id)  # type: ignore[attr-defined]


def decide(company: Company, who: Any, action: str = "approve", comment: str = "因为") -> dict[str, Any]:
    asked = approvals.Asked(action, comment)
    return approvals.act(company.call(who), task_of(company, who), asked)


def held(company: Company, request_id: str) -> RequestItem:
    (item,) = company.store.get(RequestItem.at(request_id))
    assert isinstance(item, RequestItem)
    return item
