"""The watch list (关注名单: reception is told) and the block list (黑名单: nobody is let in), and how people are known.

People are known by whole names, phone numbers and document numbers, each as a key of its own, so that nobody has to
look through the list: "Yes" is not "Reyes". Names are compared as Unicode's NFKC with letters folded and spaces tidied
(between Chinese characters there are none). Of document numbers only a keyed mark is kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.errors import FieldError, IllegalMove, Invalid

type ListKind = Literal["watch", "block"]
type EntryStatus = Literal["active", "ended"]

ALIASES_LIMIT = 10
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}])[\s·•]+(?=[{_CJK}])")


@dataclass(frozen=True)
class Known:
    """By what somebody is known: names, phone (E.164) and the mark of a document, each "" or missing where unknown."""

    names: tuple[str, ...]
    phone: str = ""
    document: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which this person stands, each once, in order."""
        named = [f"name#{normalised(name)}" for name in self.names if normalised(name)]
        phone = [f"phone#{self.phone}"] if self.phone else []
        return tuple(dict.fromkeys([*named, *phone, *([f"document#{self.document}"] if self.document else [])]))


@dataclass(frozen=True)
class Entry:
    """Somebody on a list. `document_end` are the last characters of the document's number, for people to tell it by;
    `until` (UTC) is None for an entry that stays until it is ended."""

    id: str
    list: ListKind
    name: str
    aliases: tuple[str, ...]
    phone: str
    document: str
    document_end: str
    reason: str
    until: datetime | None
    added_by: str
    added_at: datetime
    status: EntryStatus = "active"
    ended_by: str = ""
    ended_at: datetime | None = None
    version: int = 1

    @property
    def known(self) -> Known:
        """By what they are known."""
        return Known((self.name, *self.aliases), self.phone, self.document)


@dataclass(frozen=True)
class Hit:
    """What stands under a key: an entry, and what matters of it at a gate."""

    entry: str
    list: ListKind
    name: str
    reason: str
    until: datetime | None


def normalised(name: str) -> str:
    """A name as it is compared: NFKC, case folded, one space between words and none between Chinese characters."""
    text = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return unicodedata.normalize("NFKC", _BESIDE_CJK.sub("", text))


def hit_of(entry: Entry) -> Hit:
    """What an entry puts under each of its keys."""
    return Hit(entry.id, entry.list, entry.name, entry.reason, entry.until)


def check(entry: Entry, now: datetime) -> None:
    """Raise Invalid for an entry that nobody could be known by, or that is over already."""
    problems = []
    if not normalised(entry.name):
        problems.append(FieldError("name", "required"))
    if len(entry.aliases) > ALIASES_LIMIT:
        problems.append(FieldError("aliases", "too_many", {"max": str(ALIASES_LIMIT)}))
    if entry.until and entry.until <= now:
        problems.append(FieldError("until", "in_the_past"))
    if problems:
        raise Invalid(*problems)


def end(entry: Entry, by: str, now: datetime) -> Entry:
    """The entry, taken off the list; raises IllegalMove when it is off already."""
    if entry.status == "ended":
        raise IllegalMove("already_ended", state=entry.status)
    return replace(entry, status="ended", ended_by=by, ended_at=now, version=entry.version + 1)


def strictest(hits: Iterable[Hit], now: datetime) -> Hit | None:
    """The hit that counts: one of the block list before one of the watch list; none that has expired."""
    counting = [hit for hit in hits if hit.until is None or hit.until > now]
    return next((hit for hit in counting if hit.list == "block"), counting[0] if counting else None)
