"""Bank accounts of payees in table `spending`.

| question | key |
|---|---|
| a person's accounts | pk `payee#PERSON`, sk `account#FORM` (iban, cn): those of many people are one batch read |

What an account was before stands in the audit. Its number is sealed (gateways/envelope.py).
"""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.bank_accounts import FORMS, BankAccount, Form
from chalicelib.models.attributes import InstantAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key


class BankAccountItem(SpendingTable, discriminator="bank_account"):
    """An account, its number sealed."""

    person = UnicodeAttribute()
    form = UnicodeAttribute()
    holder = UnicodeAttribute()
    shown = UnicodeAttribute()
    sealed = UnicodeAttribute()
    changed_on = InstantAttribute()
    bank = UnicodeAttribute()
    cnaps = UnicodeAttribute()
    in_use = BooleanAttribute()

    @classmethod
    def at(cls, person: str, form: Form) -> Key:
        """Where a person's account of that form lives."""
        return cls, f"payee#{person}", f"account#{form}"

    @classmethod
    def all_of(cls, person: str) -> list[Key]:
        """Where all accounts of a person live."""
        return [cls.at(person, form) for form in FORMS]

    @classmethod
    def from_account(cls, account: BankAccount) -> "BankAccountItem":
        """The item of an account."""
        _, pk, sk = cls.at(account.person, account.form)
        return cls.of(account, pk=pk, sk=sk)
