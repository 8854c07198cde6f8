"""Changes as entries of a chain, each with the hash of the one before it, and what betrays that one was touched."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from chalicelib.domain.audit.changes import Change

START = "0" * 64
"""What the first entry of a chain has in the place of the hash before it."""

type Fault = Literal["missing", "added", "moved", "content", "link", "cut off", "index", "copy", "copy missing"]


@dataclass(frozen=True, kw_only=True)
class Entry(Change):
    """A change in its place in the chain; `seq` counts from 1."""

    seq: int
    before: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """Where a chain does not hold first, and why.

    missing: there is no entry of that number; added: one stands where the chain has none; moved: the entry's own number
    is another one; content: its hash is not that of what it says; link: it does not follow from the one before; cut
    off: the end is gone; index: it is not listed where its record is looked for; copy, copy missing: the copy outside
    the database says something else, or nothing.
    """

    seq: int
    why: Fault


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
    """SHA-256 of everything that the entry says; `behalf` is younger than the chain and counts where it is set."""
    content = _fields(change) | {"seq": seq, "before": before}
    if not change.behalf:
        del content["behalf"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fault_of(entry: Entry, place: int | None, expected: int, before: str) -> Broken | None:
    """What is wrong with the entry that was found at `place` (None: at none that a chain has), where entry number
    `expected` was to follow from the hash `before`; None if nothing is."""
    if place is None or place < expected:
        return Broken(expected, "added")
    if place > expected:
        return Broken(expected, "missing")
    if entry.seq != place:
        return Broken(place, "moved")
    if entry.hash != _hash(entry, entry.seq, entry.before):
        return Broken(place, "content")
    return None if entry.before == before else Broken(place, "link")


def segment(entries: Sequence[Entry]) -> bytes:
    """Entries as lines of JSON, for the copy outside the database."""
    lines = (json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) for entry in entries)
    return ("\n".join(lines) + "\n").encode()


def spoken(content: bytes) -> list[dict[str, Any] | None]:
    """The lines of a copy as values, None for what is no line of ours."""
    return [_line(text) for text in content.decode(errors="replace").splitlines()]


def _line(text: str) -> dict[str, Any] | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
