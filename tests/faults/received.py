"""Received invoices for the harness: a file that was brought, an invoice that waits, and claims that want it."""

from __future__ import annotations

from typing import Any

from chalicelib.settings import settings
from tests import invoices
from tests.faults.asking import done
from tests.faults.world import World

INVOICE = {
    "type": "receipt",
    "number": "17",
    "seller": "上海饭店",
    "day": "2026-03-01",
    "currency": "CNY",
    "total": "300",
}
UPLOAD = {"name": "factur-x.pdf", "content_type": "application/pdf", "size": 2000, "purpose": "received"}


def invoice_brought(world: World) -> None:
    """An invoice as PDF with its data in it that was announced and that the applicant's browser has brought."""
    world.names["invoice"] = done(world, "applicant", "POST /uploads", UPLOAD)["id"]
    place = settings().files_bucket, f"uploads/{world.names['invoice']}"
    world.cloud.contents.files[place] = invoices.pdf(invoices.cii())


def invoice_kept(world: World) -> None:
    """The applicant has registered it."""
    world.names["received"] = done(world, "applicant", "POST /received", from_its_file(world))["id"]


def invoice_discarded(world: World) -> None:
    """They throw it away again."""
    done(world, "applicant", f"POST /received/{world.names['received']}/actions", {"action": "discard"})


def from_its_file(world: World) -> dict[str, Any]:
    """The invoice as it says itself."""
    return {"file": [world.names["invoice"]]}
