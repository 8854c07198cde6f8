"""Several choices of one field: a program lists them, a browser's form sends a box for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def listed(value: Any) -> Any:
    """The names of the boxes that are ticked, or whatever else was sent, for the model to judge."""
    return [name for name, ticked in value.items() if ticked == "true"] if isinstance(value, Mapping) else value
