"""What a transaction does to each item, as DynamoDB takes it: keys, items, conditions, updates.

PynamoDB says what items and attributes look like. Its own expressions are trees of objects, made, walked and named
anew for every attribute, which took a fifth of the time of a command; ours are texts, like those of queries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from chalicelib.models.item import Item, physical_name
from chalicelib.models.store.operations import Add, AtLeast, Check, Delete, Expectation, Operation, Put, Update

type Arguments = dict[str, Any]


class TransactItems(TypedDict):
    """What PynamoDB's `transact_write_items` takes, in the order in which it sends them."""

    condition_check_items: list[Arguments]
    delete_items: list[Arguments]
    put_items: list[Arguments]
    update_items: list[Arguments]


def transact_items(operations: Sequence[Operation]) -> TransactItems:
    """The operations of one transaction."""
    return {
        "condition_check_items": [_arguments_of(each) for each in operations if isinstance(each, Check)],
        "delete_items": [_arguments_of(each) for each in operations if isinstance(each, Delete)],
        "put_items": [_arguments_of(each) for each in operations if isinstance(each, Put)],
        "update_items": [_arguments_of(each) for each in operations if isinstance(each, Update | Add)],
    }


def _arguments_of(operation: Operation) -> Arguments:
    if isinstance(operation, Put):
        return _Said(type(operation.item)).arguments(operation.expect, Item=operation.item.serialize())
    model, pk, sk = operation.key
    said, key = _Said(model), {"pk": {"S": pk}, "sk": {"S": sk}}
    match operation:
        case Check(expect=expect) | Delete(expect=expect):
            return said.arguments(expect, Key=key)
        case Update(values=values, expect=expect, amounts=amounts):
            return said.arguments(expect, Key=key, UpdateExpression=said.update({"kind": model, **values}, amounts))
        case Add(amounts=amounts):
            return said.arguments({}, Key=key, UpdateExpression=said.update({"kind": model}, amounts))


class _Said:
    """The expressions of one operation, and what their placeholders stand for."""

    def __init__(self, model: type[Item]) -> None:
        self._model = model
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def update(self, values: Mapping[str, Any], amounts: Mapping[str, int]) -> str:
        """Set `values` (None removes the attribute) and add `amounts`."""
        clauses = {
            "SET": [
                f"{self._name(name)} = {self._new(name, value)}" for name, value in values.items() if value is not None
            ],
            "REMOVE": [self._name(name) for name, value in values.items() if value is None],
            "ADD": [f"{self._name(name)} {self._new(name, amount)}" for name, amount in amounts.items()],
        }
        return " ".join(f"{verb} {', '.join(said)}" for verb, said in clauses.items() if said)

    def arguments(self, expect: Expectation, **arguments: Any) -> Arguments:
        """The operation's arguments: those given, the condition, and whatever the expressions stand for."""
        arguments |= {
            "TableName": physical_name(self._model.area),
            "ConditionExpression": self._condition(expect),
            "ExpressionAttributeNames": self._names,
            "ExpressionAttributeValues": self._values,
        }
        if arguments["ConditionExpression"]:
            arguments["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return {name: value for name, value in arguments.items() if value}

    def _condition(self, expect: Expectation) -> str:
        if expect is None:
            return f"attribute_not_exists ({self._name('pk')})"
        return " AND ".join(self._holds(name, value) for name, value in expect.items())

    def _holds(self, name: str, value: Any) -> str:
        if value is None:
            return f"attribute_not_exists ({self._name(name)})"
        if isinstance(value, AtLeast):
            return f"{self._name(name)} >= {self._value(f':least_{name}', name, value.least)}"
        return f"{self._name(name)} = {self._value(f':is_{name}', name, value)}"

    def _new(self, name: str, value: Any) -> str:
        return self._value(f":new_{name}", name, value)

    def _name(self, name: str) -> str:
        self._names[f"#{name}"] = name
        return f"#{name}"

    def _value(self, place: str, name: str, value: Any) -> str:
        attribute = getattr(self._model, name)
        self._values[place] = {attribute.attr_type: attribute.serialize(value)}
        return place
