"""Identity documents of visitors (证件): which kind, and of the number only as much as tells which one is meant.

The whole number never stands in a visitor's record: it is kept beside it, sealed, under the document's own `ref`.
"""

import re
from dataclasses import dataclass
from typing import Literal

type DocumentKind = Literal["id_card", "passport", "permit", "other"]

KINDS: tuple[DocumentKind, ...] = DocumentKind.__value__.__args__
"""Resident identity card, passport, permit (for travel between the mainland, Hong Kong, Macao and Taiwan), other."""

SHOWN = 4
_BLANKS = re.compile(r"[\s\-·.]+")


@dataclass(frozen=True)
class IdentityDocument:
    """A visitor's document: `ref` says which sealed number is its, `shown` is that number masked."""

    ref: str
    kind: DocumentKind
    shown: str


@dataclass(frozen=True)
class SealedDocument:
    """The number of the document `ref` of that `sort`, sealed.

    `mark` is the same for the same document and tells nothing else.
    """

    ref: str
    sort: DocumentKind
    sealed: str
    mark: str


def normalised(number: str) -> str:
    """The number as it is compared and kept: without blanks and hyphens, in capitals."""
    return _BLANKS.sub("", number).upper()


def masked(number: str) -> str:
    """The number, of which one sees the last characters."""
    text = normalised(number)
    return "••••" + (text[-SHOWN:] if len(text) > 2 * SHOWN else text[-1:])
