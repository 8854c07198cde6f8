"""Stand-ins for what lies outside: a store in memory that obeys the same conditions as DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.models.item import Item, Key
from chalicelib.models.store import (
    TRANSACTION_LIMIT,
    Add,
    AtLeast,
    Check,
    Delete,
    Expectation,
    Operation,
    Page,
    Put,
    Query,
    Update,
    base_of,
    decode_cursor,
    encode_cursor,
    in_sending_order,
    key_names,
    refusal_of,
)

type Raw = dict[str, Any]
type Place = tuple[str, str, str]


class MemoryStore:
    """Store (models/store) over a dictionary of items in DynamoDB's own format. `calls` counts its uses.

    An item that is written takes the place of the one before it, which stays as it was for whoever has it.
    """

    def __init__(self) -> None:
        self.items: dict[Place, Raw] = {}
        self.calls = 0

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get."""
        self.calls += 1
        return [self._item(key) for key in keys]

    def query(self, query: Query) -> Page:
        """See Store.query."""
        self.calls += 1
        pk_name, sk_name = key_names(query.index)
        found = [raw for raw in self._partition(query, pk_name) if _within(query, raw[sk_name]["S"])]
        found.sort(key=_order(sk_name), reverse=query.newest_first)
        if query.cursor:
            found = _after(query, found, decode_cursor(query.cursor, query.index, query.pk), sk_name)
        page = found[: query.limit]
        full = len(page) == query.limit and page
        cursor = encode_cursor(_key_of(page[-1], {"pk", "sk", pk_name, sk_name})) if full else None
        return Page([base_of(query.table).from_raw_data(raw) for raw in page], cursor)

    def pages(self, *queries: Query) -> list[Page]:
        """See Store.pages: one use, however many."""
        found = [self.query(query) for query in queries]
        self.calls -= len(queries) - 1
        return found

    def look(self, keys: Sequence[Key], queries: Sequence[Query]) -> tuple[list[Any], list[Page]]:
        """See Store.look: one use."""
        found = self.get(*keys), [self.query(query) for query in queries]
        self.calls -= len(queries)
        return found

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        self.calls += 1
        places = [_place(operation) for operation in operations]
        if len(operations) > TRANSACTION_LIMIT or len(set(places)) < len(places):
            raise ValueError("they do not fit into one transaction")
        for operation in in_sending_order(operations):
            if not self._holds(operation):
                raise refusal_of(operation, self.items.get(_place(operation)))
        for operation in operations:
            self._apply(operation)

    def all(self, model: type[Item]) -> list[Any]:
        """Every item of a kind, for assertions."""
        return [
            base_of(model).from_raw_data(raw)
            for raw in self.items.values()
            if raw["kind"]["S"] == model._get_discriminator_attribute().get_discriminator(model)
        ]

    def _item(self, key: Key) -> Item | None:
        model, pk, sk = key
        raw = self.items.get((model.area, pk, sk))
        return base_of(model).from_raw_data(raw) if raw else None

    def _partition(self, query: Query, pk_name: str) -> list[Raw]:
        return [
            raw
            for (area, _, _), raw in self.items.items()
            if area == query.table.area and raw.get(pk_name, {}).get("S") == query.pk
        ]

    def _holds(self, operation: Operation) -> bool:
        if isinstance(operation, Add):
            return True
        model = type(operation.item) if isinstance(operation, Put) else operation.key[0]
        return _meets(model, operation.expect, self.items.get(_place(operation)))

    def _apply(self, operation: Operation) -> None:
        place = _place(operation)
        match operation:
            case Put(item):
                self.items[place] = item.serialize()
            case Delete():
                self.items.pop(place, None)
            case Update((model, pk, sk), values, amounts=amounts):
                kept = self.items.get(place) or {"pk": {"S": pk}, "sk": {"S": sk}}
                raw = {name: held for name, held in kept.items() if name not in values} | {"kind": {"S": _kind(model)}}
                raw |= {name: _stored(model, name, value) for name, value in values.items() if value is not None}
                self.items[place] = raw | _added(raw, amounts)
            case Add((model, pk, sk), amounts):
                raw = self.items.get(place) or {"pk": {"S": pk}, "sk": {"S": sk}}
                self.items[place] = raw | {"kind": {"S": _kind(model)}} | _added(raw, amounts)
            case Check():
                pass


def _kind(model: type[Item]) -> str:
    """How items of the model are marked."""
    kind: str = model._get_discriminator_attribute().get_discriminator(model)
    return kind


def _place(operation: Operation) -> Place:
    model, pk, sk = operation.item.key if isinstance(operation, Put) else operation.key
    return model.area, pk, sk


def _meets(model: type[Item], expect: Expectation, raw: Raw | None) -> bool:
    if expect is None:
        return raw is None
    stored: Mapping[str, Any] = raw or {}
    return all(_is(model, name, value, stored.get(name)) for name, value in expect.items())


def _is(model: type[Item], name: str, value: Any, held: Mapping[str, str] | None) -> bool:
    if isinstance(value, AtLeast):
        return held is not None and int(held["N"]) >= value.least
    return held == _stored(model, name, value)


def _added(raw: Raw, amounts: Mapping[str, int]) -> Raw:
    return {name: {"N": str(int(raw.get(name, {"N": "0"})["N"]) + amount)} for name, amount in amounts.items()}


def _stored(model: type[Item], name: str, value: Any) -> Raw | None:
    if value is None:
        return None
    attribute = getattr(model, name)
    return {attribute.attr_type: attribute.serialize(value)}


def _within(query: Query, sk: str) -> bool:
    if query.prefix:
        return sk.startswith(query.prefix)
    return (not query.start or sk >= query.start) and (not query.end or sk <= query.end)


def _order(sk_name: str) -> Any:
    return lambda raw: (raw[sk_name]["S"].encode(), raw["pk"]["S"].encode(), raw["sk"]["S"].encode())


def _key_of(raw: Raw, names: set[str]) -> dict[str, str]:
    return {name: raw[name]["S"] for name in names}


def _after(query: Query, found: list[Raw], start: dict[str, str], sk_name: str) -> list[Raw]:
    order = _order(sk_name)
    mark = order({name: {"S": value} for name, value in start.items()})
    if query.newest_first:
        return [raw for raw in found if order(raw) < mark]
    return [raw for raw in found if order(raw) > mark]
