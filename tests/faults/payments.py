"""Payments for the harness: what documents owe, finance and its batches, a bank's answer, people's accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.payments import Batch, Item, Payable, violations
from chalicelib.models.budgets import FreezeItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.payment_batches import BatchItem, PaymentItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import DynamoStore
from chalicelib.services.call import Call
from tests import company
from tests.faults.asking import done, seen
from tests.faults.world import World
from tests.payments import CHINESE, IBAN, KIND, OTHER_IBAN, approved

SETTINGS = {"four_eyes": False, "name": "Atrium GmbH", "iban": "DE75512108001245126199"}
ACCOUNT = {"form": "iban", "holder": "林梅", "number": IBAN}
OTHER_ACCOUNT = ACCOUNT | {"number": OTHER_IBAN}
CHINESE_ACCOUNT = {"form": "cn", "holder": "林梅", **CHINESE}
RELEASE = {"action": "release", "acknowledged": True}
MANY = 5


def owing(world: World) -> None:
    """Finance is there, the applicant has an account, and documents owe them more than one step takes."""
    store = DynamoStore()
    facts: dict[str, Any] = {"roles": frozenset({"employee", "finance"}), "second_factor_since": company.LONG_AGO}
    world.names["finance"] = company.add_person(store, company.person("finance", name="Finance", **facts)).id
    world.cloud.contents.accounts[world.names["finance"]] = {"enabled": True, "password": None, "signed_out": False}
    done(world, "admin", "POST /payments/settings", SETTINGS)
    done(world, "applicant", "POST /me/accounts", ACCOUNT)
    payee = store.get(PersonItem.at(world.names["applicant"]))[0]
    for number in range(MANY):
        now = world.position.now.replace(microsecond=0)
        call = Call(store, now, lambda: "unused", None, "system:test", permitted=["documents approve"])
        owed = approved(call, f"D{number}", payee, 1000 + number, by=(world.names["manager"],))
        world.names[f"payable{number or ''}"] = owed


def chosen(world: World, *numbers: int) -> Mapping[str, Any]:
    """The body that takes these payables into a batch."""
    return {"payables": [world.names[f"payable{number or ''}"] for number in numbers]}


def batched(world: World) -> None:
    """Two of them are in a batch."""
    world.names["batch"] = done(world, "finance", "POST /payment-batches", chosen(world, 0, 1))["id"]
    world.settle()


def released(world: World) -> None:
    """The file is there."""
    done(world, "finance", f"POST /payment-batches/{world.names['batch']}/actions", RELEASE)
    world.settle()


def answered(world: World) -> None:
    """The bank has paid both."""
    for name in ("payable", "payable1"):
        done(world, "finance", f"POST /payment-batches/{world.names['batch']}/actions", by_hand(world, "paid", name))


def by_hand(world: World, action: str, payable: str = "payable") -> Mapping[str, Any]:
    """What finance says of one payment."""
    return {"action": action, "payable": world.names[payable], "note": "TR-1"}


def answer(world: World) -> bytes:
    """What the bank answers to the batch: all is paid but the second."""
    items = seen(world, "finance", f"GET /payment-batches/{world.names['batch']}")["items"]
    return _answer(items)


def _answer(items: list[Any]) -> bytes:
    rows = [f"{item['end_to_end']},{'RJCT' if item['no'] == 2 else 'ACSC'},AC04" for item in items]
    return "\n".join(["End-to-end ID,Status,Reason", *rows]).encode()


def all_batched(world: World) -> None:
    """All of them are taken into one batch, step by step."""
    world.names["batch"] = done(world, "finance", "POST /payment-batches", chosen(world, *range(MANY)))["id"]


def answered_by_the_bank(world: World) -> None:
    """The bank's answer comes, and is carried out step by step."""
    content = answer(world)
    done(world, "finance", f"POST /payment-batches/{world.names['batch']}/answers?dry_run=false", content)


def put_away(world: World) -> None:
    """Finance is done with it."""
    done(world, "finance", f"POST /payment-batches/{world.names['batch']}/actions", {"action": "close"})


def given_up(world: World) -> None:
    """What failed is chosen again, and given up again."""
    id = done(world, "finance", "POST /payment-batches", chosen(world, 1))["id"]
    world.settle()
    done(world, "finance", f"POST /payment-batches/{id}/actions", {"action": "cancel"})


def account_changed(world: World) -> None:
    """The applicant has another account, and one in China."""
    done(world, "applicant", "POST /me/accounts", OTHER_ACCOUNT)
    done(world, "applicant", "POST /me/accounts", CHINESE_ACCOUNT)


def check_payments(store: DynamoStore, raws: list[Any]) -> None:
    """Every batch is what its payments add up to; each document is told exactly what was paid of it, once."""
    heads = [raw for raw in raws if raw["kind"]["S"] == "payment_batch"]
    items: list[Item] = [PaymentItem.from_raw_data(raw).to(Item) for raw in raws if raw["kind"]["S"] == "payment"]
    for raw in heads:
        batch: Batch = BatchItem.from_raw_data(raw).to(Batch)
        wrong = violations(batch, tuple(item for item in items if item.batch == batch.id))
        assert not wrong, wrong
    owed: list[Payable] = [PayableItem.from_raw_data(raw).to(Payable) for raw in raws if raw["kind"]["S"] == "payable"]
    for payable in owed:
        paid = sum(each.amount for each in owed if each.document == payable.document and each.status == "paid")
        told = _told(raws, payable)
        assert told in (paid, None), f"{payable.id}: {told} of {paid}"
        living = [item for item in items if item.payable == payable.id and item.status in ("waiting", "paid")]
        assert len(living) <= 1, f"{payable.id} is in {len(living)} batches"


def _told(raws: list[Any], payable: Payable) -> int | None:
    """What the payable's document was told to be paid; None for a kind that keeps no such sum."""
    if payable.document_kind == KIND:
        return int(next(_freezes(raws, payable.document))["converted"]["N"])
    advances = (raw for raw in raws if raw["kind"]["S"] == "advance" and raw["id"]["S"] == payable.document)
    return next((int(raw["paid"]["N"]) for raw in advances), None)


def _freezes(raws: list[Any], document: str) -> Any:
    kind = FreezeItem._get_discriminator_attribute().get_discriminator(FreezeItem)
    own = (raw for raw in raws if raw["kind"]["S"] == kind and raw["document_kind"]["S"] == KIND)
    return (raw for raw in own if raw["document"]["S"] == document)
