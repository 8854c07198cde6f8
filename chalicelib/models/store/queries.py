"""What a query asks for, its pages, and the opaque cursors between them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from chalicelib.domain.errors import Malformed
from chalicelib.models.item import INDEXES, Item, physical_name


@dataclass(frozen=True)
class Query:
    """One page of a partition of a table (`index` 0) or of its index 1 to 4, in sort-key order.

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


def arguments_of(query: Query) -> dict[str, Any]:
    """The query as DynamoDB takes it; raises Malformed for a cursor that is not its own."""
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
