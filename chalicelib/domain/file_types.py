"""Types of files that people may hand in, and whether a file's bytes are of the type that it is said to be.

| family | types | how it is told |
|---|---|---|
| pdf | PDF | begins with `%PDF-` (ISO 32000) |
| image | PNG, JPEG, WEBP, HEIC | signatures of ISO 15948, ISO 10918, the WebP container, ISO 23008-12 |
| word, excel | DOCX, XLSX | a zip whose directory names the main part (ECMA-376), without macros |
| text | TXT, CSV | readable as UTF-8 or GB 18030, no control characters |
| invoice | XML, OFD | text that begins as XML, is no page, declares nothing; a zip with `OFD.xml` (GB/T 33190) |

None of them can run a script in a browser: pages, drawings (SVG) and archives are not taken.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

HEAD = 4096
"""How many of a file's first bytes are looked at."""
TAIL = 128 * 1024
"""How many of its last bytes hold a zip's directory: that of 1,000 parts."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was read of a file: its size, its first HEAD bytes and, where its type wants them, its last TAIL."""

    size: int
    head: bytes
    tail: bytes = b""


@dataclass(frozen=True, slots=True)
class FileType:
    """One type: its media type, how names of such files end, its family, and what proves it."""

    media: str
    endings: tuple[str, ...]
    family: str
    proves: Callable[[Sample], bool]
    needs_tail: bool = False


def _begins(pattern: bytes) -> Callable[[Sample], bool]:
    signature = re.compile(pattern, re.DOTALL)
    return lambda sample: signature.match(sample.head) is not None


def _holds(main_part: str) -> Callable[[Sample], bool]:
    """An Office file: the directory at its end lists the main part, and no macros."""
    return lambda sample: sample.head.startswith(b"PK\x03\x04") and _is_office(_names(sample.tail), main_part)


def _is_office(names: list[str], main_part: str) -> bool:
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return "[Content_Types].xml" in names and main_part in names and not macros


def _names(tail: bytes) -> list[str]:
    try:
        return zipfile.ZipFile(io.BytesIO(tail)).namelist()
    except (zipfile.BadZipFile, ValueError, UnicodeDecodeError, NotImplementedError):
        return []  # the errors of zipfile for what is no zip, or one whose directory is longer than TAIL


_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")


def _is_text(sample: Sample) -> bool:
    whole = sample.size <= len(sample.head)
    return not _NO_TEXT.search(sample.head) and any(_reads(sample.head, name, whole) for name in ("utf-8", "gb18030"))


def _reads(content: bytes, encoding: str, whole: bool) -> bool:
    """Whether it can be read so; a character may be cut where the sample ends."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(content, final=whole)
    except UnicodeDecodeError:
        return False
    return True


_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:[\w.-]++:)?([A-Za-z_][\w.-]*)",
    re.DOTALL,
)
_PAGES = frozenset({b"html", b"svg", b"script", b"stylesheet", b"transform"})


def _is_xml(sample: Sample) -> bool:
    root = _ROOT.match(sample.head)
    shown = root is not None and root[1].lower() not in _PAGES
    return shown and _is_text(sample) and not _DECLARED.search(sample.head)


def _is_ofd(sample: Sample) -> bool:
    return sample.head.startswith(b"PK\x03\x04") and "OFD.xml" in _names(sample.tail)


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES: tuple[FileType, ...] = (
    FileType("application/pdf", (".pdf",), "pdf", _begins(rb"%PDF-")),
    FileType("image/png", (".png",), "image", _begins(rb"\x89PNG\r\n\x1a\n")),
    FileType("image/jpeg", (".jpg", ".jpeg"), "image", _begins(rb"\xff\xd8\xff")),
    FileType("image/webp", (".webp",), "image", _begins(rb"RIFF....WEBP")),
    FileType("image/heic", (".heic", ".heif"), "image", _begins(rb"....ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)")),
    FileType(f"{_OFFICE}.wordprocessingml.document", (".docx",), "word", _holds("word/document.xml"), needs_tail=True),
    FileType(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), "excel", _holds("xl/workbook.xml"), needs_tail=True),
    FileType("text/plain", (".txt",), "text", _is_text),
    FileType("text/csv", (".csv",), "text", _is_text),
    FileType("application/xml", (".xml",), "invoice", _is_xml),
    FileType("application/ofd", (".ofd",), "invoice", _is_ofd, needs_tail=True),
)
BY_MEDIA: Mapping[str, FileType] = {each.media: each for each in TYPES}
FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(each.family for each in TYPES))
"""What a field of a form may be narrowed down to."""


def type_of(media: str, name: str) -> FileType | None:
    """The type that a file is said to be: by its name's ending, which is what people go by, else by its media type.

    Windows calls a CSV file a spreadsheet, and knows no name for HEIC.
    """
    by_ending = (each for each in TYPES if name.lower().endswith(each.endings))
    return next(by_ending, None) or BY_MEDIA.get(media.lower().partition(";")[0].strip())
