"""DynamoDB as our store speaks to it, in memory: exact conditions, atomic transactions, streams with both images.

The mock that other tests use copies whole tables for each transaction and takes no request tokens; here a call costs
little, a repeated token does nothing, and transactions of several threads follow each other. It knows the expressions
that models/store.py and PynamoDB make, and refuses any other. tests/faults/test_dynamodb.py holds it to the store's
contract.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Any

from tests.faults.hook import Parameters, Refused

type Raw = Mapping[str, Any]
type Place = tuple[str, str]

TOKENS_REMEMBERED_FOR = timedelta(minutes=10)
_CLAUSE = re.compile(r"attribute_not_exists \((#\w+)\)|(#\w+) (>?=) (:\w+)")
_RANGE = re.compile(r"#p = :p(?: AND (begins_with)\(#s, :s\)| AND #s (BETWEEN) :a AND :z)?")
_SECTION = re.compile(r"(SET|REMOVE|ADD) (.*?)(?= SET | REMOVE | ADD |$)")


@dataclass(frozen=True)
class Record:
    """One change of one item, as a stream tells it. `by_ttl`: DynamoDB removed it because it had expired."""

    table: str
    number: int
    at: float
    old: Raw | None
    new: Raw | None
    by_ttl: bool = False

    @property
    def name(self) -> str:
        """INSERT, MODIFY or REMOVE."""
        return "INSERT" if self.old is None else "MODIFY" if self.new is not None else "REMOVE"

    def event(self) -> dict[str, Any]:
        """The record as Lambda receives it."""
        images = {"OldImage": self.old, "NewImage": self.new}
        kept: Raw = self.new or self.old or {}
        event: dict[str, Any] = {
            "eventID": f"{self.number:032x}",
            "eventName": self.name,
            "eventSource": "aws:dynamodb",
            "eventSourceARN": f"arn:aws:dynamodb:us-east-1:123456789012:table/{self.table}/stream/2026-01-01T00:00:00",
            "dynamodb": {
                "Keys": {"pk": kept["pk"], "sk": kept["sk"]},
                "SequenceNumber": f"{self.number:021}",
                "ApproximateCreationDateTime": self.at,
                **{name: _as_json(image) for name, image in images.items() if image is not None},
            },
        }
        return event | ({"userIdentity": {"type": "Service"}} if self.by_ttl else {})


@dataclass
class Tables:
    """All tables, and what their streams have not told yet."""

    items: dict[str, dict[Place, Raw]] = field(default_factory=lambda: defaultdict(dict))
    records: list[Record] = field(default_factory=list)
    count: int = 0
    tokens: dict[str, datetime] = field(default_factory=dict)

    def expire(self, now: datetime) -> None:
        """Remove what has expired."""
        for table, items in self.items.items():
            for place, raw in list(items.items()):
                if "expires" in raw and int(raw["expires"]["N"]) < now.timestamp():
                    self._put(table, place, None, now, by_ttl=True)

    def _put(self, table: str, place: Place, new: Raw | None, now: datetime, by_ttl: bool = False) -> None:
        old = self.items[table].pop(place, None)
        if new is not None:
            self.items[table][place] = new
        if old != new:
            self.count += 1
            self.records.append(Record(table, self.count, now.timestamp(), old, new, by_ttl))


class DynamoDB:
    """Answers the operations that the store uses."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._lock = RLock()

    def answer(self, operation: str, parameters: Parameters) -> dict[str, Any]:
        """One call."""
        known: Mapping[str, Callable[[Parameters], dict[str, Any]]] = {
            "BatchGetItem": self._batch_get,
            "Query": self._query,
            "TransactWriteItems": self._transact,
        }
        with self._lock:
            return known[operation](parameters)

    def _batch_get(self, parameters: Parameters) -> dict[str, Any]:
        found = {
            table: [raw for key in asked["Keys"] if (raw := self.tables.items[table].get(_place(key)))]
            for table, asked in parameters["RequestItems"].items()
        }
        if sum(len(asked["Keys"]) for asked in parameters["RequestItems"].values()) > 100:
            raise Refused("ValidationException")
        return {"Responses": found, "UnprocessedKeys": {}}

    def _query(self, parameters: Parameters) -> dict[str, Any]:
        index = parameters.get("IndexName", "")
        names = (f"{index}_pk", f"{index}_sk") if index else ("pk", "sk")
        matches, wanted = _matcher(parameters, names[1]), {"S": parameters["ExpressionAttributeValues"][":p"]["S"]}
        everything = self.tables.items[parameters["TableName"]].values()
        found = [raw for raw in everything if raw.get(names[0]) == wanted and matches(raw)]
        newest_first = not parameters["ScanIndexForward"]

        def order(raw: Raw) -> tuple[bytes, ...]:
            return tuple(raw[name]["S"].encode() for name in (names[1], "pk", "sk"))

        found.sort(key=order, reverse=newest_first)
        if start := parameters.get("ExclusiveStartKey"):
            mark = order(start)
            found = [raw for raw in found if (order(raw) < mark if newest_first else order(raw) > mark)]
        page = found[: parameters["Limit"]]
        answer: dict[str, Any] = {"Items": page, "Count": len(page)}
        if len(page) == parameters["Limit"]:
            answer["LastEvaluatedKey"] = {name: page[-1][name] for name in {*names, "pk", "sk"}}
        return answer

    def _transact(self, parameters: Parameters) -> dict[str, Any]:
        now, token = datetime.now(UTC), parameters["ClientRequestToken"]
        if token in self.tables.tokens and now - self.tables.tokens[token] < TOKENS_REMEMBERED_FOR:
            return {}
        operations = [next(iter(each.items())) for each in parameters["TransactItems"]]
        places = [(given["TableName"], _place(given.get("Item") or given["Key"])) for _, given in operations]
        if len(set(places)) < len(places) or len(places) > 100:
            raise Refused("ValidationException")
        reasons = [
            _reason(given, self.tables.items[table].get(place))
            for (_, given), (table, place) in zip(operations, places, strict=True)
        ]
        if any(reason["Code"] != "None" for reason in reasons):
            raise Refused("TransactionCanceledException", CancellationReasons=reasons)
        for (kind, given), (table, place) in zip(operations, places, strict=True):
            if kind != "ConditionCheck":
                self.tables._put(table, place, _after(kind, given, self.tables.items[table].get(place)), now)
        self.tables.tokens[token] = now
        return {}


