"""Items in DynamoDB's own format as plain values."""

from collections.abc import Mapping
from typing import Any

type Image = Mapping[str, Mapping[str, Any]]


def plain(image: Image | None) -> dict[str, Any]:
    """The attributes' values by name; nothing for no item."""
    return {name: _plain(value) for name, value in (image or {}).items()}


def _plain(value: Mapping[str, Any]) -> Any:
    ((kind, held),) = value.items()
    match kind:
        case "N":
            return int(held) if held.lstrip("-").isdigit() else held
        case "NULL":
            return None
        case "M":
            return plain(held)
        case "L":
            return [_plain(each) for each in held]
        case _:
            return held
