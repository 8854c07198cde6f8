"""Files that people hand in (附件): announced, brought to the bucket by the browser itself, then claimed by a document.

| status | where the file lies | how long |
|---|---|---|
| waiting | `uploads/ID`, if the browser has brought it | CLAIMED_WITHIN; then nobody can use it, and it goes |
| claimed | the same, as the version that was checked | until the stream has followed, seconds |
| kept | `files/ID`, where nobody but the stream writes | as long as its document |
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.errors import FieldError, Invalid, TooMany
from chalicelib.domain.file_types import BY_MEDIA, FileType, Sample, type_of

SIZE_LIMIT = 10 * 1024 * 1024
"""Bytes of one file."""
AN_HOUR = 100
"""Files that one person may announce in an hour."""
CLAIMED_WITHIN = timedelta(hours=24)
BROUGHT_WITHIN = timedelta(minutes=15)
"""How long the browser may begin to bring a file that was announced."""
NAME_LIMIT = 100

type Status = Literal["waiting", "claimed", "kept"]


@dataclass(frozen=True)
class Upload:
    """A file that was announced. `media` is its type's; `size` counts bytes, as checked from `claimed` on.

    `purpose` is the kind of document that it is for, `document` the id of the one that holds it, `stored` the bucket's
    name for the very content that was checked.
    """

    id: str
    owner: str
    purpose: str
    name: str
    media: str
    size: int
    created_at: datetime
    status: Status = "waiting"
    document: str = ""
    stored: str = ""
    version: int = 1

    @property
    def key(self) -> str:
        """Where it lies in the bucket."""
        return f"files/{self.id}" if self.status == "kept" else brought_to(self.id)


def brought_to(id: str) -> str:
    """Where the browser brings a file."""
    return f"uploads/{id}"


def announced(id: str, owner: str, purpose: str, sent: Mapping[str, str | int], now: datetime) -> Upload:
    """A file that is going to be brought; `sent` has its `name`, `content_type` and `size`.

    Raises Invalid for a type that nobody takes and a size out of bounds.
    """
    name, size = str(sent["name"]), int(sent["size"])
    kind = type_of(str(sent["content_type"]), name)
    faults = [] if kind else [FieldError("content_type", "file_type_refused")]
    if size < 1:
        faults.append(FieldError("size", "file_empty"))
    if size > SIZE_LIMIT:
        faults.append(FieldError("size", "file_too_large", {"limit": megabytes(SIZE_LIMIT)}))
    if faults or kind is None:
        raise Invalid(*faults)
    return Upload(id, owner, purpose, clean_name(name, kind), kind.media, size, now)


def megabytes(size: int) -> str:
    """A size as people read it, in MB."""
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def clean_name(name: str, kind: FileType) -> str:
    """A name that shows what it is: no folders, nothing invisible or turned around, and an ending of its type."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join("_" if char in '<>:"|?*' else char for char in last if unicodedata.category(char)[0] != "C")
    stem, ending = " ".join(shown.split()), kind.endings[0]
    for each in kind.endings:
        if stem.lower().endswith(each):
            stem, ending = stem[: -len(each)], stem[-len(each) :]
    return (stem.strip(". ") or "file")[: NAME_LIMIT - len(ending)] + ending


def counted(before: int, now: datetime) -> int:
    """One more announcement in this hour of the clock; raises TooMany when the person made AN_HOUR of them."""
    if before >= AN_HOUR:
        left = 3600 - (now.minute * 60 + now.second)
        raise TooMany("too_many_uploads", retry_after=str(left))
    return before + 1


def fault_before_reading(upload: Upload | None, person: str, purpose: str, now: datetime) -> str:
    """Why somebody cannot put the file into a document of that kind, "" if they can as far as the record tells.

    Somebody else's file is refused like one that is not there.
    """
    if upload is None or upload.owner != person or upload.purpose != purpose or upload.status != "waiting":
        return "file_unknown"
    return "file_expired" if now - upload.created_at >= CLAIMED_WITHIN else ""


def fault_of_content(upload: Upload, sample: Sample | None) -> str:
    """What is wrong with what was brought, "" if it is what was announced; None: nothing was."""
    if sample is None:
        return "file_missing"
    if sample.size > SIZE_LIMIT:
        return "file_too_large"
    return "" if BY_MEDIA[upload.media].proves(sample) else "file_not_as_named"


def claimed(upload: Upload, document: str, sample: Sample, stored: str) -> Upload:
    """The file once a document holds it."""
    changed = replace(upload, status="claimed", document=document, version=upload.version + 1)
    return replace(changed, size=sample.size, stored=stored)


def kept(upload: Upload) -> Upload:
    """The file once it lies where nobody else can write."""
    return replace(upload, status="kept", version=upload.version + 1)
