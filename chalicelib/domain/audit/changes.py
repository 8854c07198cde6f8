"""What an item's change says: who, when, from where, and the values that differ, as far as they may be kept."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PARTLY_SHOWN = frozenset({"phone", "contact", "host_phone", "identity_document"})
HIDDEN = frozenset({"phone_digits", "link", "nonce", "token", "qr", "secret", "password", "sealed", "mark"})
"""Attributes that are masked at any depth: numbers of people, and what opens a gate, a page or a door outside."""

NOT_RECORDED: Mapping[str, frozenset[str]] = {
    "reception": frozenset({"open_visit", "token", "scan", "number", "watch_key", "tick", "retention", "subject"}),
    "approvals": frozenset({"counter", "prefix", "request_number", "upload_hour"}),
    "directory": frozenset({"request", "attempts", "spread", "role", "login", "report", "leave"}),
    "exports": frozenset({"export_progress", "finance_step", "finance_day"}),
    "spending": frozenset(
        {"budget_freeze", "spending_number"} | {"received_use", "advance_standing", "advance_exposure", "claim_trace"}
    ),
}
"""By area: kinds of items that only serve the machinery, or by which a record is found: they repeat what the record
itself says, in the same transaction."""

_SIGNATURE = frozenset({"changed_by", "changed_at", "changed_from", "request_id"})
_KEYS = frozenset({"pk", "sk", "kind", "expires"} | {f"index{n}_{part}" for n in range(1, 10) for part in ("pk", "sk")})
_WHOLE_FILES = frozenset({"content"})
"""Too large for an entry; the digest beside them is recorded."""
NO_VALUES = _KEYS | _SIGNATURE | _WHOLE_FILES
UNSHOWN = "•••"
"""What stands in the place of what is masked."""

type Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of one item of a record: `event` is its id in the stream, `record` and `item` are its keys.

    `at` is ISO 8601; `by`, `source` and `request` are "" where nobody said; `behalf` is the person as whose substitute
    it was done, "" mostly; `old` and `new` hold what differs, masked.
    """

    event: str
    area: str
    record: str
    item: str
    kind: str
    at: str
    by: str
    source: str
    request: str
    old: Values
    new: Values
    behalf: str = ""


def recorded(area: str, kind: str) -> bool:
    """Whether changes of such items belong into the chain."""
    return kind not in NOT_RECORDED.get(area, frozenset())


def change_of(event: str, area: str, old: Values, new: Values, at: str) -> Change:
    """The change between two states of an item (either may be empty), as attributes by name."""
    present = new or old
    signature = new if new.get("changed_by") else {}
    before, after = recorded_values(old), recorded_values(new)
    names = sorted(name for name in {*old, *new} - NO_VALUES if old.get(name) != new.get(name))
    return Change(
        event=event,
        area=area,
        record=str(present["pk"]),
        item=str(present["sk"]),
        kind=str(present.get("kind", "")),
        at=str(signature.get("changed_at") or at),
        by=_actor(str(signature.get("changed_by", ""))),
        source=str(signature.get("changed_from", "")),
        request=str(signature.get("request_id", "")),
        old={name: before[name] for name in names if name in before},
        new={name: after[name] for name in names if name in after},
        behalf=str(new.get("on_behalf_of") or ""),
    )


def _actor(by: str) -> str:
    """Who it was; of a visitor without an account the page, without the secret end of its address."""
    if not by.startswith("public:/"):
        return by
    return "/".join(by.split("/", 2)[:2])


def recorded_values(item: Values) -> dict[str, Any]:
    """An item's values as the chain keeps them: without keys and signature, masked."""
    return {name: masked(name, value) for name, value in item.items() if name not in NO_VALUES}


def masked(name: str, value: Any) -> Any:
    """The value as the chain may keep it; nested values, also those kept as JSON text, are masked by their names."""
    if name in HIDDEN:
        return UNSHOWN if value else value
    if isinstance(value, Mapping):
        return {inner: masked(inner, part) for inner, part in value.items()}
    if isinstance(value, list):
        return [masked(name, part) for part in value]
    if not isinstance(value, str):
        return value
    if name in PARTLY_SHOWN:
        return f"{value[:3]}{UNSHOWN}{value[-2:]}" if len(value) > 8 else UNSHOWN
    return _masked_text(value)


def _masked_text(value: str) -> Any:
    if value[:1] not in ("[", "{"):
        return value
    try:
        return masked("", json.loads(value))
    except ValueError:
        return value


def folded(changes: Iterable[Change]) -> dict[str, dict[str, Any]]:
    """What a record's changes, in their order, make of its items: values by item, none for an item that is gone."""
    items: dict[str, dict[str, Any]] = {}
    for change in changes:
        values = items.setdefault(change.item, {})
        for name in change.old:
            values.pop(name, None)
        values.update(change.new)
    return {item: values for item, values in items.items() if values}
