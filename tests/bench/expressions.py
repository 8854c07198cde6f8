"""DynamoDB's condition and update expressions, as far as the store writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

type Raw = dict[str, Any]

_TOKEN = re.compile(r"\s*(attribute_not_exists|attribute_exists|AND|OR|NOT|<>|>=|[=(),]|[#:]\w+)")
_SECTION = re.compile(r"\b(SET|REMOVE|ADD|DELETE)\b")


class Condition:
    """A condition over one item."""

    def __init__(self, text: str, names: Mapping[str, str], values: Mapping[str, Any]) -> None:
        self._tokens = _tokens(text)
        self._names, self._values = names, values
        self._at = 0

    def holds(self, item: Raw | None) -> bool:
        """Whether the item meets the condition; None stands for an item that is not there."""
        self._at = 0
        return self._either(item or {})

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _accept(self, token: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at] == token
        self._at += found
        return found

    def _either(self, item: Raw) -> bool:
        result = self._both(item)
        while self._accept("OR"):
            result = self._both(item) or result
        return result

    def _both(self, item: Raw) -> bool:
        result = self._one(item)
        while self._accept("AND"):
            result = self._one(item) and result
        return result

    def _one(self, item: Raw) -> bool:
        token = self._next()
        if token == "NOT":
            return not self._one(item)
        if token == "(":
            result = self._either(item)
            self._next()
            return result
        if token.startswith("attribute_"):
            self._next()
            exists = self._names[self._next()] in item
            self._next()
            return exists is (token == "attribute_exists")
        operator, expected = self._next(), self._values[self._next()]
        held = item.get(self._names[token])
        if operator == ">=":
            return held is not None and int(held["N"]) >= int(expected["N"])
        return (held == expected) is (operator == "=")


def _tokens(text: str) -> list[str]:
    found, position = [], 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"not understood: {text[position:]}")
        found.append(match[1])
        position = match.end()
    return found


def updated(item: Raw, text: str, names: Mapping[str, str], values: Mapping[str, Any]) -> Raw:
    """The item after an update expression of plain assignments, removals and additions."""
    result = dict(item)
    _, *sections = _SECTION.split(text)
    for keyword, content in zip(sections[::2], sections[1::2], strict=True):
        for clause in content.split(","):
            _apply(result, keyword, clause, names, values)
    return result


def _apply(item: Raw, keyword: str, clause: str, names: Mapping[str, str], values: Mapping[str, Any]) -> None:
    parts = clause.replace("=", " ").split()
    name = names[parts[0]]
    match keyword:
        case "SET":
            item[name] = values[parts[1]]
        case "REMOVE":
            item.pop(name, None)
        case "ADD":
            total = int(item.get(name, {"N": "0"})["N"]) + int(values[parts[1]]["N"])
            item[name] = {"N": str(total)}
        case _:
            raise ValueError(f"not understood: {keyword}")
