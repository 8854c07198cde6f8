"""Payments behind their real routes: people, accounts, payables, and the steps of the stream taken at once."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.payments import MOVING, Batch
from chalicelib.handlers import bank_accounts
from chalicelib.handlers.payments import batches
from chalicelib.models.payment_batches import AnswerItem, BatchItem
from chalicelib.services.call import Call
from chalicelib.services.payments import answering, setting, steps
from tests import company, desk
from tests.client import Client
from tests.payments import Bucket, Seals, approved, the_kind, with_chinese_account, with_iban
from tests.services.conftest import new_id

FINANCE = company.person(
    "finance", name="孙丽", roles=frozenset({"employee", "finance"}), second_factor_since=company.LONG_AGO
)
SECOND = company.person(
    "second", name="赵敏", roles=frozenset({"employee", "finance"}), second_factor_since=company.LONG_AGO
)
ADMIN = company.person("admin", roles=frozenset({"employee", "administrator"}), second_factor_since=company.LONG_AGO)
MANAGER = company.person("manager", name="陈经理")
APPLICANT = company.person("applicant", name="林梅", manager=MANAGER.id)
HOST = company.person("host", name="何先生")
PAYER = setting.Settings(four_eyes=False, name="Atrium GmbH", iban="DE75512108001245126199", bic="SOLADEST600")


@dataclass
class Counter:
    """The desk with finance at it."""

    desk: desk.Desk
    files: Bucket = field(default_factory=Bucket)
    documents: int = 0

    def client(self, who: Person = FINANCE) -> Client:
        return self.desk.client(who)

    def call(self, who: Person | None, days_ago: int = 0) -> Call:
        then = self.desk.now - timedelta(days=days_ago)
        return Call(self.desk.store, then, new_id, who, who.id if who else "system:drive", permitted=["a test"])

    def owes(self, payee: Person = APPLICANT, amount: int = 10_000, currency: str = "EUR", days_ago: int = 0) -> str:
        self.documents += 1
        number = f"D{self.documents:03}"
        return approved(self.call(ADMIN, days_ago), number, payee, amount, currency, by=(MANAGER.id,))

    def make(self, *payables: str) -> str:
        answer = self.client().post("/payment-batches", {"payables": list(payables)})
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    def act(self, id: str, action: str, who: Person = FINANCE, **facts: Any) -> Any:
        answer = self.client(who).post(f"/payment-batches/{id}/actions", {"action": action} | facts)
        self.follow(id)
        return answer

    def follow(self, id: str) -> None:
        while (head := self._head(id)).status in MOVING:
            steps.go_on(self.call(None), self.files, Seals(), id, head.version)
        for run in self.desk.store.all(AnswerItem):
            while run.status == "running":
                answering.carry_on(self.call(None), run.batch, run.id, run.version)
                (run,) = self.desk.store.get(AnswerItem.at(run.batch, run.id))

    def _head(self, id: str) -> Batch:
        head: Batch = self.desk.store.get(BatchItem.at(id))[0].to(Batch)
        return head


def open_counter(patch: pytest.MonkeyPatch, stack: ExitStack) -> Counter:
    """Everybody has accounts, finance is set up."""
    stack.enter_context(the_kind())
    counter = Counter(desk.open_desk(patch))
    patch.setattr(bank_accounts, "account_envelopes", Seals)
    patch.setattr(batches, "files", lambda: counter.files)
    company.add_department(counter.desk.store)
    for someone in (FINANCE, SECOND, ADMIN, MANAGER, APPLICANT, HOST):
        company.add_person(counter.desk.store, someone)
    for someone in (APPLICANT, HOST):
        with_iban(counter.call(someone, days_ago=30))
        with_chinese_account(counter.call(someone, days_ago=30))
    setting.state(counter.call(ADMIN), PAYER)
    return counter
