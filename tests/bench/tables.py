"""DynamoDB in memory with a meter: keys, indexes, conditions and transactions as the store uses them.

It passes the store's contract (tests/bench/test_tables.py), finds its way by key and by sorted index, so that a table
of millions of items answers as fast as a small one, and adds up what DynamoDB would charge.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench import units
from tests.bench.expressions import Condition, updated
from tests.bench.units import Raw, Units, entry_key

type Place = tuple[str, str, str]
"""Table, partition key, sort key."""

type Entry = tuple[str, str, str]
"""Sort key in the index, partition key, sort key."""

type Held = Raw | Callable[[], Raw]
PAGE_BYTES = 1024 * 1024
LAST = "\U0010ffff"


class Refused(Exception):
    """DynamoDB's answer to what it refuses: error code and body."""

    def __init__(self, code: str, **body: Any) -> None:
        super().__init__(code)
        self.body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": code} | body


@dataclass(frozen=True)
class Change:
    """One change as a table's stream tells it."""

    table: str
    old: Raw | None
    new: Raw | None


class Tables:
    """All tables. `consumed` adds up; `changes` collects what the streams would bring."""

    def __init__(self) -> None:
        self._items: dict[Place, Held] = {}
        self._entries: dict[tuple[str, int, str], list[Entry]] = defaultdict(list)
        self._undo: list[tuple[Place, Raw | None]] = []
        self.consumed = Units()
        self.changes: list[Change] = []

    def __len__(self) -> int:
        return len(self._items)

    def answer(self, operation: str, asked: Any) -> Any:
        """The answer to one operation; raises Refused."""
        return _OPERATIONS[operation](self, asked)

    def bulk(self, table: str, keys: dict[int, tuple[str, str]], make: Callable[[], Raw]) -> None:
        """Place an item, to be made when it is read, under its key in the table (0) and in indexes."""
        pk, sk = keys[0]
        self._items[table, pk, sk] = make
        for number, (entry_pk, entry_sk) in keys.items():
            insort(self._entries[table, number, entry_pk], (entry_sk, pk, sk))

    def mark(self) -> None:
        """From here on changes can be taken back."""
        self._undo.clear()
        self.changes.clear()
        self.consumed = Units()

    def rollback(self) -> None:
        """Take back everything since `mark`."""
        for place, old in reversed(list(self._undo)):
            self._set(place, old)
        self.mark()

    def stored(self) -> Iterator[tuple[Raw, int]]:
        """Every item that was written, not placed in bulk, and how many index entries it has."""
        for held in self._items.values():
            if not callable(held):
                yield held, sum(entry_key(number, held) is not None for number in units.INDEX_NUMBERS)

    def item(self, place: Place) -> Raw | None:
        """The item at a place."""
        held = self._items.get(place)
        return held() if callable(held) else held

    def _set(self, place: Place, new: Raw | None) -> None:
        old = self.item(place)
        self._undo.append((place, old))
        table, pk, sk = place
        for number in (0, *units.INDEX_NUMBERS):
            before, after = entry_key(number, old), entry_key(number, new)
            if before == after:
                continue
            if before:
                self._entries[table, number, before[0]].remove((before[1], pk, sk))
            if after:
                insort(self._entries[table, number, after[0]], (after[1], pk, sk))
        if new is None:
            self._items.pop(place, None)
        else:
            self._items[place] = new

    def _batch_get(self, asked: Any) -> Any:
        responses: dict[str, list[Raw]] = {}
        for table, wanted in asked["RequestItems"].items():
            found = responses.setdefault(table, [])
            for key in wanted["Keys"]:
                item = self.item((table, key["pk"]["S"], key["sk"]["S"]))
                self.consumed += units.read_units(units.size(item or {}), wanted.get("ConsistentRead", False))
                found += [item] if item else []
        return {"Responses": responses, "UnprocessedKeys": {}}

    def _query(self, asked: Any) -> Any:
        table, number = asked["TableName"], int(asked.get("IndexName", "index0")[-1])
        entries = self._between(asked, table, number)
        page, last, read = _page(self, table, entries, asked["Limit"])
        self.consumed += units.read_units(read, asked.get("ConsistentRead", False))
        items = [item for _, item in page]
        answer: dict[str, Any] = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        if last:
            answer["LastEvaluatedKey"] = _key_of(last, number, asked)
        return answer

    def _between(self, asked: Any, table: str, number: int) -> Iterable[Entry]:
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        entries = self._entries[table, number, values[":p"]]
        first, last = values.get(":s", values.get(":a", "")), values.get(":z", values.get(":s", "") + LAST)
        low, high = bisect_left(entries, (first, "", "")), bisect_right(entries, (last, LAST, LAST))
        forward = asked.get("ScanIndexForward", True)
        if "ExclusiveStartKey" in asked:
            start = {name: value["S"] for name, value in asked["ExclusiveStartKey"].items()}
            sk = start[units.key_names(number)[1]]
            if forward:
                low = max(low, bisect_right(entries, (sk, start["pk"], start["sk"])))
            else:
                high = min(high, bisect_left(entries, (sk, start["pk"], start["sk"])))
        return (entries[at] for at in (range(low, high) if forward else range(high - 1, low - 1, -1)))

    def _transact(self, asked: Any) -> Any:
        operations = [_Operation(kind, about) for each in asked["TransactItems"] for kind, about in each.items()]
        olds = [self.item(operation.place) for operation in operations]
        pairs = list(zip(operations, olds, strict=True))
        self.consumed += sum((operation.units(old) for operation, old in pairs), Units())
        if not all(operation.holds(old) for operation, old in pairs):
            reasons = [operation.reason(old) for operation, old in pairs]
            raise Refused("TransactionCanceledException", CancellationReasons=reasons)
        for operation, old in pairs:
            new = operation.result(old)
            if new != old:
                self._set(operation.place, new)
                self.changes.append(Change(operation.place[0], old, new))
        return {}


