"""What was filled in in a request, as its history says it: by the titles of its own version's fields."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.audit import change_of
from chalicelib.models.requests import RequestItem
from chalicelib.models.store.plain import plain
from chalicelib.services import audit, processes, requests
from chalicelib.services.audit.shown import shown
from tests.services.conftest import Company
from tests.services.notifications.told import system
from tests.services.process_examples import field, sent, step
from tests.workflows.stage import FakeFiles

COLUMNS = [field("what", "text", title={"en": "Model", "zh": "型号"}), field("price", "money", currency="CNY")]
FIELDS = [
    field("why", "text", title={"en": "Reason", "zh": "事由"}),
    field("cost", "money", currency="CNY", title={"en": "Cost", "zh": "费用"}),
    field("who", "person", title={"en": "For whom", "zh": "使用人"}),
    field("secret", "text", title={"en": "Secret", "zh": "密文"}),
    field("items", "table", title={"en": "Servers", "zh": "设备"}, fields=COLUMNS),
]


@pytest.fixture
def request_id(company: Company) -> str:
    steps = [step("manager", {"kind": "manager", "levels": 1})]
    processes.create(company.call(company.admin), "racking", sent(company, fields=FIELDS, steps=steps))
    processes.publish(company.call(company.admin), "racking")
    return str(requests.start(company.call(company.applicant), "racking", values(company))["id"])


def values(company: Company, **changes: Any) -> dict[str, Any]:
    rows = [{"what": "R740", "price": "1,200.00"}, {"what": "R750"}]
    return {"why": "More load", "cost": 250000, "who": company.host.id, "secret": "xyz", "items": rows} | changes


def keep(company: Company, request_id: str, before: Any) -> Any:
    """Record what became of the request since `before`; what it is now."""
    (item,) = company.store.get(RequestItem.at(request_id))
    now = plain(item.serialize())
    change = change_of(f"e{now['version']}", "approvals", before, now, company.now.isoformat())
    audit.record(system(company), FakeFiles(), [change])
    return now


def told(company: Company, request_id: str, locale: str = "zh-CN") -> list[dict[str, tuple[list[str], list[str]]]]:
    """The history's rows by label, the newest entry first."""
    call = company.call(company.admin, locale=locale)
    entries = audit.history(call, "request", request_id).entries
    return [{row["label"]: (row["old"], row["new"]) for row in item["changes"]} for item in shown(call, entries)]


def test_a_request_is_told_by_its_fields_titles(company: Company, request_id: str) -> None:
    keep(company, request_id, {})
    (made,) = told(company, request_id)
    assert made["事由"] == ([], ["More load"])
    assert made["费用"] == ([], ["2,500.00 CNY"])
    assert made["使用人"] == ([], ["何先生"])
    assert made["设备"] == ([], ["型号 R740 · Price 1,200.00 CNY", "型号 R750"])
    assert made["密文"] == ([], ["•••"])
    assert "More load" in told(company, request_id, "en")[0]["Reason"][1]


def test_only_what_changed_is_told(company: Company, request_id: str) -> None:
    before = keep(company, request_id, {})
    rows = [{"what": "R740", "price": "1,200.00"}, {"what": "R760"}]
    requests.change(company.call(company.applicant), request_id, values(company, cost=300000, items=rows))
    keep(company, request_id, before)
    newest = told(company, request_id, "en")[0]
    assert newest["Cost"] == (["2,500.00 CNY"], ["3,000.00 CNY"])
    assert newest["Servers"] == (["Model R750"], ["Model R760"])
    assert not {"Reason", "For whom", "Secret", "Filled in"} & newest.keys()


def test_titles_are_those_of_the_version_that_the_request_keeps(company: Company, request_id: str) -> None:
    keep(company, request_id, {})
    renamed = [{**FIELDS[0], "title": {"en": "Purpose", "zh": "目的"}}, *FIELDS[1:]]
    steps = [step("manager", {"kind": "manager", "levels": 1})]
    processes.change(company.call(company.admin), "racking", sent(company, fields=renamed, steps=steps))
    processes.publish(company.call(company.admin), "racking")
    assert "事由" in told(company, request_id)[0]
