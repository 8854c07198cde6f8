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
