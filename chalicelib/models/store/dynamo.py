"""Store on DynamoDB, by PynamoDB. Its errors end here."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException, TransactWriteError, VerboseClientError

from chalicelib.domain.errors import Contention, Malformed
from chalicelib.models.item import Item, Key, physical_name
from chalicelib.models.store.operations import (
    TRANSACTION_LIMIT,
    Operation,
    base_of,
    in_sending_order,
    refusal_of,
)
from chalicelib.models.store.queries import Page, Query, arguments_of, encode_cursor
from chalicelib.models.store.transactions import transact_items
from chalicelib.models.store.wire import use_plain_json

PASSING = {
    *("TransactionConflict", "TransactionInProgressException", "RequestLimitExceeded"),
    *("ThrottlingError", "ThrottlingException"),
    *("ProvisionedThroughputExceeded", "ProvisionedThroughputExceededException"),
}
"""Codes of errors and of cancellations that say nothing about the data: reading and trying again is right."""


@cache
def _readers() -> ThreadPoolExecutor:
    """Read while another query is on its way; no more than the connections that botocore keeps open."""
    return ThreadPoolExecutor(8, thread_name_prefix="pages")


class DynamoStore:
    """Store on DynamoDB. One instance for a process; it keeps its connection."""

    def __init__(self, region: str | None = None) -> None:
        self._connection = Connection(region=region)
        use_plain_json(self._connection.session)

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get. Keys that a busy table left out are asked for again, at most five times."""
        found: dict[tuple[str, str, str], Item] = {}
        tables = {model.area: physical_name(model.area) for model, _, _ in keys}
        wanted: dict[str, Any] = {name: {"Keys": [], "ConsistentRead": True} for name in tables.values()}
        for model, pk, sk in dict.fromkeys(keys):
            wanted[tables[model.area]]["Keys"].append({"pk": {"S": pk}, "sk": {"S": sk}})
        bases = {tables[model.area]: base_of(model) for model, _, _ in keys}
        for _ in range(5):
            if not wanted:
                break
            answer = self._dispatch("BatchGetItem", {"RequestItems": wanted})
            for table, raws in answer["Responses"].items():
                for raw in raws:
                    found[table, raw["pk"]["S"], raw["sk"]["S"]] = bases[table].from_raw_data(raw)
            wanted = answer.get("UnprocessedKeys") or {}
        if wanted:
            raise Contention
        return [found.get((tables[model.area], pk, sk)) for model, pk, sk in keys]

    def query(self, query: Query) -> Page:
        """See Store.query."""
        answer = self._dispatch("Query", arguments_of(query))
        items = [base_of(query.table).from_raw_data(raw) for raw in answer["Items"]]
        last = answer.get("LastEvaluatedKey")
        cursor = encode_cursor({name: value["S"] for name, value in last.items()}) if last else None
        return Page(items, cursor)

    def pages(self, *queries: Query) -> list[Page]:
        """See Store.pages. The first is read here, so that a single one needs nobody's help."""
        first, *others = queries
        beside = [_readers().submit(self.query, query) for query in others]
        return [self.query(first), *(asked.result() for asked in beside)]

    def look(self, keys: Sequence[Key], queries: Sequence[Query]) -> tuple[list[Any], list[Page]]:
        """See Store.look. The keys are read here."""
        beside = [_readers().submit(self.query, query) for query in queries]
        return self.get(*keys), [asked.result() for asked in beside]

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        if len(operations) > TRANSACTION_LIMIT:
            raise ValueError(f"{len(operations)} operations do not fit into one transaction")
        ordered = in_sending_order(operations)
        try:
            self._connection.transact_write_items(**transact_items(ordered))
        except TransactWriteError as error:
            raise _refusal(error, ordered) from error

    def _dispatch(self, name: str, arguments: dict[str, Any]) -> Any:
        try:
            return self._connection.dispatch(name, arguments)
        except (PynamoDBException, VerboseClientError) as error:
            if "ValidationException" in str(error) and "ExclusiveStartKey" in arguments:
                raise Malformed("bad_cursor") from error
            raise


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
