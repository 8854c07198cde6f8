"""DynamoDB's answers, read faster: botocore tries ten types on every attribute value, half of a list's CPU time.

The wire format of an item is already the one that PynamoDB takes; only binary values have to be decoded.
"""

from __future__ import annotations

import base64
from typing import Any

from botocore.parsers import JSONParser, ResponseParserFactory


class _Parser(JSONParser):  # type: ignore[misc]
    """botocore's parser, but for items."""

    def _handle_map(self, shape: Any, value: dict[str, Any]) -> dict[str, Any]:
        if shape.value.name == "AttributeValue":
            return {name: _value(held) for name, held in value.items()}
        parsed: dict[str, Any] = super()._handle_map(shape, value)
        return parsed


class ParserFactory(ResponseParserFactory):  # type: ignore[misc]
    """The component `response_parser_factory` of a botocore session that only talks to DynamoDB."""

    def create_parser(self, protocol_name: str) -> Any:
        """The parser for DynamoDB's protocol, botocore's own for any other."""
        return _Parser(**self._defaults) if protocol_name == "json" else super().create_parser(protocol_name)


def _value(held: dict[str, Any]) -> dict[str, Any]:
    """An attribute value with its binary parts as bytes."""
    for kind, inner in held.items():  # there is one
        if kind == "B":
            return {kind: base64.b64decode(inner)}
        if kind == "BS":
            return {kind: [base64.b64decode(each) for each in inner]}
        if kind == "M":
            return {kind: {name: _value(each) for name, each in inner.items()}}
        if kind == "L":
            return {kind: [_value(each) for each in inner]}
    return held
