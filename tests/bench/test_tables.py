"""The tables of the benches keep the store's contract, so that what is measured on them is what DynamoDB would do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.models.store import DynamoStore, Store
from tests.bench.network import Network
from tests.bench.tables import Tables
from tests.bench.units import Units, size, write_units
from tests.models.test_store import *  # noqa: F403 - the contract's own tests run here again


@pytest.fixture
def store() -> Iterator[Store]:
    with Network(Tables(), {}).attached():
        yield DynamoStore()


def test_an_item_is_as_large_as_its_names_and_values() -> None:
    assert size({"pk": {"S": "门"}, "n": {"N": "-123"}, "on": {"BOOL": True}}) == 2 + 3 + 1 + 3 + 2 + 1


def test_a_new_item_of_1_kb_costs_two_units_and_one_for_each_index_entry() -> None:
    keys = {"pk": {"S": "a"}, "sk": {"S": "a"}, "index1_pk": {"S": "l"}, "index1_sk": {"S": "1"}}
    assert write_units(None, keys) == Units(write=3)


def test_a_change_of_an_index_key_costs_both_entries() -> None:
    old = {"pk": {"S": "a"}, "sk": {"S": "a"}, "index1_pk": {"S": "l"}, "index1_sk": {"S": "1"}}
    assert write_units(old, old | {"index1_sk": {"S": "2"}}) == Units(write=4)