class _Operation:
    """One part of a transaction: Put, Update, Delete or ConditionCheck."""

    def __init__(self, kind: str, about: Any) -> None:
        self._kind, self._about = kind, about
        key = about["Item"] if kind == "Put" else about["Key"]
        self.place: Place = about["TableName"], key["pk"]["S"], key["sk"]["S"]
        self._names = about.get("ExpressionAttributeNames", {})
        self._values = about.get("ExpressionAttributeValues", {})

    def holds(self, old: Raw | None) -> bool:
        text = self._about.get("ConditionExpression")
        return not text or Condition(text, self._names, self._values).holds(old)

    def result(self, old: Raw | None) -> Raw | None:
        match self._kind:
            case "Put":
                return dict(self._about["Item"])
            case "Update":
                return updated(old or self._about["Key"], self._about["UpdateExpression"], self._names, self._values)
            case "Delete":
                return None
        return old

    def units(self, old: Raw | None) -> Units:
        return units.check_units(old) if self._kind == "ConditionCheck" else units.write_units(old, self.result(old))

    def reason(self, old: Raw | None) -> Raw:
        if self.holds(old):
            return {"Code": "None"}
        shown = old and self._about.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
        return {"Code": "ConditionalCheckFailed", "Message": "failed"} | ({"Item": old} if shown else {})


def _page(
    tables: Tables, table: str, entries: Iterable[Entry], limit: int
) -> tuple[list[tuple[Entry, Raw]], Entry | None, int]:
    """Items of a page, the entry after which the next one starts, and the bytes that were read."""
    page: list[tuple[Entry, Raw]] = []
    read = 0
    for entry in entries:
        item = tables.item((table, entry[1], entry[2])) or {}
        page.append((entry, item))
        read += units.size(item)
        if len(page) == limit or read >= PAGE_BYTES:
            return page, entry, read
    return page, None, read


def _key_of(entry: Entry, number: int, asked: Any) -> Raw:
    pk_name, sk_name = units.key_names(number)
    key = {pk_name: asked["ExpressionAttributeValues"][":p"], sk_name: {"S": entry[0]}}
    return key | {"pk": {"S": entry[1]}, "sk": {"S": entry[2]}}


_OPERATIONS: dict[str, Callable[[Tables, Any], Any]] = {
    "BatchGetItem": Tables._batch_get,
    "Query": Tables._query,
    "TransactWriteItems": Tables._transact,
}