def _as_json(image: Raw) -> Raw:
    """Binary values reach Lambda as base64."""
    return {
        name: {"B": base64.b64encode(value["B"]).decode()} if "B" in value else value for name, value in image.items()
    }


def _place(key: Raw) -> Place:
    return key["pk"]["S"], key["sk"]["S"]


def _matcher(parameters: Parameters, sort_key: str) -> Callable[[Raw], bool]:
    """Whether an item of the partition stands in the part of it that was asked for."""
    condition = _RANGE.fullmatch(parameters["KeyConditionExpression"])
    assert condition, parameters["KeyConditionExpression"]
    values = {name: value["S"] for name, value in parameters["ExpressionAttributeValues"].items()}
    prefix = values.get(":s", "")
    first, last = values.get(":a", "").encode(), values.get(":z", "\U0010ffff").encode()

    def matches(raw: Raw) -> bool:
        if sort_key not in raw:
            return False
        sk = raw[sort_key]["S"]
        return sk.startswith(prefix) and (not condition[2] or first <= sk.encode() <= last)

    return matches


def _reason(given: Raw, current: Raw | None) -> dict[str, Any]:
    if _holds(given, current or {}):
        return {"Code": "None"}
    shown = {"Item": current} if current and given.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" else {}
    return {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"} | shown


def _holds(given: Raw, current: Raw) -> bool:
    expression = given.get("ConditionExpression", "")
    assert not re.sub(r" AND |[()\s]", "", _CLAUSE.sub("", expression)), expression
    names, values = given.get("ExpressionAttributeNames", {}), given.get("ExpressionAttributeValues", {})
    return all(
        names[missing] not in current if missing else _compares(current.get(names[name]), sign, values[value])
        for missing, name, sign, value in _CLAUSE.findall(expression)
    )


def _compares(held: Raw | None, sign: str, wanted: Raw) -> bool:
    if sign == "=":
        return held == wanted
    return held is not None and int(held["N"]) >= int(wanted["N"])


def _after(kind: str, given: Raw, current: Raw | None) -> Raw | None:
    if kind == "Delete":
        return None
    if kind == "Put":
        return dict(given["Item"])
    return _updated(given, {**given["Key"], **(current or {})})


def _updated(given: Raw, item: dict[str, Any]) -> Raw:
    names, values = given["ExpressionAttributeNames"], given.get("ExpressionAttributeValues", {})
    for section, text in _SECTION.findall(given["UpdateExpression"]):
        for part in text.split(", "):
            if section == "REMOVE":
                item.pop(names[part.strip()], None)
                continue
            name, value = part.strip().split(" = " if section == "SET" else " ")
            if section == "SET":
                item[names[name]] = values[value]
            else:
                held = int(item.get(names[name], {"N": "0"})["N"])
                item[names[name]] = {"N": str(held + int(values[value]["N"]))}
    return item
