"""The proof passes over every advance and every department, names what is wrong, and says so by its exit."""

from __future__ import annotations

import pytest

from chalicelib.models.advances import AdvanceItem
from chalicelib.models.statistics import OutstandingItem
from chalicelib.models.store import Add
from chalicelib.services import advances
from infra.prove_advances import main
from tests.company import HEAD_OFFICE
from tests.services.advances import advance, given
from tests.services.conftest import Company


def counted(company: Company) -> str:
    """An advance that was paid and counted; its id."""
    id = given(company)
    advances.count(company.call(None), [advances.Counted("e1", None, advance(company, id))])
    return id


def test_what_can_be_proved_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    company = Company()
    counted(company)
    assert main(company.store) == 0
    assert capsys.readouterr().out == "1 advances: 0 violations\n"


def test_each_violation_is_named_with_its_record(capsys: pytest.CaptureFixture[str]) -> None:
    company = Company()
    id = counted(company)
    company.store.write(Add(AdvanceItem.at(id), {"scheduled": 5}))
    company.store.write(Add(OutstandingItem.at(HEAD_OFFICE.id, "CNY"), {"amount": 7}))
    assert main(company.store) == 1
    told = capsys.readouterr().out.splitlines()
    assert f"{id}: scheduled = posted: kept 5, counted 0" in told
    assert f"{HEAD_OFFICE.id} CNY: outstanding = open advances: kept 30007, counted 30000" in told
    assert told[-1] == "1 advances: 3 violations"
