"""Names of a browser's fields (`visitors.0.name`) as nested values, and rows renumbered where some are empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.errors import Malformed


def nested(flat: dict[str, str]) -> dict[str, Any]:
    """Turn `visitors.0.name`-like names into nested values; rows keep their order, gaps close."""
    root: dict[str, Any] = {}
    for name, value in flat.items():
        *parents, last = name.split(".", _DEPTH_LIMIT)
        if "." in last:
            raise Malformed
        node = root
        for part in parents:
            step = node.setdefault(part, {})
            if not isinstance(step, dict):
                raise Malformed
            node = step
        node[last] = value
    return {name: _rows(value) for name, value in root.items()}


_DEPTH_LIMIT = 24


def without_gaps(flat: Mapping[str, str]) -> dict[str, str]:
    """The same fields, rows numbered as `nested` counts them and empty ones left out, so that errors find their row."""
    numbers: dict[tuple[str, ...], set[int]] = {}
    for name, value in flat.items():
        if value.strip():
            for group, number in _rows_in(name):
                numbers.setdefault(group, set()).add(number)
    places = {group: {old: new for new, old in enumerate(sorted(found))} for group, found in numbers.items()}
    closed = {name: _closed(name, places) for name in flat}
    return {new: flat[old] for old, new in closed.items() if new is not None}


def _rows_in(name: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The rows that a field is in, from the outside: which rows (the name before the number), and the number."""
    parts = name.split(".", _DEPTH_LIMIT)
    for index, part in enumerate(parts[1:-1], 1):
        if _NUMBER.fullmatch(part):
            yield tuple(parts[:index]), int(part)


def _closed(name: str, places: Mapping[tuple[str, ...], Mapping[int, int]]) -> str | None:
    """The name with each row's number as it is counted; None for a field of a row in which nothing stands."""
    parts = name.split(".", _DEPTH_LIMIT)
    for group, number in _rows_in(name):
        place = places.get(group, {}).get(number)
        if place is None:
            return None
        parts[len(group)] = str(place)
    return ".".join(parts)


_NUMBER = re.compile("[0-9]{1,6}")


def _rows(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _rows(part) for name, part in value.items()}
    if inner and all(name.isascii() and name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
