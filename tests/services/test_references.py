"""Reference lists as use cases: replaced whole, asked in one read."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound, Stale
from chalicelib.models.references import ReferencePartItem
from chalicelib.services import references
from chalicelib.services.forms import CompanyWorld
from tests.services.conftest import Company

TITLE = {"en": "Contracts", "zh": "合同"}


def test_five_thousand_pasted_values_are_one_transaction_and_asking_for_any_is_one_read(company: Company) -> None:
    values = [f"HT-2026-{n:05}" for n in range(5000)]
    before = company.store.calls
    references.create(company.call(company.admin), "contracts", TITLE, values)
    assert company.store.calls - before == 1
    world, before = CompanyWorld(company.store, company.now), company.store.calls
    assert set(world.listed("contracts", {values[0], values[4999], "HT-9"})) == {values[0], values[4999]}
    assert company.store.calls - before == 1
    assert references.detail(company.call(company.admin), "contracts")[1] == values


def test_stating_a_list_anew_takes_away_what_is_not_named(company: Company) -> None:
    references.create(company.call(company.admin), "contracts", TITLE, ["A", "B"])
    references.change(company.call(company.admin), "contracts", TITLE, ["B", "C"])
    reference, values = references.detail(company.call(company.admin), "contracts")
    assert (values, reference.size, reference.version) == (["B", "C"], 2, 2)
    assert len(company.store.all(ReferencePartItem)) == 64


def test_a_key_belongs_to_one_list(company: Company) -> None:
    references.create(company.call(company.admin), "contracts", TITLE, [])
    with pytest.raises(Invalid) as refused:
        references.create(company.call(company.admin), "contracts", TITLE, [])
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("key", "duplicate")]
    assert [each.id for each in references.listed(company.call(company.admin))] == ["contracts"]


def test_only_administrators_see_and_keep_lists(company: Company) -> None:
    references.create(company.call(company.admin), "contracts", TITLE, ["A"])
    call = company.call(company.manager)
    for attempt in (
        lambda: references.create(call, "other", TITLE, []),
        lambda: references.change(call, "contracts", TITLE, []),
        lambda: references.listed(call),
        lambda: references.detail(call, "contracts"),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_an_unknown_list_and_an_old_version_are_refused(company: Company) -> None:
    with pytest.raises(NotFound):
        references.change(company.call(company.admin), "contracts", TITLE, [])
    with pytest.raises(NotFound):
        references.detail(company.call(company.admin), "contracts")
    references.create(company.call(company.admin), "contracts", TITLE, [])
    with pytest.raises(Stale):
        references.change(company.call(company.admin, expected_version=3), "contracts", TITLE, [])
