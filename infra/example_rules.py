"""The example company's rules of spending: the shipped ones, with its own title for invoices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLE = {"name": "星桥科技（上海）有限公司", "tax_id": "91310000MA0000000X"}


def stated(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules as GET /spending-rules/settings tells them, to be stated with the company's title."""
    return {name: value for name, value in rules.items() if name != "version"} | {"titles": [TITLE]}
