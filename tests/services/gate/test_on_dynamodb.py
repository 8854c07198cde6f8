"""The same scans on DynamoDB's own conditions and indexes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.models.store import DynamoStore
from chalicelib.services import gate
from tests import cloud, company, reception
from tests.services.gate.conftest import GUARD, GUEST, QR, VISIT, call_of, scan

NOW = reception.DURING


def test_in_again_out_and_back_with_lists_and_a_repeated_nonce(aws: cloud.Cloud) -> None:
    store: Any = DynamoStore()
    store.write(reception.a_site(), *reception.invited(VISIT, GUEST))
    company.add_person(store, GUARD)
    first = scan(store, nonce="n-1")
    assert first["result"] == "checked_in"
    assert [row["name"] for row in gate.on_site(call_of(store))["items"]] == ["王小明"]
    assert [row["name"] for row in gate.evacuation(call_of(store))["items"]] == ["王小明"]
    assert scan(store, "5678", now=NOW + timedelta(minutes=1))["result"] == "already_in"
    assert scan(store, "20260001", now=NOW + timedelta(minutes=2), direction="out")["result"] == "checked_out"
    assert gate.on_site(call_of(store))["total"] == 0
    assert gate.expected(call_of(store), status="all")["counts"] == {"left": 1}
    again = scan(store, now=NOW + timedelta(minutes=3), nonce="n-1")
    assert (again["result"], again["visitor"]) == ("checked_in", first["visitor"])
    assert scan(store, QR, now=NOW + timedelta(minutes=4))["result"] == "checked_in"
