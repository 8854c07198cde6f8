"""Reading an invoice's own data: the file that its owner brought, the code that they scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.file_types import HEAD, TAIL, Sample
from chalicelib.domain.forms import File, media_of
from chalicelib.domain.received import FILE, merged, read_fapiao
from chalicelib.domain.uploads import SIZE_LIMIT, Upload, claimed, fault_before_reading, fault_of_content, megabytes
from chalicelib.gateways.files import files
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.models.uploads import UploadItem
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.received import formats
from chalicelib.services.received.record import KIND
from chalicelib.web.money import amount, minor

REGISTER = "received:register"


@dataclass(frozen=True)
class Brought:
    """A file that was brought and is what it says; `stored` is the bucket's name for that very content."""

    upload: Upload
    content: bytes
    sample: Sample
    stored: str

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hex."""
        return sha256(self.content).hexdigest()

    @property
    def shown(self) -> File:
        """The file as its invoice keeps it."""
        return File(self.upload.id, self.upload.name, self.upload.media, self.sample.size)

    def claim(self, document: str) -> Operation:
        """What makes it the invoice's own."""
        return replace_item(UploadItem.from_upload(claimed(self.upload, document, self.sample, self.stored)))


def read(call: Call, file: str, qr: str) -> Answer:
    """What the file and the code say, as text by field, without keeping anything; raises Invalid."""
    call.permit(REGISTER, COMPANY)
    readings = readings_of(brought(call, file) if file else None, qr)
    return {"values": {name: text for name, text in merged(readings).items() if text}}


def readings_of(file: Brought | None, qr: str) -> list[Mapping[str, str]]:
    """What the file says and what the code says; raises Invalid at their fields."""
    readings: list[Mapping[str, str]] = []
    if file:
        readings.append(formats.read(file.upload.media, file.content))
    if qr.strip():
        readings.append(read_fapiao(qr))
    return [_in_full(each) for each in readings]


def _in_full(reading: Mapping[str, str]) -> Mapping[str, str]:
    """The reading with its sums in all digits of its currency, as people write them."""
    currency = reading.get("currency", "")
    sums = {name: minor(reading[name], currency) for name in ("total", "tax", "net") if reading.get(name)}
    return {**reading, **{name: amount(found, currency) for name, found in sums.items() if found is not None}}


def brought(call: Call, id: str) -> Brought:
    """The file that the person brought for an invoice; raises Invalid at field `file`."""
    (item,) = call.store.get(UploadItem.at(id))
    upload = item.to(Upload) if item else None
    fault = fault_before_reading(upload, call.me.id, KIND, call.now)
    if upload is None or fault:
        raise _refused(fault)
    if upload.media not in media_of(FILE):
        raise _refused("file_type_not_taken")
    part = files().first(upload.key, SIZE_LIMIT + 1)
    if part is None:
        raise _refused("file_missing")
    sample = Sample(part.size, part.content[:HEAD], part.content[-TAIL:])
    if fault := fault_of_content(upload, sample):
        raise _refused(fault)
    return Brought(upload, part.content, sample, part.version)


def _refused(code: str) -> Invalid:
    return Invalid(FieldError("file", code, {"limit": megabytes(SIZE_LIMIT)}))
