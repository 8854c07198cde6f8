"""What a world has come to, as text that two runs can be compared by: ids, times and tries are made alike."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from chalicelib.models.store import DynamoStore
from chalicelib.services import audit, budgets, spend, statistics
from chalicelib.settings import settings
from chalicelib.web import times
from tests.faults import books
from tests.faults.advances import check_advances
from tests.faults.payments import check_payments
from tests.faults.world import World

REMEMBERED = 1 << 16
"""Lines that are remembered as they were made alike: most of a world is the same again after the next fault."""
MACHINERY = frozenset({"recorded", "counted", "chain_head"})
"""Kinds of items that note which records of a stream were seen; their numbers are no result."""

CELLS = frozenset({"cell", "spend_cell"})
"""Kinds of items that hold sums."""

TRIES: Mapping[str, frozenset[str]] = {
    "intent": frozenset({"version", "attempts", "claimed_at", "next_at", "message_id", "error", "tries"}),
    "event": frozenset({"version", "next_at"}),
    "digest": frozenset({"version", "next_at"}),
    "hook": frozenset({"sealed"}),
    "open_visit": frozenset({"attempt", "since", "version"}),
    "entry": frozenset({"sk", "index1_sk", "index2_sk", "index3_sk", "event", "at_time", "seq", "before", "hash"}),
    "sealed_document": frozenset({"sealed"}),
    "bank_account": frozenset({"sealed"}),
    "archive": frozenset({"sha256"}),
    "cell": frozenset({"stay_minutes", "minutes"}),
}
"""What only tells when and how often something was tried, or in which order unrelated changes were recorded."""

_ID = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b")
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(?!0+(?:Z|\+))\d+(?:Z|\+00:?00)"
_HOUR = r"\d{4}-\d\d-\d\dT\d\d(?!:)"
_STAMP = r"DTSTAMP:\d{8}T\d{6}Z"
"""A calendar file tells such a time without its fractions: it is when the visit changed, whatever delayed that."""
_VOLATILE = re.compile(rf"{_TIME}|{_HOUR}|{_STAMP}|\btoken-\d+|\b[0-9a-f]{{64}}\b")
_PART = re.compile(r"#\d+(?=@|$)")
_NUMBER = re.compile(r"\b(?:[A-Z]{2})?[1-9]\d{7}\b")
_NAME = re.compile(f"({_ID.pattern}|{_NUMBER.pattern})")
_PAYABLES = r"payables#(?:open|batched|paid#\d{4}-\d\d)"
_SHARD = re.compile(
    r"(chain#\w+|open|checklist_due|unsettled|starting|leaves|running|due|retain#\w+|applications|claims|received|advances_\w+|"
    rf"{_PAYABLES})#\d+\b"
)


LINES, LINE = 6, 400
"""How much of a difference is told."""


@dataclass(frozen=True)
class State:
    """`lines`: every item, file and account; `messages`: what was sent how often."""

    lines: tuple[str, ...]
    messages: Mapping[str, int]


def state_of(world: World) -> State:
    """The state of a world; raises AssertionError where it contradicts itself."""
    check_invariants(world)
    contents = world.cloud.contents
    bucket = settings().files_bucket
    raws = [raw for table in contents.tables.items.values() for raw in table.values()]
    lines = [_item(raw) for raw in raws if raw["kind"]["S"] not in CELLS] + _cells(raws)
    lines += [
        f"file {key[1]} {_digest(_timeless(*key, body))}" for key, body in contents.files.items() if key[0] == bucket
    ]
    lines += [f"account {name} {json.dumps(account)}" for name, account in contents.accounts.items()]
    lines = _alike([line for line in lines if line], world.position.stated)
    sent = [*contents.messages, *contents.mails, *contents.posts]
    told = _alike([" ".join(message) for message in sent], world.position.stated)
    return State(tuple(sorted(lines)), Counter(told))


def difference(expected: State, found: State, sent_again: int = 0) -> str:
    """The lines in which two states differ, "" if they are equal; `sent_again` messages may have gone out once more."""
    missing = Counter(expected.lines) - Counter(found.lines)
    more = Counter(found.lines) - Counter(expected.lines)
    texts = [*(f"- {line}" for line in missing.elements()), *(f"+ {line}" for line in more.elements())]
    texts += _messages(expected, found, sent_again)
    return "\n".join(text[:LINE] for text in texts[:LINES])


def _messages(expected: State, found: State, sent_again: int) -> list[str]:
    extra = sum(found.messages.values()) - sum(expected.messages.values())
    texts = []
    for text in sorted({*expected.messages, *found.messages}):
        wanted, sent = expected.messages.get(text, 0), found.messages.get(text, 0)
        if sent != wanted and not (0 < wanted < sent and extra <= sent_again):
            texts.append(f"message {sent} times instead of {wanted}: {text}")
    return texts


def check_invariants(world: World) -> None:
    """Chains hold and are in the bucket, figures are what the records say, every budget can be proved, and whoever
    reads the books of a day finds them whole."""
    store = DynamoStore()
    tables = world.cloud.contents.tables.items
    raws = [raw for table in tables.values() for raw in table.values()]
    for name in sorted({raw["pk"]["S"] for raw in raws if raw["kind"]["S"] == "chain_head"}):
        verified = audit.verify_chain(store, name, _Copies(world.cloud.contents.files))
        assert verified.broken is None, f"{name}: {verified.broken}"
        assert verified.copied == verified.entries, f"{name}: {verified.copied} of {verified.entries} in the bucket"
    months = sorted({raw["starts"]["S"][:7] for raw in raws if raw["kind"]["S"] == "visit"})
    departments = sorted({raw["department"]["S"] for raw in raws if raw["kind"]["S"] == "visit"})
    wrong = list(statistics.differences(store, ["hq"], departments, months))
    everywhere = sorted({raw["id"]["S"] for raw in raws if raw["kind"]["S"] == "department"})
    submitted = sorted({raw["submitted_at"]["S"][:7] for raw in raws if _is_claim(raw)})
    wrong += list(spend.differences(store, everywhere, submitted))
    assert not wrong, f"figures: {wrong}"
    lost = [each for id in budgets.every_line(store) for each in budgets.violations_of(store, id)]
    assert not lost, f"budgets: {lost}"
    books.check(world)
    check_advances(store, everywhere)
    check_payments(store, raws)


def _is_claim(raw: Mapping[str, Any]) -> bool:
    return raw["kind"]["S"] == "claim" and "submitted_at" in raw


@dataclass(frozen=True)
class _Copies:
    """The world's buckets as the verification reads them."""

    files: Mapping[tuple[str, str], bytes]

    def keys(self, prefix: str) -> list[str]:
        """See verifying.Copies."""
        return sorted(key for _, key in self.files if key.startswith(prefix))

    def get(self, key: str) -> bytes | None:
        """See verifying.Copies."""
        return self.files.get((settings().audit_bucket, key))


