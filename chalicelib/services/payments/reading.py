"""Looking at payments: what is due, by currency, age and department; batches; one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.approvals import Running
from chalicelib.domain.bank_accounts import BankAccount, account_for, on_hold
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import AnswerRun, Batch, Item, Payable
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.payment_batches import AnswerItem, BatchItem, PaymentItem, batch_partition, of_year
from chalicelib.models.payments import PayableItem, payee_partition, shards
from chalicelib.models.store import Query
from chalicelib.services import bank_accounts
from chalicelib.services.bank_accounts.keeping import VIEW as VIEW_OWN
from chalicelib.services.bank_accounts.keeping import own
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.lists import SIFTED, Listed, page_of
from chalicelib.services.payments.record import VIEW, approval_key, barred
from chalicelib.services.permissions import COMPANY


@dataclass(frozen=True)
class Asked:
    """Which payables: in a `state` (open, batched, or paid in `month`), of a currency, a department, an age in days."""

    state: str = "open"
    month: str = ""
    currency: str = ""
    department: str = ""
    older: int = 0
    q: str = ""


@dataclass(frozen=True)
class Standing:
    """The account that a payee is paid to, masked; `held`: it was changed within the last day."""

    shown: str = ""
    held: bool = False


@dataclass(frozen=True)
class BatchView:
    """A batch with its payments, the accounts they go to, and the bank's answers, the newest first."""

    batch: Batch
    items: tuple[Item, ...]
    accounts: Mapping[str, Standing]
    answers: tuple[AnswerRun, ...]


@dataclass(frozen=True)
class PayableView:
    """A payable, the account that it goes to, and whether the caller may say that it was paid."""

    payable: Payable
    account: Standing | None
    mine_to_pay: bool


def listed(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed[Payable]:
    """A page of the company's payables, the newest first."""
    call.permit(VIEW, COMPANY)
    state = f"paid#{asked.month or f'{call.now:%Y-%m}'}" if asked.state == "paid" else asked.state
    queries = [Query(SpendingTable, each, index=2, limit=max(limit + 1, SIFTED)) for each in shards(state)]
    before = call.now - timedelta(days=asked.older)

    def shows(payable: Payable) -> bool:
        told = f"{payable.number} {payable.payee_name}".casefold()
        return (
            asked.currency in ("", payable.currency)
            and asked.department in ("", payable.department)
            and (not asked.older or payable.created_at <= before)
            and asked.q.casefold() in told
        )

    return page_of(call.store, queries, Payable, shows, cursor, limit)


def totals(payables: Sequence[Payable]) -> dict[str, int]:
    """What payables add up to, by currency, in minor units."""
    found: Counter[str] = Counter()
    for payable in payables:
        found[payable.currency] += payable.amount
    return dict(sorted(found.items()))


def standings(call: Call, payables: Iterable[Payable]) -> dict[str, Standing]:
    """How it stands with the accounts of payables, by their ids; one whose payee has none for it is missing."""
    wanted = list(payables)
    held = bank_accounts.accounts_of(call.store, {each.payee for each in wanted})
    found = {each.id: account_for(each.currency, held.get(each.payee, {})) for each in wanted}
    return {id: _standing(call, account) for id, account in found.items() if account}


def _standing(call: Call, account: BankAccount) -> Standing:
    return Standing(account.shown, on_hold(account, call.now))


def payable(call: Call, id: str) -> PayableView:
    """One payable; raises NotFound."""
    call.permit(VIEW, COMPANY)
    item, running = call.store.get(PayableItem.at(id), approval_key(id))
    if item is None:
        raise NotFound
    owed: Payable = item.to(Payable)
    account = bank_accounts.for_payment(call.store, [owed.payee], owed.currency).get(owed.payee)
    mine = call.actor not in barred(owed, running.to(Running) if running else None)
    return PayableView(owed, _standing(call, account) if account else None, mine)


def batches(call: Call, year: str, cursor: str | None, limit: int) -> Listed[Batch]:
    """A page of a year's batches, the newest first."""
    call.permit(VIEW, COMPANY)
    query = Query(SpendingTable, of_year(year), index=2, limit=limit, newest_first=True, cursor=cursor)
    page = call.store.query(query)
    return Listed([item.to(Batch) for item in page.items], page.cursor)


def batch(call: Call, id: str) -> BatchView:
    """A batch with all that belongs to it; raises NotFound."""
    call.permit(VIEW, COMPANY)
    found = every(call.store, Query(SpendingTable, batch_partition(id), limit=1000))
    heads: list[Batch] = [item.to(Batch) for item in found if isinstance(item, BatchItem)]
    if not heads:
        raise NotFound
    items: list[Item] = [item.to(Item) for item in found if isinstance(item, PaymentItem)]
    runs: list[AnswerRun] = [item.to(AnswerRun) for item in found if isinstance(item, AnswerItem)]
    items.sort(key=lambda item: item.no)
    accounts = bank_accounts.for_payment(call.store, [item.payee for item in items], heads[0].currency)
    stand = {person: _standing(call, account) for person, account in accounts.items()}
    return BatchView(heads[0], tuple(items), stand, tuple(sorted(runs, key=lambda run: run.at_time, reverse=True)))


def mine(call: Call, cursor: str | None, limit: int) -> Listed[Payable]:
    """What I was paid and am going to be, the newest first."""
    call.permit(VIEW_OWN, own(call))
    query = Query(SpendingTable, payee_partition(call.me.id), index=1, limit=limit, newest_first=True, cursor=cursor)
    page = call.store.query(query)
    return Listed([item.to(Payable) for item in page.items], page.cursor)
