"""Stating, changing and removing one's own bank account; every change is told to the person on every channel."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from chalicelib.domain.bank_accounts import (
    BankAccount,
    Form,
    is_chinese,
    is_cnaps,
    masked,
    normalised,
    place,
)
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.models.bank_accounts import BankAccountItem
from chalicelib.models.store import create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import instant
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications import notify
from chalicelib.services.permissions import Resource

VIEW = "account:view"
CHANGE = "account:change"
PAGE = "/me/accounts"
TEMPLATE = "account_changed"


class Seals(Protocol):
    """What seals numbers (gateways/envelope.py)."""

    def seal(self, place: str, text: str) -> str:
        """The text as one that can be opened with the same place only."""


def own(call: Call) -> Resource:
    """What the policies ask about: the accounts of whoever calls."""
    return Resource("Profile", call.me.id, {"owner": call.me.id})


def mine(call: Call) -> list[BankAccount]:
    """The caller's accounts in use, masked."""
    call.permit(VIEW, own(call))
    found = call.store.get(*BankAccountItem.all_of(call.me.id))
    accounts: list[BankAccount] = [item.to(BankAccount) for item in found if item]
    return [account for account in accounts if account.in_use]


def state(call: Call, seals: Seals, form: Form, holder: str, number: str, bank: str = "", cnaps: str = "") -> Answer:
    """State the caller's account of a form, in place of the one before; raises Invalid naming every wrong field."""
    call.permit(CHANGE, own(call))
    whole = _checked(form, holder, number, bank, cnaps)
    before = _held(call, form)
    account = BankAccount(
        person=call.me.id,
        form=form,
        holder=holder,
        shown=masked(whole),
        sealed=seals.seal(place(call.me.id, form), whole),
        changed_on=call.now,
        bank=bank,
        cnaps=cnaps if form == "cn" else "",
        version=before.version + 1 if before else 1,
    )
    item = BankAccountItem.from_account(account)
    return call.commit(_answer(account), replace_item(item) if before else create(item))


def remove(call: Call, form: Form) -> Answer:
    """Remove the caller's account of a form: nothing is paid to it any more. Raises NotFound."""
    call.permit(CHANGE, own(call))
    before = _held(call, form)
    if before is None or not before.in_use:
        raise NotFound
    gone = replace(before, in_use=False, sealed="", changed_on=call.now, version=before.version + 1)
    return call.commit(_answer(gone), replace_item(BankAccountItem.from_account(gone)))


def tell(call: Call, account: BankAccount) -> None:
    """Tell the person, once for each change."""
    cause = f"account#{account.person}#{account.form}#{instant(account.changed_on)}"
    notify(call, cause, [account.person], TEMPLATE, {"subject": account.shown}, PAGE)


def _held(call: Call, form: Form) -> BankAccount | None:
    (item,) = call.store.get(BankAccountItem.at(call.me.id, form))
    return item.to(BankAccount) if item else None


def _answer(account: BankAccount) -> Answer:
    return {"form": account.form, "shown": account.shown, "version": account.version, "location": PAGE}


def _checked(form: Form, holder: str, number: str, bank: str, cnaps: str) -> str:
    whole = normalised(number)
    faults = [] if holder else [FieldError("holder", "required")]
    if not whole:
        faults.append(FieldError("number", "required"))
    elif form == "iban" and not _is_iban(whole):
        faults.append(FieldError("number", "bad_iban"))
    elif form == "cn" and not is_chinese(whole):
        faults.append(FieldError("number", "bad_account_number"))
    if form == "cn":
        faults += [] if bank else [FieldError("bank", "required")]
        faults += [] if is_cnaps(cnaps) else [FieldError("cnaps", "bad_cnaps")]
    if faults:
        raise Invalid(*faults)
    return whole


def _is_iban(number: str) -> bool:
    from stdnum import iban

    return bool(number.isascii() and iban.is_valid(number))
