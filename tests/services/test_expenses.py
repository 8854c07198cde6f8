"""Expense categories: those that come along, what finance states, and how commands read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound, Stale
from chalicelib.domain.expenses import DEFAULTS, Category
from chalicelib.models.expenses import CategoryItem
from chalicelib.models.store import DynamoStore
from chalicelib.services import expenses
from tests.services.conftest import Company

TAXI = Category("taxi", {"zh": "出租车", "en": "Taxi"}, "travel", frozenset({"route"}))


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    expenses.forget()
    yield
    expenses.forget()


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def test_before_anybody_changed_anything_those_that_came_along_are_known(company: Company) -> None:
    assert expenses.known(company.store, company.now).items == DEFAULTS
    assert expenses.as_of(company.store, None, company.now).items == DEFAULTS


def test_what_finance_states_is_known_at_once_and_read_again_only_when_it_changed(company: Company) -> None:
    made = expenses.create(company.call(company.admin), TAXI)
    assert (made["id"], made["version"]) == ("taxi", 1)
    gift = expenses.known(company.store, company.now).get("gift")
    assert gift
    expenses.change(company.call(company.admin), "gift", replace(gift, active=False))
    (head,) = company.store.get(expenses.head())
    assert head.version == 2
    found = expenses.as_of(company.store, head, company.now)
    assert found.get("taxi") == replace(TAXI, version=1)
    assert found.get("gift") == replace(gift, active=False, version=1)
    before = getattr(company.store, "calls", 0)
    assert expenses.as_of(company.store, head, company.now) is found
    assert getattr(company.store, "calls", 0) == before


def test_a_key_is_taken_once_and_never_changes(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        expenses.create(company.call(company.admin), replace(TAXI, key="meal"))
    assert [(each.path, each.code) for each in refused.value.fields] == [("key", "key_taken")]
    expenses.change(company.call(company.admin), "meal", replace(TAXI, key="other_key"))
    found = expenses.known(company.store, company.now)
    assert found.get("other_key") is None
    assert found.get("meal") and found.get("meal").budget == "travel"  # type: ignore[union-attr]


def test_an_older_version_is_not_overwritten(company: Company) -> None:
    expenses.create(company.call(company.admin), TAXI)
    with pytest.raises(Stale):
        expenses.change(company.call(company.admin, expected_version=0), "taxi", TAXI)
    expenses.change(company.call(company.admin, expected_version=1), "taxi", TAXI)
    with pytest.raises(NotFound):
        expenses.change(company.call(company.admin), "nothing", TAXI)


def test_only_finance_keeps_categories(company: Company) -> None:
    for refused in (lambda call: expenses.all_of(call), lambda call: expenses.create(call, TAXI)):
        with pytest.raises(Forbidden):
            refused(company.call(company.manager))
    if not isinstance(company.store, DynamoStore):
        assert company.store.all(CategoryItem) == []
