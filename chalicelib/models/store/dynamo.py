"""Store on DynamoDB, by PynamoDB. Its errors end here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException, TransactWriteError, VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.domain.errors import Contention, Malformed
from chalicelib.models.item import Item, Key, physical_name
from chalicelib.models.store.operations import (
    TRANSACTION_LIMIT,
    Add,
    Check,
    Delete,
    Expectation,
    Operation,
    Put,
    Update,
    base_of,
    in_sending_order,
    refusal_of,
)
from chalicelib.models.store.queries import Page, Query, arguments_of, encode_cursor

PASSING = {
    *("TransactionConflict", "TransactionInProgressException", "RequestLimitExceeded"),
    *("ThrottlingError", "ThrottlingException"),
    *("ProvisionedThroughputExceeded", "ProvisionedThroughputExceededException"),
}
"""Codes of errors and of cancellations that say nothing about the data: reading and trying again is right."""


class DynamoStore:
    """Store on DynamoDB. One instance for a process; it keeps its connection."""

    def __init__(self, region: str | None = None) -> None:
        self._connection = Connection(region=region)

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get. Keys that a busy table left out are asked for again, at most five times."""
        found: dict[tuple[str, str, str], Item] = {}
        wanted: dict[str, Any] = {}
        for model, pk, sk in dict.fromkeys(keys):
            table = wanted.setdefault(physical_name(model.area), {"Keys": [], "ConsistentRead": True})
            table["Keys"].append({"pk": {"S": pk}, "sk": {"S": sk}})
        models = {physical_name(model.area): model for model, _, _ in keys}
        for _ in range(5):
            if not wanted:
                break
            answer = self._dispatch("BatchGetItem", {"RequestItems": wanted})
            for table, raws in answer["Responses"].items():
                for raw in raws:
                    item = base_of(models[table]).from_raw_data(raw)
                    found[table, item.pk, item.sk] = item
            wanted = answer.get("UnprocessedKeys") or {}
        if wanted:
            raise Contention
        return [found.get((physical_name(model.area), pk, sk)) for model, pk, sk in keys]

    def query(self, query: Query) -> Page:
        """See Store.query."""
        answer = self._dispatch("Query", arguments_of(query))
        items = [base_of(query.table).from_raw_data(raw) for raw in answer["Items"]]
        last = answer.get("LastEvaluatedKey")
        cursor = encode_cursor({name: value["S"] for name, value in last.items()}) if last else None
        return Page(items, cursor)

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        if len(operations) > TRANSACTION_LIMIT:
            raise ValueError(f"{len(operations)} operations do not fit into one transaction")
        ordered = in_sending_order(operations)
        try:
            with TransactWrite(connection=self._connection) as transaction:
                for operation in ordered:
                    _enlist(transaction, operation)
        except TransactWriteError as error:
            raise _refusal(error, ordered) from error

    def _dispatch(self, name: str, arguments: dict[str, Any]) -> Any:
        try:
            return self._connection.dispatch(name, arguments)
        except (PynamoDBException, VerboseClientError) as error:
            if "ValidationException" in str(error) and "ExclusiveStartKey" in arguments:
                raise Malformed("bad_cursor") from error
            raise


def _condition(model: type[Item], expect: Expectation) -> Condition | None:
    if expect is None:
        return model.pk.does_not_exist()
    condition: Condition | None = None
    for name, value in expect.items():
        attribute = getattr(model, name)
        clause = attribute.does_not_exist() if value is None else attribute == value
        condition = clause if condition is None else condition & clause
    return condition


def _enlist(transaction: TransactWrite, operation: Operation) -> None:
    match operation:
        case Put(item, expect):
            transaction.save(item, condition=_condition(type(item), expect), return_values=_OLD)
        case Update((model, pk, sk), values, expect):
            actions = [_set(getattr(model, name), value) for name, value in values.items()]
            actions.append(model.kind.set(model))
            condition = _condition(model, expect)
            transaction.update(model(pk, sk), actions=actions, condition=condition, return_values=_OLD)
        case Check((model, pk, sk), expect):
            transaction.condition_check(model, pk, sk, condition=_condition(model, expect))
        case Delete((model, pk, sk), expect):
            transaction.delete(model(pk, sk), condition=_condition(model, expect))
        case Add((model, pk, sk), amounts):
            actions = [getattr(model, name).add(amount) for name, amount in amounts.items()]
            actions.append(model.kind.set(model))
            transaction.update(model(pk, sk), actions=actions)


_OLD = "ALL_OLD"


def _set(attribute: Any, value: Any) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action


def _refusal(error: TransactWriteError, operations: Sequence[Operation]) -> Exception:
    for operation, reason in zip(operations, error.cancellation_reasons, strict=False):
        if reason is not None and reason.code == "ConditionalCheckFailed":
            return refusal_of(operation, reason.raw_item)
    codes = {reason.code for reason in error.cancellation_reasons if reason is not None}
    if (codes | {_code_of(error)}) & PASSING:
        return Contention()
    return error


def _code_of(error: TransactWriteError) -> str:
    """DynamoDB's code, "" when the connection broke and there is no answer at all."""
    answer = getattr(error.cause, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))
