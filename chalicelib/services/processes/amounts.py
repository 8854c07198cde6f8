"""Amounts in the conditions of steps: people write them in the currency's own unit, conditions compare minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.domain.approvals.conditions import MAX_DEPTH, FactSpec, FactTypes
from chalicelib.domain.forms import World, minor_units

TREES = ("condition", "auto_approve")


def with_minor_units(steps: Sequence[Any], types: FactTypes, world: World) -> list[Any]:
    """The steps' data with every amount that is written as text ("1,000.00") in minor units of the fact's currency.

    What cannot be read as an amount stays as it is, for the check to refuse.
    """
    return [_step(step, types, world) if isinstance(step, Mapping) else step for step in steps]


def _step(step: Mapping[str, Any], types: FactTypes, world: World) -> dict[str, Any]:
    return {**step} | {name: _tree(step[name], types, world, MAX_DEPTH) for name in TREES if step.get(name)}


def _tree(tree: Any, types: FactTypes, world: World, levels: int) -> Any:
    if not isinstance(tree, Mapping) or levels == 0:
        return tree
    changed = {**tree}
    if isinstance(tree.get("parts"), list):
        changed["parts"] = [_tree(part, types, world, levels - 1) for part in tree["parts"]]
    if "part" in tree:
        changed["part"] = _tree(tree["part"], types, world, levels - 1)
    spec = types.get(tree.get("field", ""))
    if spec and spec.currency and isinstance(tree.get("value"), str):
        changed["value"] = _amount(tree["value"], spec, world)
    return changed


def _amount(text: str, spec: FactSpec, world: World) -> int | str:
    minor = minor_units(text, world.digits(spec.currency or "") or 0)
    return text if minor is None else minor
