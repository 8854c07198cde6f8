"""Standards in force at the company of the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.standards import Level, Standard
from chalicelib.services import standards
from tests.services.conftest import Company

A, B = Level("A", {"en": "Leaders", "zh": "高层来宾"}), Level("B", {"en": "Guests", "zh": "一般来宾"})


def keep(company: Company, **facts: Any) -> str:
    """Write down a standard for meals, 150.00 a head for everybody since January; its id."""
    known: dict[str, Any] = {"type": "meal", "level": "", "site": "", "currency": "CNY"}
    stated = Standard("", **known | {"valid_from": date(2026, 1, 1)} | facts)
    return str(standards.create(company.call(company.admin), stated, facts.get("amount", "150"))["id"])


def levels(company: Company) -> None:
    """Two levels of visitors."""
    standards.set_levels(company.call(company.admin), [A, B])
