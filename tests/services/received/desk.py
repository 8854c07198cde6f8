"""Registering invoices and using them, as tests do."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Invalid
from chalicelib.services import received
from tests.services.conftest import Company

STATED = {
    "type": "receipt",
    "number": "17",
    "seller": "上海饭店",
    "day": "2026-03-01",
    "currency": "CNY",
    "total": "300",
}
PNG = b"\x89PNG\r\n\x1a\n a photo"


def register(company: Company, who: Person | None = None, file: str = "", qr: str = "", **facts: str) -> str:
    answer = received.register(company.call(who or company.applicant), STATED | facts, file, qr)
    return str(answer["id"])


def use(company: Company, claim: str, before: Any, after: Any, who: Person | None = None) -> None:
    call = company.call(who or company.applicant)
    call.permit_public("the claim's own transaction")
    call.commit({}, *received.using(call, claim, before, after))


def settle(company: Company, claim: str, amounts: dict[str, int], reverse: bool = False) -> None:
    call = company.call(company.admin)
    call.permit_public("the claim's own transaction")
    call.commit({}, *(received.unsettled if reverse else received.settled)(call, claim, amounts))


def left(company: Company, id: str) -> int:
    return received.standing(company.store, [id])[id].left


def faults(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in refused.value.fields]
