"""The audit chain: every change of every record as an entry that carries the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

START = "0" * 64
"""What the first entry of a chain has in the place of the hash before it."""

PARTLY_SHOWN = frozenset({"phone", "host_phone", "identity_document"})
HIDDEN = frozenset({"phone_digits", "link", "nonce", "token", "qr"})
"""Attributes that are masked at any depth: numbers of people, and what opens a gate or a page."""

NOT_RECORDED = frozenset({"open_visit", "token", "scan", "request", "attempts"})
"""Kinds of items that only serve the machinery; nobody's record changes with them."""

_SIGNATURE = frozenset({"changed_by", "changed_at", "changed_from", "request_id"})
_KEYS = frozenset({"pk", "sk", "kind", "expires"} | {f"index{n}_{part}" for n in (1, 2, 3) for part in ("pk", "sk")})
_WHOLE_FILES = frozenset({"content"})
"""Too large for an entry; the digest beside them is recorded."""

type Values = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One change of one item of a record: `event` is its id in the stream, `record` and `item` are its keys.

    `at` is ISO 8601; `by`, `source` and `request` are "" where nobody said; `old` and `new` hold what differs, masked.
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


@dataclass(frozen=True)
class Entry(Change):
    """A change in its place in the chain; `seq` counts from 1."""

    seq: int
    before: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """Where a chain does not hold: the entry's number and why (gap, link, content)."""

    seq: int
    why: str


def change_of(event: str, area: str, old: Values, new: Values, at: str) -> Change:
    """The change between two states of an item (either may be empty), as attributes by name."""
    present = new or old
    signature = new if new.get("changed_by") else {}
    left_out = _KEYS | _SIGNATURE | _WHOLE_FILES
    names = sorted(name for name in {*old, *new} - left_out if old.get(name) != new.get(name))
    return Change(
        event=event,
        area=area,
        record=str(present["pk"]),
        item=str(present["sk"]),
        kind=str(present.get("kind", "")),
        at=str(signature.get("changed_at") or at),
        by=str(signature.get("changed_by", "")),
        source=str(signature.get("changed_from", "")),
        request=str(signature.get("request_id", "")),
        old={name: masked(name, old[name]) for name in names if name in old},
        new={name: masked(name, new[name]) for name in names if name in new},
    )


def masked(name: str, value: Any) -> Any:
    """The value as the chain may keep it; nested values, also those kept as JSON text, are masked by their names."""
    if name in HIDDEN:
        return "•••"
    if isinstance(value, Mapping):
        return {inner: masked(inner, part) for inner, part in value.items()}
    if isinstance(value, list):
        return [masked(name, part) for part in value]
    if not isinstance(value, str):
        return value
    if name in PARTLY_SHOWN:
        return f"{value[:3]}•••{value[-2:]}" if len(value) > 8 else "•••"
    return _masked_text(value)


def _masked_text(value: str) -> Any:
    if value[:1] not in ("[", "{"):
        return value
    try:
        return masked("", json.loads(value))
    except ValueError:
        return value


def extend(seq: int, before: str, changes: Iterable[Change]) -> list[Entry]:
    """The entries that follow entry `seq` with hash `before`."""
    entries = []
    for change in changes:
        seq += 1
        digest = _hash(change, seq, before)
        entries.append(Entry(**_fields(change), seq=seq, before=before, hash=digest))
        before = digest
    return entries


def _fields(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in Change.__dataclass_fields__}


def _hash(change: Change, seq: int, before: str) -> str:
    content = _fields(change) | {"seq": seq, "before": before}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify(entries: Iterable[Entry], seq: int = 0, before: str = START) -> Broken | None:
    """The first entry that does not follow from the one before it (from entry `seq` with hash `before` on), or None."""
    for entry in entries:
        seq += 1
        if entry.seq != seq:
            return Broken(seq, "gap")
        if entry.before != before:
            return Broken(seq, "link")
        if entry.hash != _hash(entry, entry.seq, entry.before):
            return Broken(seq, "content")
        before = entry.hash
    return None


def segment(entries: Sequence[Entry]) -> bytes:
    """Entries as lines of JSON, for the copy outside the database."""
    lines = (json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) for entry in entries)
    return ("\n".join(lines) + "\n").encode()
