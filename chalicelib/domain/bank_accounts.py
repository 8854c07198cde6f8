"""Bank accounts of people who are paid (收款账户): one by IBAN and one in China, each the person's own to change.

The whole number never stands in a record: it is kept sealed and opened only when a payment file is made.
A change is told to the person on every channel, and for HOLD finance is warned of payments to the account.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

type Form = Literal["iban", "cn"]

FORMS: tuple[Form, ...] = Form.__value__.__args__
HOLD = timedelta(hours=24)
SHOWN = 4

PAID_TO: Mapping[str, tuple[Form, ...]] = {"EUR": ("iban",), "CNY": ("cn",)}
"""By currency: the forms of account that it is paid to, the first that there is."""
ELSE: tuple[Form, ...] = ("iban", "cn")

_BETWEEN = re.compile(r"[\s.·-]")
_CHINESE = re.compile(r"[0-9]{8,32}")
_CNAPS = re.compile(r"[0-9]{12}")


@dataclass(frozen=True)
class BankAccount:
    """A person's account: its holder's name, its bank, and of its number (`sealed`) what tells which one is meant.

    `cnaps` is the code of the bank's branch in China's payment system (联行号), "" for an IBAN. `in_use`: False once
    the person has removed it.
    """

    person: str
    form: Form
    holder: str
    shown: str
    sealed: str
    changed_on: datetime
    bank: str = ""
    cnaps: str = ""
    in_use: bool = True
    version: int = 1


def place(person: str, form: Form) -> str:
    """What a sealed number belongs to: it can be opened as this account's only."""
    return f"account/{person}/{form}"


def normalised(number: str) -> str:
    """The number as it is kept: Unicode's NFKC, in capitals, without what people put between its groups."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", number).upper())


def masked(number: str) -> str:
    """Of an IBAN the country and the last characters, of another number its last ones."""
    country = number[:2] if number[:2].isalpha() else ""
    return f"{country}••••{number[-SHOWN:]}"


def is_chinese(number: str) -> bool:
    """Whether this can be an account number of a bank in China: 8 to 32 digits."""
    return bool(_CHINESE.fullmatch(number))


def is_cnaps(code: str) -> bool:
    """Whether this has the form of a branch's code in China's payment system: twelve digits."""
    return bool(_CNAPS.fullmatch(code))


def on_hold(account: BankAccount, now: datetime) -> bool:
    """Whether the account was stated or changed within the last day."""
    return now - account.changed_on < HOLD


def account_for(currency: str, accounts: Mapping[Form, BankAccount]) -> BankAccount | None:
    """The account to which the person is paid in the currency, if there is one."""
    held = (accounts.get(form) for form in PAID_TO.get(currency, ELSE))
    return next((account for account in held if account and account.in_use), None)
