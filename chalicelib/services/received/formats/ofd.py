"""Invoices as OFD (GB/T 33190): a zip with the pages, and beside them what the invoice says as XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal

from chalicelib.domain.received import day_of, figure_of, line_of, merged
from chalicelib.services.received.formats.leaves import Document, leaves_of, refused
from chalicelib.services.received.formats.xml import read_if_invoice

PARTS = 2000
UNPACKED = 64 * 1024 * 1024
"""Bytes of all parts together, as the zip's directory says; none unpacks to more than stands there."""
RATIO = 250
"""How much a part that is read may shrink; XML shrinks to a tenth or a twentieth."""
PART = 4 * 1024 * 1024
"""Bytes of a part that is read."""
ATTACHED = 5
"""Attachments that are looked at."""

MAIN = "OFD.xml"
CUSTOM: Mapping[str, str] = {
    "发票代码": "code",
    "发票号码": "number",
    "开票日期": "day",
    "合计金额": "net",
    "合计税额": "tax",
    "销售方纳税人识别号": "seller_tax_id",
    "购买方纳税人识别号": "buyer_tax_id",
}
"""What the main part has of an invoice (CustomDatas), by the names that fapiao give it."""

_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, EOFError, RuntimeError, OSError)
"""What zipfile raises for files that only look like a zip, are encrypted or packed in a way that it does not know."""


def read(content: bytes) -> dict[str, str]:
    """What the invoice says; nothing for an OFD of another kind. Raises Invalid for a hostile or broken one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            attached = [read_if_invoice(part) or {} for part in _attached(archive)]
            return {name: text for name, text in merged([*attached, _custom(_part(archive, MAIN))]).items() if text}
    except _BROKEN as error:
        raise refused("file_not_as_named") from error


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise refused("file_unpacks_too_large", limit=str(UNPACKED // 1024**2))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    part = archive.getinfo(name)
    if part.file_size > PART or part.file_size > RATIO * max(part.compress_size, 1) + 4096:
        raise refused("file_unpacks_too_large", limit=str(PART // 1024**2))
    return archive.read(part)


def _attached(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The XML files that are attached, the original of the invoice first."""
    names = [name for name in archive.namelist() if "/attachs/" in f"/{name.lower()}" and name.lower().endswith(".xml")]
    names = [name for name in names if not name.lower().endswith("/attachments.xml")]
    for name in sorted(names, key=lambda each: "original_invoice" not in each.lower())[:ATTACHED]:
        yield _part(archive, name)


def _custom(content: bytes) -> dict[str, str]:
    """What the main part says; its total is the sum of the other two."""
    document = leaves_of(content)
    said = {CUSTOM[name]: text for name, text in _datas(document) if name in CUSTOM}
    if not said.get("number"):
        return {}
    figures = {name: figure_of(said.get(name, "")) for name in ("net", "tax")}
    if "-" in figures.values():
        raise refused("invoice_is_credit")
    if all(figures.values()):
        figures["total"] = figure_of(str(Decimal(figures["net"]) + Decimal(figures["tax"])))
    days = {"day": day_of(said.get("day", ""))}
    texts = {name: line_of(text) for name, text in said.items() if name not in ("net", "tax", "day")}
    return texts | days | figures | {"currency": "CNY"}


def _datas(document: Document) -> Iterator[tuple[str, str]]:
    for leaf in document.leaves.get("DocBody/DocInfo/CustomDatas/CustomData", ()):
        yield leaf.attributes.get("Name", ""), leaf.text
