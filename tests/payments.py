"""Payments in tests: a kind of document that stands in for claims and advances, payables of it, accounts, a bucket.

The document is a freeze of a budget: what it has `converted` is what it was told to be paid, so that a payment that
settles twice is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from chalicelib.domain.approvals import Running, Status
from chalicelib.domain.budgets import Freeze
from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.payments import Payable
from chalicelib.models.approvals import RunningItem
from chalicelib.models.budgets import FreezeItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Put, Store, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import bank_accounts, payments
from chalicelib.services.approvals import approval_id
from chalicelib.services.call import Call

KIND = "expense"
LINE = "EXPENSES"
IBAN = "DE89370400440532013000"
OTHER_IBAN = "FR1420041010050500013M02606"
CHINESE = {"number": "6222021234567890123", "bank": "中国工商银行上海分行", "cnaps": "102290000012"}


class Refused(Conflict):
    """What a document says that cannot be settled."""

    code = "budget_not_frozen"


def document_key(document: str) -> Key:
    return FreezeItem.at(LINE, KIND, document)


def settle(call: Call, document: str, payable: Payable) -> Sequence[Operation]:
    """What is converted grows by what was paid, once a payment; a document that is released refuses."""
    (item,) = call.store.get(document_key(document))
    if item is None:
        raise NotFound
    freeze: Freeze = item.to(Freeze)
    if freeze.status == "released":
        raise Refused(state="released", held="0", asked=str(payable.amount), currency=payable.currency)
    paid = replace(freeze, converted=freeze.converted + payable.amount, version=freeze.version + 1)
    return [replace_item(FreezeItem.from_freeze(paid))]


@contextmanager
def the_kind() -> Iterator[None]:
    """Documents of the kind `expense` are known."""
    payments.SETTLED[KIND] = settle
    payments.READS[KIND] = lambda document: [document_key(document)]
    yield
    del payments.SETTLED[KIND], payments.READS[KIND]


def approved(
    call: Call, document: str, payee: Person, amount: int, currency: str = "EUR", by: Sequence[str] = (), part: int = 1
) -> str:
    """An approved document that owes its payee a sum; returns the payable's id."""
    freeze = Freeze(LINE, KIND, document, f"EX-{document}", amount, status="open", version=1)
    running = Running(
        approval_id(KIND, document),
        KIND,
        document,
        "expense",
        1,
        payee.id,
        status=Status.APPROVED,
        approvals=tuple(("manager", person) for person in by),
    )
    number = f"EX-{document}"
    department = payee.department
    operations: list[Operation] = list(
        payments.owing(
            call, KIND, document, number, payee.id, payee.name, amount, currency, department=department, part=part
        )
    )
    if part == 1:
        operations += [create(FreezeItem.from_freeze(freeze)), create(_running_item(running))]
    call.permit_public("a document's own transaction")
    call.commit({}, *operations)
    return payments.payable_id(KIND, document, part)


def _running_item(running: Running) -> RunningItem:
    _, pk, sk = RunningItem.at(running.id)
    return RunningItem.of(running, pk=pk, sk=sk, subject="", applicant_name="", facts={})


def converted(store: Store, document: str) -> int:
    """What the document was told to be paid, in minor units."""
    (item,) = store.get(document_key(document))
    return int(item.converted)


def release_freeze(store: Store, document: str) -> None:
    """The document can be settled no more."""
    (item,) = store.get(document_key(document))
    store.write(Put(FreezeItem.from_freeze(replace(item.to(Freeze), status="released")), {}))


class Seals:
    """Numbers behind their places, for all to read."""

    def seal(self, place: str, text: str) -> str:
        return f"{place}|{text}"

    def open_all(self, sealed: Mapping[str, str]) -> dict[str, str]:
        return {place: each.removeprefix(f"{place}|") for place, each in sealed.items()}


@dataclass
class Bucket:
    """A bucket in memory."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, content: bytes, content_type: str) -> None:
        assert self.kept.setdefault(key, content) == content, "a file is never replaced"

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        return f"https://files.example/{key}?name={name}"


def with_iban(call: Call, iban: str = IBAN) -> None:
    bank_accounts.state(call, Seals(), "iban", call.me.name, iban)


def with_chinese_account(call: Call) -> None:
    bank_accounts.state(call, Seals(), "cn", call.me.name, **CHINESE)
