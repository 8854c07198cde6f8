"""Claims for the harness: one that settles a visit, clears an advance and uses an invoice, in every stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.domain.advances import Advance, Stamp, pay
from chalicelib.domain.received import Received, identity_key, received_id
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.received import ReceivedItem
from chalicelib.models.store import DynamoStore, create
from chalicelib.services.advances.posting import entries
from chalicelib.services.advances.standing import counted
from tests import company
from tests.faults.asking import decide, done, find_task, open_task
from tests.faults.world import World

ADVANCE = "01KJPX9W3TZ4QZ6T1N7V0F2B5A"
INVOICE = received_id("01KJPX9W3TZ4QZ6T1N7V0F2B5B", identity_key("", "77", "Restaurant", ""))
DAY = "2026-03-02"
COST = 900
"""Of a dinner, in yuan: too much for approving itself."""
SMALL = 100
"""Not too much, if the lot does not fall on it."""


def claim(world: World, amount: int = COST, submit: bool = True, **facts: Any) -> dict[str, Any]:
    """A dinner with its invoice for the visit, a part of it cleared by an advance."""
    dinner = {"category": "meal", "day": DAY, "amount": str(amount), "heads": 6, "place": "A", "reason": "Guests"}
    links = [{"kind": "visit", "document": world.names["visit"]}] if "visit" in world.names else []
    known = {"lines": [dinner | {"invoice": INVOICE}, dinner], "links": links, "offsets": [{"advance": ADVANCE}]}
    return {"purpose": "Talks", "currency": "CNY", "submit": submit} | known | facts


def plain(amount: int = COST) -> dict[str, Any]:
    """One dinner, without anything beside it."""
    dinner = {"category": "meal", "day": DAY, "amount": str(amount), "heads": 6, "place": "A", "reason": "Guests"}
    return {"purpose": "Talks", "currency": "CNY", "lines": [dinner], "submit": True}


LESS = {"key": "1", "sanctioned": "500", "refusal": "Too much"}
CORRECTED = {"lines": [LESS, {"key": "2", "refused": True, "refusal": "No receipt"}]}
"""What an approver grants of both lines."""


def papers(world: World) -> None:
    """Somebody in finance, an advance that was paid and an invoice, besides an approved visit that holds some money."""
    done(world, "admin", "POST /roles/finance", {"action": "give", "person": world.names["host"]})
    store = DynamoStore()
    (item,) = store.get(PersonItem.at(world.names["applicant"]))
    head, now = company.HEAD_OFFICE, world.position.now
    bare = Advance(
        ADVANCE, "AD10000001", item.id, item.name, head.id, head.path, "Cash", "CNY", 50_000, date(2026, 4, 1), now,
        status="approved",
    )  # fmt: skip
    posting = pay(bare, 50_000, Stamp("01KJPX9W3TZ4QZ6T1N7V0F2B5C", now, "admin"))
    known: dict[str, Any] = {"type": "einvoice", "code": "", "number": "77", "seller": "Restaurant"}
    known |= {"seller_tax_id": "", "buyer": "", "buyer_tax_id": "", "day": date(2026, 3, 2), "currency": "CNY"}
    invoice = Received(INVOICE, item.id, item.name, **known, total=200_000, tax=0, net=200_000, created_at=now)
    own = replace(posting.advance, version=1)
    store.write(
        create(AdvanceItem.from_advance(own)),
        *counted(own),
        *entries([posting]),
        create(ReceivedItem.from_received(invoice)),
    )


def claimed(world: World) -> None:
    """Somebody drafts a claim for all of that."""
    answer = done(world, "applicant", "POST /claims", claim(world, submit=False))
    world.names.update(claim=answer["id"], claim_number=answer["number"])


def claim_pending(world: World) -> None:
    """It waits for its approval."""
    done(world, "applicant", f"POST /claims/{world.names['claim']}/actions", {"action": "submit"})
    find_task(world)


def claim_returned(world: World) -> None:
    """It came back."""
    decide(world, "return")


def claim_checked(world: World) -> None:
    """The line manager approved it, finance is asked."""
    decide(world, "approve")
    world.names["task"] = open_task(world, "host")


def claim_owed(world: World) -> None:
    """Finance approved it: what the advance does not cover is to be paid."""
    done(world, "host", f"POST /approvals/{world.names['task']}/actions", {"action": "approve"})


def claim_paid(world: World) -> None:
    """A claim that an advance covers entirely is approved, and so it is paid."""
    answer = done(world, "applicant", "POST /claims", claim(world, 200))
    world.names.update(claim=answer["id"], claim_number=answer["number"])
    find_task(world)
    claim_checked(world)
    done(world, "host", f"POST /approvals/{world.names['task']}/actions", {"action": "approve"})
