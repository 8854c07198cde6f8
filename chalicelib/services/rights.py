"""What the policies allow whom, in words: their titles, sorted by the roles that they ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.services.permissions import policy_text


@dataclass(frozen=True)
class Right:
    """One policy. `roles` are those that it asks for, none where it depends on the record alone.

    `title` is an English msgid; `allows` is False for what nobody may do.
    """

    id: str
    title: str
    roles: frozenset[str]
    allows: bool
    actions: frozenset[str]


@cache
def rights() -> tuple[Right, ...]:
    """All policies, in their order."""
    import cedarpy

    document = json.loads(cedarpy.policies_to_json_str(policy_text()))
    found = [_right(policy) for policy in document["staticPolicies"].values()]
    order = policy_text()
    return tuple(sorted(found, key=lambda right: order.index(f'@id("{right.id}")')))


def rights_of(role: str) -> list[Right]:
    """What holding a role brings; for `employee`, all that needs no other role."""
    if role == "employee":
        return [right for right in rights() if not right.roles or role in right.roles]
    return [right for right in rights() if role in right.roles]


def _right(policy: dict[str, Any]) -> Right:
    given = policy["annotations"]
    roles = frozenset(role for condition in policy["conditions"] for role in _roles(condition["body"]))
    return Right(given["id"], given["title"], roles, policy["effect"] == "permit", _actions(policy["action"]))


def _actions(scope: dict[str, Any]) -> frozenset[str]:
    named = scope.get("entities") or [scope["entity"]]
    return frozenset(each["id"] for each in named)


def _roles(expression: Any) -> Iterator[str]:
    """The texts that stand in a question about the principal's roles."""
    if isinstance(expression, list):
        for part in expression:
            yield from _roles(part)
    if not isinstance(expression, dict):
        return
    for name, part in expression.items():
        if name in ("contains", "containsAny", "containsAll") and part["left"] == _PRINCIPAL_ROLES:
            yield from _texts(part["right"])
        else:
            yield from _roles(part)


_PRINCIPAL_ROLES = {".": {"left": {"Var": "principal"}, "attr": "roles"}}


def _texts(expression: dict[str, Any]) -> Iterator[str]:
    for each in expression.get("Set", [expression]):
        yield str(each["Value"])
