"""Identity documents of visitors (证件): which kind, and of the number only as much as tells which one is meant.

The whole number never stands in a visitor's record: it is kept beside it, sealed, under the document's own `ref`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

type DocumentKind = Literal["id_card", "passport", "permit", "other"]

KINDS: tuple[DocumentKind, ...] = DocumentKind.__value__.__args__
"""Resident identity card, passport, permit (for travel between the mainland, Hong Kong, Macao and Taiwan), other."""

SHOWN = 4
_BETWEEN = re.compile(r"[\W_]")


@dataclass(frozen=True)
class IdentityDocument:
    """A visitor's document: `ref` says which sealed number is its, `shown` is that number masked.

    `mark` is the same for the same number and tells nothing else: by it the watch list and the block list know people.
    """

    ref: str
    kind: DocumentKind
    shown: str
    mark: str = ""


@dataclass(frozen=True)
class SealedDocument:
    """The number of the document `ref` of that `sort`, sealed."""

    ref: str
    sort: DocumentKind
    sealed: str


def normalised(number: str) -> str:
    """The number as it is compared and kept: Unicode's NFKC, in capitals, letters and digits only."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", number).upper())


def masked(number: str) -> str:
    """The number, of which one sees the last characters."""
    text = normalised(number)
    return "••••" + (text[-SHOWN:] if len(text) > 2 * SHOWN else text[-1:])


def as_kept(stated: IdentityDocument | None, kept: Iterable[IdentityDocument]) -> IdentityDocument | None:
    """A document as a form states it, held against those that are kept: of one of theirs only the kind can change.

    One whose number was not stated, and that is none of theirs, is nobody's.
    """
    if stated is None or stated.mark:
        return stated
    known = next((each for each in kept if each.ref == stated.ref), None)
    return replace(known, kind=stated.kind) if known else None