def _cells(raws: Iterable[Mapping[str, Any]]) -> list[str]:
    """The figures by cell: which part of a cell a visit adds to follows from its id, which is drawn."""
    cells: dict[tuple[str, str], Counter[str]] = {}
    for raw in raws:
        if raw["kind"]["S"] in CELLS:
            figures = {
                name: int(value["N"]) for name, value in raw.items() if name not in TRIES["cell"] and "N" in value
            }
            cells.setdefault((raw["pk"]["S"], _PART.sub("", raw["sk"]["S"])), Counter()).update(figures)
    return [json.dumps([*cell, dict(figures)], sort_keys=True) for cell, figures in cells.items()]


def _item(raw: Mapping[str, Any]) -> str:
    kind = raw["kind"]["S"]
    if kind in MACHINERY:
        return ""
    values = {name: _value(value) for name, value in raw.items() if name not in TRIES.get(kind, ())}
    if "expires" in values:
        values["expires"] = "some day"
    if kind == "archive":
        text = zlib.decompress(raw["content"]["B"])
        assert hashlib.sha256(text).hexdigest() == raw["sha256"]["S"]
        values["content"] = text.decode()
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _value(value: Mapping[str, Any]) -> Any:
    ((_, held),) = value.items()
    return held if not isinstance(held, bytes) else "bytes"


def _timeless(_: str, key: str, content: bytes) -> bytes:
    """A payment file without its batch's id and the time of its release, which may be others."""
    if not key.startswith("payments/"):
        return content
    return re.sub(r"[0-9A-HJKMNP-TV-Z]{26}|\d{4}-\d\d-\d\dT[\d:]{8}Z", "...", content.decode()).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _alike(lines: list[str], stated: Mapping[str, datetime]) -> list[str]:
    """The lines without times, tokens, digests and shards; ids and numbers are counted in the order of the rest.

    A time that somebody stated is there by its name if it is held or told as it was stated.
    """
    plain = [_plain(line) for line in lines]
    for name, moment in stated.items():
        for text in (f"{moment:%Y-%m-%dT%H:%M:%S}", _as_people_read(moment)):
            plain = [line.replace(text, name) for line in plain]
    plain.sort(key=lambda line: (_nameless(line), line))
    names: dict[str, str] = {}
    return ["".join(_named(line, names)) for line in plain]


@lru_cache(REMEMBERED)
def _plain(line: str) -> str:
    return _SHARD.sub(r"\1", _VOLATILE.sub("...", line))


@lru_cache(REMEMBERED)
def _nameless(line: str) -> str:
    return _NUMBER.sub("number", _ID.sub("id", line))


def _as_people_read(moment: datetime) -> str:
    """The moment as messages to the people of the stories tell it (services/notifications/texts.py)."""
    language, zone = "zh-CN", "Asia/Shanghai"
    return f"{times.date(moment, language, zone, moment)} {times.time(moment, language, zone)}"


def _named(line: str, names: dict[str, str]) -> Iterator[str]:
    """The line in pieces, with `names` instead of ids and numbers; they grow by those that are met first."""
    pieces = _pieces(line)
    for text, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        yield text
        yield names.setdefault(name, f"<{len(names) + 1}>") if name else ""


@lru_cache(REMEMBERED)
def _pieces(line: str) -> list[str]:
    """Text, id or number, text, ..., text."""
    return _NAME.split(line)
