"""The routes of one's own bank accounts."""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.domain.bank_accounts import BankAccount, on_hold
from chalicelib.gateways.envelope import account_envelopes
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Line, Strict
from chalicelib.services import bank_accounts
from chalicelib.services.call import Answer, Call

area = Area(__name__)


class AccountForm(Strict):
    """My account of a form, in place of the one before: `number` is the IBAN, or the number of an account in China,
    which needs its `bank` and the 12 digits of the branch (`cnaps`), too. `remove`: nothing is paid to it any more."""

    action: Literal["state", "remove"] = "state"
    form: Literal["iban", "cn"]
    holder: Line = ""
    number: Line = ""
    bank: Line = ""
    cnaps: Line = ""


class AccountChanged(Answered):
    """The account, masked."""

    form: str
    shown: str
    version: int
    location: str


@area.endpoint("GET", "/me/accounts", action="account:view", page="bank_accounts.html")
def my_accounts(call: Call) -> dict[str, Any]:
    """My bank accounts, masked."""
    return {"accounts": {each.form: _shown(call, each) for each in bank_accounts.mine(call)}, "holder": call.me.name}


def _shown(call: Call, account: BankAccount) -> dict[str, Any]:
    names = ("form", "holder", "shown", "bank", "cnaps", "changed_on", "version")
    return {name: getattr(account, name) for name in names} | {"held": on_hold(account, call.now)}


@area.endpoint(
    "POST",
    "/me/accounts",
    action="account:change",
    body=AccountForm,
    answer=AccountChanged,
    page="bank_accounts.html",
    refill=my_accounts,
)
def state_account(call: Call, form: AccountForm) -> Answer:
    """State, change or remove an account of mine; I am told on every channel."""
    if form.action == "remove":
        return bank_accounts.remove(call, form.form)
    return bank_accounts.state(call, account_envelopes(), form.form, form.holder, form.number, form.bank, form.cnaps)
