"""Finance at work: people in every relation to a payment, and the steps of the stream taken at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.payments import MOVING, AnswerRun, Batch, Item, Payable
from chalicelib.models.payment_batches import AnswerItem, BatchItem
from chalicelib.models.payments import PayableItem
from chalicelib.services.call import Call
from chalicelib.services.payments import answering, batching, record, releasing, setting, settling, steps
from tests.company import add_person, person
from tests.payments import Bucket, Seals, approved, with_chinese_account, with_iban
from tests.services.conftest import Company

DAY = timedelta(days=1)
PAYER = {"name": "Atrium 贸易有限公司", "iban": "DE75512108001245126199", "bic": "SOLADEST600"}


class Office(Company):
    """A company with two of finance; `pay` and its like go all the way."""

    def __init__(self, store: Any = None) -> None:
        super().__init__(store)
        self.finance = self._hire("finance", name="孙丽", roles=frozenset({"employee", "finance"}))
        self.second = self._hire("second", name="赵敏", roles=frozenset({"employee", "finance"}))
        self.files, self.seals = Bucket(), Seals()
        self._documents = 0

    def hire(self, login: str) -> Person:
        return add_person(self.store, person(login, name=f"员工{login}"))

    def system(self) -> Call:
        call = self.call(None)
        call.permit_public("what follows")
        return call

    def owes(
        self, payee: Person | None = None, amount: int = 10_000, currency: str = "EUR", by: Sequence[str] = ()
    ) -> str:
        self._documents += 1
        by = by or (self.manager.id,)
        return approved(self.call(self.admin), f"D{self._documents:03}", payee or self.applicant, amount, currency, by)

    def accounts(self, *people: Person, days_ago: int = 2) -> None:
        for each in people or (self.applicant,):
            then = self.now - days_ago * DAY
            with_iban(self.call(each, now=then))
            with_chinese_account(self.call(each, now=then))

    def set_up(self, four_eyes: bool = False) -> None:
        setting.state(self.call(self.admin), setting.Settings(four_eyes, **PAYER))

    def batch(self, *payables: str, who: Person | None = None) -> str:
        id = str(batching.make(self.call(who or self.finance), payables)["id"])
        self.follow(id)
        return id

    def follow(self, id: str) -> Batch:
        """The stream's steps until the batch stands still."""
        while (head := self.head(id)).status in MOVING:
            steps.go_on(self.system(), self.files, self.seals, id, head.version)
        return head

    def release(self, id: str, who: Person | None = None, acknowledged: bool = False) -> Batch:
        releasing.release(self.call(who or self.finance), id, acknowledged)
        return self.follow(id)

    def ready(self, *payables: str) -> str:
        """A released batch of these."""
        id = self.batch(*payables)
        assert self.release(id).status == "released"
        return id

    def mark(self, id: str, payable: str, verdict: Any = "paid", who: Person | None = None, note: str = "") -> None:
        settling.mark(self.call(who or self.finance), id, payable, verdict, note)

    def bring(self, id: str, content: bytes, dry_run: bool = False, who: Person | None = None) -> Any:
        read = answering.bring(self.call(who or self.finance), id, content, "answer.csv", dry_run)
        for item in self.store.all(AnswerItem) if hasattr(self.store, "all") else []:
            self.answer(id, item.id)
        return read

    def answer(self, id: str, answer: str) -> AnswerRun:
        while (run := self.run(id, answer)).status == "running":
            answering.carry_on(self.system(), id, answer, run.version)
        return run

    def run(self, id: str, answer: str) -> AnswerRun:
        return self._read(AnswerItem.at(id, answer), AnswerRun)

    def head(self, id: str) -> Batch:
        return self._read(BatchItem.at(id), Batch)

    def payable(self, id: str) -> Payable:
        return self._read(PayableItem.at(id), Payable)

    def items(self, id: str) -> list[Item]:
        return record.items_of(self.store, id)

    def _read[T](self, key: Any, shape: type[T]) -> T:
        found: T = self.store.get(key)[0].to(shape)
        return found
