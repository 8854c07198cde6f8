"""The only way to DynamoDB: read by key in one batch, query one page, write one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chalicelib.models.item import Key
from chalicelib.models.store.dynamo import DynamoStore
from chalicelib.models.store.operations import (
    TRANSACTION_LIMIT,
    Add,
    AtLeast,
    Check,
    Delete,
    Expectation,
    Operation,
    Put,
    Refusal,
    Update,
    base_of,
    create,
    in_sending_order,
    refusal_of,
    replace,
    save,
)
from chalicelib.models.store.queries import Page, Query, decode_cursor, encode_cursor, key_names

BATCH_GET_LIMIT = 100

__all__ = [
    "BATCH_GET_LIMIT",
    "TRANSACTION_LIMIT",
    "Add",
    "AtLeast",
    "Check",
    "Delete",
    "DynamoStore",
    "Expectation",
    "Operation",
    "Page",
    "Put",
    "Query",
    "Refusal",
    "Store",
    "Update",
    "base_of",
    "create",
    "decode_cursor",
    "encode_cursor",
    "in_sending_order",
    "key_names",
    "refusal_of",
    "replace",
    "save",
]


class Store(Protocol):
    """What services need of a database; DynamoStore is the real one."""

    def get(self, *keys: Key) -> list[Any]:
        """The items under `keys` (at most 100) in that order, None where there is none; one call, consistent."""

    def query(self, query: Query) -> Page:
        """One page; raises Malformed for a cursor that is not this query's."""

    def pages(self, *queries: Query) -> list[Page]:
        """One page of each query, read side by side: it takes as long as the slowest of them."""

    def look(self, keys: Sequence[Key], queries: Sequence[Query]) -> tuple[list[Any], list[Page]]:
        """`get` and `pages` side by side: it takes as long as the slowest of them."""

    def write(self, *operations: Operation) -> None:
        """All operations (at most 100) or none; raises the first failing operation's `otherwise`."""
