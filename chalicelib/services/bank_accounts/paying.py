"""The accounts to which people are paid, sealed still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import batched

from chalicelib.domain.bank_accounts import BankAccount, Form, account_for
from chalicelib.models.bank_accounts import BankAccountItem
from chalicelib.models.store import BATCH_GET_LIMIT, Store


def accounts_of(store: Store, people: Iterable[str]) -> Mapping[str, Mapping[Form, BankAccount]]:
    """The accounts of people, by person and form."""
    keys = [key for person in sorted({*people}) for key in BankAccountItem.all_of(person)]
    found: dict[str, dict[Form, BankAccount]] = defaultdict(dict)
    for some in batched(keys, BATCH_GET_LIMIT, strict=False):
        for item in store.get(*some):
            if item is not None:
                found[item.person][item.form] = item.to(BankAccount)
    return found


def for_payment(store: Store, people: Iterable[str], currency: str) -> dict[str, BankAccount]:
    """By person: the account to which they are paid in the currency. Who has none is missing."""
    wanted = sorted({*people})
    held = accounts_of(store, wanted)
    found = {person: account_for(currency, held.get(person, {})) for person in wanted}
    return {person: account for person, account in found.items() if account}
