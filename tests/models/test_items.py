"""What all items share: defaults, names and what DynamoDB is told of them."""

from __future__ import annotations

from collections.abc import Hashable
from importlib import import_module
from pkgutil import iter_modules

import pytest
from pynamodb.exceptions import AttributeNullError

import chalicelib.models
from chalicelib.models.item import Item
from chalicelib.models.spending_numbers import SpendingNumberItem


def every_kind() -> list[type[Item]]:
    for module in iter_modules(chalicelib.models.__path__, "chalicelib.models."):
        import_module(module.name)
    found, waiting = [], [Item]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        found += below
    return found


def test_items_may_share_their_defaults() -> None:
    attributes = [(name, each) for kind in every_kind() for name, each in kind.get_attributes().items()]
    assert len(attributes) > 1000
    for name, each in attributes:
        assert not callable(each.default)
        assert isinstance(each.default, Hashable)
        assert each.default_for_new is None
        assert each.attr_name == name


def test_a_name_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="whose"):
        SpendingNumberItem("number#1", "number", whose="nobody")


def test_what_an_item_never_lacks_is_missed_before_it_is_written() -> None:
    item = SpendingNumberItem("number#1", "number")
    with pytest.raises(AttributeNullError, match="document"):
        item.serialize()
    assert item.serialize(null_check=False) == {
        "pk": {"S": "number#1"},
        "sk": {"S": "number"},
        "kind": {"S": "spending_number"},
        "version": {"N": "1"},
    }
