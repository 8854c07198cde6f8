"""Making one file of the parts: rows, sums and digests are those of what the file contains."""

from __future__ import annotations

import csv
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import NamedTuple

from chalicelib.domain.finance_exports import File, Totals
from chalicelib.services.finance_exports.columns import CURRENCY, Kind, lines_of

_GZIP = 31
"""zlib's sign for a gzip header, which then has neither a time nor a name: equal contents give equal files."""


class Joined(NamedTuple):
    """A file, and what the manifest says of it."""

    content: bytes
    file: File


def packed(text: str) -> bytes:
    """The text in UTF-8, packed with gzip."""
    packer = zlib.compressobj(wbits=_GZIP)
    return packer.compress(text.encode()) + packer.flush()


def joined(kind: Kind, parts: Callable[[], Iterable[bytes]]) -> Joined:
    """The file of the parts, put together without holding all that it contains."""
    packer, whole, digest, tally = zlib.compressobj(wbits=_GZIP), io.BytesIO(), hashlib.sha256(), _Tally(kind)
    for lines in _contents(kind, parts):
        digest.update(lines)
        tally.add(lines)
        whole.write(packer.compress(lines))
    whole.write(packer.flush())
    content = whole.getvalue()
    digests = {"sha256": hashlib.sha256(content).hexdigest(), "content_sha256": digest.hexdigest()}
    return Joined(content, File(kind.key, tally.rows - 1, len(content), totals=tally.totals(), **digests))


def _contents(kind: Kind, parts: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    yield kind.head.encode()
    lines = (zlib.decompress(part, wbits=_GZIP) for part in parts())
    yield from _once(lines, parts) if kind.moving else lines


def _once(found: Iterable[bytes], parts: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    """Of rows that were read twice while they moved from one partition to another, the last."""
    last: dict[str, int] = {}
    everything = (row for part in parts() for row in _rows(zlib.decompress(part, wbits=_GZIP)))
    for number, row in enumerate(everything):
        last[row[0]] = number
    numbers = count()
    for lines in found:
        yield lines_of(row for row in _rows(lines) if last[row[0]] == next(numbers)).encode()


def _rows(lines: bytes) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(lines.decode(), newline=""))


class _Tally:
    """Counts the rows of a file, its first line too, and adds its sums up by currency."""

    def __init__(self, kind: Kind) -> None:
        names = [column.name for column in kind.columns]
        self._summed = {column.name: names.index(column.name) for column in kind.columns if column.summed}
        self._currency = names.index(CURRENCY) if self._summed else 0
        self._sums: dict[str, Counter[str]] = {}
        self.rows = 0

    def add(self, lines: bytes) -> None:
        """Count these lines."""
        for row in _rows(lines):
            self.rows += 1
            if self._summed and self.rows > 1:
                sums = self._sums.setdefault(row[self._currency], Counter())
                for name, place in self._summed.items():
                    sums[name] += int(row[place] or 0)

    def totals(self) -> Totals:
        """By currency, each in the order of the columns."""
        return {currency: {name: sums[name] for name in self._summed} for currency, sums in sorted(self._sums.items())}
