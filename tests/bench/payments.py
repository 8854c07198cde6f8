"""What payments add to the benches: what documents owe, a batch that is not released and one that is, each route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.payments import Batch, PaymentFile
from chalicelib.models.payment_batches import BatchItem
from chalicelib.models.store import DynamoStore, create
from chalicelib.services import payments
from chalicelib.services.call import Call
from chalicelib.services.payments import batching
from tests import company
from tests.bench.case import Case, said
from tests.bench.world import ADMIN, APPLICANT, NOW, World
from tests.payments import IBAN, KIND, approved, document_key, settle

FINANCE = company.person("payer", roles=frozenset({"employee", "finance"}), second_factor_since=NOW - timedelta(9))
ACCOUNT = {"form": "iban", "holder": "林梅", "number": IBAN}
FILE = PaymentFile("payments/key", "PB.xml", "application/xml", "0" * 64, 1000)
SHOWN = 20


def fill(made: World) -> None:
    """Finance, an account, twenty payables of the applicant's, and two batches of ten."""
    payments.SETTLED[KIND] = settle
    payments.READS[KIND] = lambda document: [document_key(document)]
    store = DynamoStore()
    company.add_person(store, FINANCE)
    made.must(APPLICANT, "/me/accounts", ACCOUNT)
    call = Call(store, NOW, lambda: "unused", None, "system:bench", permitted=["documents approve"])
    owed = [approved(call, f"D{number}", APPLICANT, 100 + number) for number in range(2 * SHOWN)]
    made.records["payable"] = owed[-1]
    for name, chosen in (("payment_batch", owed[:10]), ("payment_released", owed[10:20])):
        batch, operations = batching.take_in(call, Batch(name, name, "", ADMIN.id, NOW, waiting_for=tuple(chosen)))
        if name == "payment_released":
            batch = replace(batch, status="released", file=FILE)
        call.commit({}, create(BatchItem.from_batch(replace(batch, version=1))), *operations)
        made.records[name], made.records[f"{name} payment"] = name, chosen[0]


def _ten(records: Mapping[str, str]) -> Any:
    return {"payables": [f"{KIND}-D{number}-1" for number in range(20, 30)]}


def _paid(records: Mapping[str, str]) -> Any:
    return {"action": "paid", "payable": records["payment_released payment"]}


def _answer(records: Mapping[str, str]) -> Any:
    return f"End-to-end ID,Status\n{records['payment_released']}-001,PAID".encode()


_PAYABLE = {"id": "payable"}
_DRAFT = {"id": "payment_batch"}
_RELEASED = {"id": "payment_released"}
PAYMENT_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/payments", FINANCE),
    Case("list", "GET", "/payments/mine", APPLICANT),
    Case("detail", "GET", "/payments/settings", FINANCE),
    Case("command", "POST", "/payments/settings", ADMIN, said(four_eyes=True, name="Atrium")),
    Case("detail", "GET", "/payments/{id}", FINANCE, params=_PAYABLE),
    Case("command", "POST", "/payments/{id}/actions", FINANCE, said(action="paid", reference="Cash"), _PAYABLE),
    Case("list", "GET", "/payment-batches", FINANCE),
    Case("command", "POST", "/payment-batches", FINANCE, _ten, note="of ten"),
    Case("detail", "GET", "/payment-batches/{id}", FINANCE, params=_DRAFT),
    Case("command", "POST", "/payment-batches/{id}/actions", FINANCE, said(action="release"), _DRAFT, note="release"),
    Case("command", "POST", "/payment-batches/{id}/actions", FINANCE, _paid, _RELEASED, note="paid"),
    Case("detail", "GET", "/payment-batches/{id}/file", FINANCE, params=_RELEASED),
    Case("command", "POST", "/payment-batches/{id}/answers", FINANCE, _answer, _RELEASED, query="?dry_run=false"),
    Case("detail", "GET", "/me/accounts", APPLICANT),
    Case("command", "POST", "/me/accounts", APPLICANT, said(**ACCOUNT)),
)
