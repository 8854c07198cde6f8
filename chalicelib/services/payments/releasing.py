"""Releasing a batch: somebody who may decides, then a step of the stream makes the file that goes to the bank.

The release is written first, and that bank accounts are opened for it, before any is opened. The file is kept under a
name that follows from its content: made again after a crash it is the same, and nothing ever covers another file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from chalicelib.domain import payments as rules
from chalicelib.domain.bank_accounts import BankAccount, on_hold, place
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import Batch, Item, PaymentFile, Settings
from chalicelib.models.payment_batches import BatchItem, FetchItem, OpeningItem
from chalicelib.models.payments import SettingsItem
from chalicelib.models.store import Store, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import bank_accounts
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments.files import Line, made
from chalicelib.services.payments.record import MANAGE, answer_of, batch_of, items_of, payees_of
from chalicelib.services.permissions import COMPANY

LINK_FOR = timedelta(minutes=1)
NAMED = 20
"""People whom a problem names."""


class Files(Protocol):
    """Where files are kept (gateways/files.py)."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`."""

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        """Where the file can be had for so many seconds."""


class Opens(Protocol):
    """What opens sealed numbers (gateways/envelope.py)."""

    def open_all(self, sealed: Mapping[str, str]) -> dict[str, str]:
        """Texts by their places."""


def release(call: Call, id: str, acknowledged: bool) -> Answer:
    """Let the batch be paid: its file is made. `acknowledged`: also to accounts that were changed within the last day.

    Raises NotYours, FourEyes, IllegalMove, Conflict for an empty batch.
    """
    call.permit(MANAGE, COMPANY)
    head, kept = call.store.get(BatchItem.at(id), SettingsItem.at())
    if head is None:
        raise NotFound
    batch: Batch = head.to(Batch)
    rules.check_release(batch, call.actor, (kept.to(Settings) if kept else Settings()).four_eyes)
    changed = rules.released(batch, call.actor, call.now, acknowledged)
    return call.commit(answer_of(changed), replace_item(BatchItem.from_batch(changed)))


def make_file(call: Call, files: Files, opens: Opens, batch: Batch) -> None:
    """The step that a release asks for: the file, or a draft again with what is in the way."""
    items = [item for item in items_of(call.store, batch.id) if item.status == "waiting"]
    accounts = bank_accounts.for_payment(call.store, payees_of(items), batch.currency)
    settings = settings_of(call.store)
    problem, concerned = _in_the_way(batch, items, accounts, settings)
    if problem:
        held = rules.moved_batch(batch, "hold", problem=problem, concerned=concerned)
        call.commit({}, replace_item(BatchItem.from_batch(held)))
        return
    _note_opening(call, batch, items)
    numbers = opens.open_all({place(each.person, each.form): each.sealed for each in accounts.values()})
    lines = [_line(item, accounts[item.payee], numbers) for item in items]
    content, media, ending = made(batch, lines, settings)
    digest = hashlib.sha256(content).hexdigest()
    file = PaymentFile(f"payments/{batch.id}/{digest}", f"{batch.number}.{ending}", media, digest, len(content))
    files.put(file.key, content, media)
    call.commit({}, replace_item(BatchItem.from_batch(rules.moved_batch(batch, "file", file=file))))


def _in_the_way(
    batch: Batch, items: Sequence[Item], accounts: Mapping[str, BankAccount], settings: Settings
) -> tuple[str, tuple[str, ...]]:
    if batch.currency == "EUR" and not (settings.name and settings.iban):
        return "payer_missing", ()
    names = {item.payee: item.payee_name for item in items}
    missing = [name for payee, name in names.items() if payee not in accounts]
    if missing:
        return "account_missing", tuple(missing[:NAMED])
    held = [names[payee] for payee, account in accounts.items() if _held(batch, account)]
    return ("account_on_hold", tuple(held[:NAMED])) if held else ("", ())


def _held(batch: Batch, account: BankAccount) -> bool:
    """Whether nobody has said yes to this account: it was changed within the day before the release, or after it."""
    if batch.released_at is None:
        return True
    if account.changed_on > batch.released_at:
        return True
    return on_hold(account, batch.released_at) and not batch.acknowledged


def _note_opening(call: Call, batch: Batch, items: Sequence[Item]) -> None:
    """Record that these payees' accounts are opened for this release, once."""
    key = OpeningItem.at(batch.id, batch.version)
    if call.store.get(key)[0] is None:
        note = OpeningItem(*key[1:], released_by=batch.released_by, payees=tuple(payees_of(items)))
        call.commit({}, create(note))


def _line(item: Item, account: BankAccount, numbers: Mapping[str, str]) -> Line:
    return Line(item, account, numbers[place(account.person, account.form)])


def settings_of(store: Store) -> Settings:
    """How finance pays, as it is now."""
    (kept,) = store.get(SettingsItem.at())
    return kept.to(Settings) if kept else Settings()


def fetch(call: Call, id: str, files: Files) -> str:
    """Where the file of a released batch can be had in the next moments; that it was fetched is recorded first.

    Raises NotFound where there is none.
    """
    call.permit(MANAGE, COMPANY)
    batch = batch_of(call, id)
    if batch.file is None:
        raise NotFound
    noted = rules.fetched(batch)
    note = create(FetchItem.of_batch(batch.id, call.new_id(), batch.file.sha256))
    call.commit({}, replace_item(BatchItem.from_batch(noted)), note)
    file = batch.file
    return files.link(file.key, "", file.name, file.media, int(LINK_FOR.total_seconds()))
