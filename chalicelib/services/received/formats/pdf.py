"""Invoices as PDF that carry their data as XML: Factur-X and ZUGFeRD, by ISO 32000's embedded files.

Nothing else of a PDF is looked at: a file that is embedded is a stream of its own, whose dictionary says so, and stands
in no other stream. An encrypted one, which PDF/A forbids, says nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice

from chalicelib.domain.errors import Invalid
from chalicelib.services.received.formats.leaves import SIZE, refused
from chalicelib.services.received.formats.xml import read_if_invoice

DICTIONARY = 2048
"""Bytes before a stream in which its dictionary is looked for."""
STREAMS = 20_000
"""Streams of a PDF that are looked at."""
EMBEDDED = 20
"""Embedded files of one PDF that are looked at."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILE = re.compile(rb"/EmbeddedFile\b|/(?:text|application)#2[Ff]xml\b")
_HEAD = re.compile(rb"[\s\xef\xbb\xbf]*<")


def read(content: bytes) -> dict[str, str]:
    """What the first invoice in the file says, nothing where there is none."""
    readings = (_invoice(data) for data in islice(_embedded(content), EMBEDDED) if _HEAD.match(data))
    return next((found for found in readings if found is not None), {})


def _invoice(data: bytes) -> dict[str, str] | None:
    """What an embedded file says; nothing where it only begins as XML does."""
    try:
        return read_if_invoice(data)
    except Invalid as broken:
        if broken.fields[0].code == "xml_not_well_formed":
            return None
        raise


def _embedded(content: bytes) -> Iterator[bytes]:
    """The files that are embedded in it, as far as they can be unpacked; the others are no XML."""
    for stream in islice(_STREAM.finditer(content), STREAMS):
        dictionary = content[max(0, stream.start() - DICTIONARY) : stream.start()].rpartition(b" obj")[2]
        if _FILE.search(dictionary):
            yield _unpacked(content, stream.end(), dictionary)


def _unpacked(content: bytes, start: int, dictionary: bytes) -> bytes:
    """What stands in a stream; raises Invalid where it unpacks to more than it may."""
    if b"/FlateDecode" not in dictionary:
        end = content.find(b"endstream", start)
        return content[start:end] if end >= 0 else b""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(memoryview(content)[start:], SIZE + 1)
    except zlib.error:
        return b""
    if len(data) > SIZE:
        raise refused("file_unpacks_too_large", limit=str(SIZE // 1024**2))
    return data
