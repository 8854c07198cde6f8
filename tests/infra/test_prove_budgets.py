"""The proof passes over every line, names what is wrong, and says so by its exit."""

from __future__ import annotations

import pytest

from chalicelib.models.budgets import LineItem
from chalicelib.models.store import Add
from infra.prove_budgets import main
from tests.services.budgets import allot
from tests.services.conftest import Company


def test_what_can_be_proved_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    company = Company()
    allot(company)
    allot(company, period="2026-04")
    assert main(company.store) == 0
    assert capsys.readouterr().out == "2 lines: 0 violations\n"


def test_each_violation_is_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    company = Company()
    id = allot(company)
    company.store.write(Add(LineItem.at(id), {"frozen": 5, "available": -5}))
    assert main(company.store) == 1
    told = capsys.readouterr().out.splitlines()
    assert f"{id}: frozen = open freezes: kept 5, counted 0" in told
    assert told[-1] == "1 lines: 3 violations"
