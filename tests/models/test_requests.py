"""Items of custom processes keep what they were given, on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from chalicelib.domain.approvals import definition_from_data
from chalicelib.domain.processes import Design
from chalicelib.domain.requests import Request
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.processes import VersionItem
from chalicelib.models.references import ReferencePartItem
from chalicelib.models.requests import RequestItem
from chalicelib.models.store import DynamoStore, Put, Query, Store, create
from tests.domain.forms.test_check import WHOLE
from tests.fakes import MemoryStore

NOW = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)
FACTS = {"days": Decimal("2.5"), "cost": 1001, "why": "长", "unit": ("root", "sales"), "sum": Decimal("0.10")}
VALUES = {"days": "2.5", "cost": 1001, "items": [{"what": "Pens", "amount": 320}, {"what": "Ink"}]}
TITLE = {"en": "Leave", "zh": "请假"}
DRAFT = Request(
    "R1", "LEAVE-2026-00001", "leave", 3, TITLE, "ann", "Ann", "sales", ("root", "sales"), "S", VALUES, FACTS, NOW
)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    request.getfixturevalue("aws")
    return DynamoStore()


def listed(store: Store, index: int, partition: str) -> list[Request]:
    return [item.to(Request) for item in store.query(Query(ApprovalsTable, partition, index=index)).items]  # type: ignore[attr-defined]


def test_values_and_facts_come_back_exactly(store: Store) -> None:
    store.write(create(RequestItem.from_request(DRAFT)))
    (item,) = store.get(RequestItem.at("R1"))
    assert item.to(Request) == DRAFT
    assert isinstance(item.facts["days"], Decimal)


def test_a_draft_is_in_its_owners_list_only_and_a_submitted_request_in_all_three(store: Store) -> None:
    store.write(create(RequestItem.from_request(DRAFT)))
    assert listed(store, 1, "owner#ann") == [DRAFT]
    assert listed(store, 2, "process#leave#2026-03") == listed(store, 3, "department#sales#2026-03") == []
    sent = replace(DRAFT, status="pending", submitted_at=NOW, version=2)
    store.write(Put(RequestItem.from_request(sent), {"version": 1}))
    assert listed(store, 2, "process#leave#2026-03") == listed(store, 3, "department#sales#2026-03") == [sent]


def test_a_version_gives_back_the_form_and_the_steps(store: Store) -> None:
    rule = {"kind": "person", "person": "ann"}
    policy = {"mode": "all_of", "when_empty": "skip", "when_self": "leave_out", "when_repeated": "again"}
    step = {"key": "one", "title": TITLE, "rules": [rule]} | policy
    definition = definition_from_data({"key": "leave", "version": 7, "title": TITLE, "steps": [step]})
    store.write(create(VersionItem.from_design("leave", Design(WHOLE, definition), NOW, "admin")))
    (item,) = store.get(VersionItem.at("leave", 7))
    assert item.design == Design(WHOLE, definition)


def test_a_value_stands_in_the_part_that_is_asked_for(store: Store) -> None:
    values = [f"HT-{n}" for n in range(300)]
    store.write(*(create(part) for part in ReferencePartItem.all_of("contracts", values)))
    for value in (values[0], values[299]):
        (part,) = store.get(ReferencePartItem.at("contracts", value))
        assert value in part.held
