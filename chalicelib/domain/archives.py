"""What a visit's archive holds, and whether all of it is still there."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

PARTS = ("visitors", "invitations", "passes", "passages", "checklist", "approvals")
"""Lists of the archive; what is booked and what it costs by the estimate stand in its `visit`."""


def counted(parts: Mapping[str, Sequence[Any]]) -> dict[str, int]:
    """How many of each part there are: written into the archive beside them."""
    return {name: len(parts[name]) for name in PARTS}


def is_whole(text: bytes, digest: str, content: Mapping[str, Any]) -> bool:
    """Whether the text is the one that was archived (SHA-256), and holds as many of each part as it says."""
    return hashlib.sha256(text).hexdigest() == digest and counted(content) == content["holds"]


def costs(estimate: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an archived visit cost by type of item, in minor units: `estimate`, what the standards allowed for it
    (`standard`, None where a part of it had none), and by how much it was above that (`above`, 0 if it was not)."""
    return [_cost(type, amount, estimate["lines"]) for type, amount in estimate["by_type"].items()]


def _cost(type: str, amount: int, lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    allowances = [line["allowance"] for line in lines if line["type"] == type]
    standard = None if None in allowances else sum(allowances)
    return {
        "type": type,
        "estimate": amount,
        "standard": standard,
        "above": 0 if standard is None else max(amount - standard, 0),
    }
