"""The only way to DynamoDB: read by key in one batch, query one page, write one transaction."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException, TransactWriteError, VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.domain.errors import Contention, DomainError, Malformed
from chalicelib.models.item import INDEXES, Item, Key, physical_name

BATCH_GET_LIMIT = 100
TRANSACTION_LIMIT = 100

PASSING = {
    *("TransactionConflict", "TransactionInProgressException", "RequestLimitExceeded"),
    *("ThrottlingError", "ThrottlingException"),
    *("ProvisionedThroughputExceeded", "ProvisionedThroughputExceededException"),
}
"""Codes of errors and of cancellations that say nothing about the data: reading and trying again is right."""

type Expectation = Mapping[str, Any] | None
"""What must hold for a write: None = the item is absent; {} = anything; else these attribute values."""


type Refusal = DomainError | Callable[[Any], DomainError]
"""What a failed expectation means: an error, or what makes one of the item as it is (None where there is none)."""


@dataclass(frozen=True)
class Put:
    """Write the whole item if `expect` holds, otherwise the transaction fails with `otherwise`."""

    item: Item
    expect: Expectation = None
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Update:
    """Set single attributes (None removes one) of an item, new or not, if `expect` holds (None: is missing)."""

    key: Key
    values: Mapping[str, Any]
    expect: Mapping[str, Any]
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Check:
    """Write nothing, but let the transaction fail with `otherwise` unless `expect` holds."""

    key: Key
    expect: Mapping[str, Any]
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Delete:
    """Remove the item if `expect` holds."""

    key: Key
    expect: Mapping[str, Any]
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Add:
    """Add `amounts` to whole-number attributes of an item, creating it at zero."""

    key: Key
    amounts: Mapping[str, int]
    otherwise: Refusal = field(default_factory=Contention)


type Operation = Put | Update | Check | Delete | Add


def create(item: Item, otherwise: Refusal | None = None) -> Put:
    """Put an item that must not exist yet."""
    return Put(item, None, otherwise or Contention())


def replace(item: Item, otherwise: Refusal | None = None) -> Put:
    """Put an item over the version before it (`item.version` is the new one)."""
    return Put(item, {"version": item.version - 1}, otherwise or Contention())


def save(item: Item, otherwise: Refusal | None = None) -> Put:
    """Create the item at version 1, replace it at a later one."""
    return create(item, otherwise) if item.version == 1 else replace(item, otherwise)


@dataclass(frozen=True)
class Query:
    """One page of a partition of a table (`index` 0) or of its index 1, 2 or 3, in sort-key order.

    `prefix`, or `start` and `end` (both inclusive), narrow the sort key.
    """

    table: type[Item]
    pk: str
    index: int = 0
    prefix: str = ""
    start: str = ""
    end: str = ""
    limit: int = 50
    newest_first: bool = False
    cursor: str | None = None


@dataclass(frozen=True)
class Page:
    """Items in order and the opaque cursor of what follows, None at the end."""

    items: list[Item]
    cursor: str | None = None


class Store(Protocol):
    """What services need of a database; DynamoStore is the real one."""

    def get(self, *keys: Key) -> list[Any]:
        """The items under `keys` (at most 100) in that order, None where there is none; one call, consistent."""

    def query(self, query: Query) -> Page:
        """One page; raises Malformed for a cursor that is not this query's."""

    def write(self, *operations: Operation) -> None:
        """All operations (at most 100) or none; raises the first failing operation's `otherwise`."""


def encode_cursor(key: Mapping[str, str]) -> str:
    """An opaque text for the key where the next page starts."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, index: int, pk: str) -> dict[str, str]:
    """The key behind `cursor`; raises Malformed unless it is one of partition `pk` of the index (0: the table)."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise Malformed("bad_cursor") from error
    texts = isinstance(key, dict) and all(isinstance(value, str) and value for value in key.values())
    if not texts or set(key) != {"pk", "sk", *key_names(index)} or key[key_names(index)[0]] != pk:
        raise Malformed("bad_cursor")
    return cast(dict[str, str], key)


def key_names(index: int) -> tuple[str, str]:
    """Names of the partition and sort key attributes of the table (0) or one of its indexes."""
    return ("pk", "sk") if index == 0 else (f"{INDEXES[index - 1]}_pk", f"{INDEXES[index - 1]}_sk")


def in_sending_order(operations: Sequence[Operation]) -> list[Operation]:
    """The order in which PynamoDB sends operations, and in which DynamoDB's reasons for a refusal come back."""
    return sorted(operations, key=lambda operation: _SENT[type(operation)])


_SENT: Mapping[type, int] = {Check: 0, Delete: 1, Put: 2, Update: 3, Add: 3}


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
        answer = self._dispatch("Query", _query_arguments(query))
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


def base_of(model: type[Item]) -> type[Item]:
    """The table's own class, from which PynamoDB finds the item's class by its kind."""
    return next(base for base in model.__mro__ if "area" in vars(base))


def _query_arguments(query: Query) -> dict[str, Any]:
    pk_name, sk_name = key_names(query.index)
    condition, values = "#p = :p", {":p": {"S": query.pk}}
    names = {"#p": pk_name}
    if query.prefix:
        condition += " AND begins_with(#s, :s)"
        values[":s"] = {"S": query.prefix}
        names["#s"] = sk_name
    elif query.start or query.end:
        condition += " AND #s BETWEEN :a AND :z"
        values |= {":a": {"S": query.start or "\0"}, ":z": {"S": query.end or "\U0010ffff"}}
        names["#s"] = sk_name
    arguments: dict[str, Any] = {
        "TableName": physical_name(query.table.area),
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
        "Limit": query.limit,
        "ScanIndexForward": not query.newest_first,
    }
    if query.index:
        arguments["IndexName"] = INDEXES[query.index - 1]
    else:
        arguments["ConsistentRead"] = True
    if query.cursor:
        start = decode_cursor(query.cursor, query.index, query.pk)
        arguments["ExclusiveStartKey"] = {name: {"S": value} for name, value in start.items()}
    return arguments


def _condition(model: type[Item], expect: Expectation) -> Condition | None:
    if expect is None:
        return model.pk.does_not_exist()
    condition: Condition | None = None
    for name, value in expect.items():
        attribute = getattr(model, name)
        clause = attribute.does_not_exist() if value is None else attribute == value
        condition = clause if condition is None else condition & clause
    return condition


def refusal_of(operation: Operation, raw: dict[str, Any] | None) -> DomainError:
    """The error of an operation whose expectation failed, `raw` being the item as DynamoDB returned it."""
    if not callable(operation.otherwise):
        return operation.otherwise
    model = type(operation.item) if isinstance(operation, Put) else operation.key[0]
    return operation.otherwise(base_of(model).from_raw_data(raw) if raw else None)


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
