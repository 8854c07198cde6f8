"""What received invoices add to the benches: one that is kept, one with a file, and a request for each route."""

from __future__ import annotations

from typing import Any

from tests.bench.case import Case, Records, said
from tests.bench.world import APPLICANT, World

INVOICE = {"type": "receipt", "seller": "上海饭店", "day": "2026-03-01", "currency": "CNY", "total": "300"}
UPLOAD = {"name": "photo.png", "content_type": "image/png", "size": 100, "purpose": "received"}
QR = "01,32,,24312000000012345678,106.00,20260301,,A1B2"


def received(made: World) -> None:
    """An invoice, and a photo of another one that was brought."""
    made.records["received"] = made.must(APPLICANT, "/received", INVOICE | {"number": "17"})["id"]
    made.records["photo"] = made.must(APPLICANT, "/uploads", UPLOAD)["id"]


def _with_a_photo(records: Records) -> Any:
    return INVOICE | {"number": "18", "file": [records["photo"]]}


def _read(records: Records) -> Any:
    return {"file": [records["photo"]], "qr": QR}


_ONE = {"id": "received"}
RECEIVED_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/received", APPLICANT),
    Case("list", "GET", "/received", APPLICANT, query="?state=unused", note="unused"),
    Case("form", "GET", "/received/new", APPLICANT),
    Case("form", "POST", "/received/read", APPLICANT, _read),
    Case("command", "POST", "/received", APPLICANT, said(**INVOICE, number="19"), note="by hand"),
    Case("command", "POST", "/received", APPLICANT, _with_a_photo, note="with a photo"),
    Case("detail", "GET", "/received/{id}", APPLICANT, params=_ONE),
    Case("command", "POST", "/received/{id}/actions", APPLICANT, said(action="discard"), _ONE),
)
