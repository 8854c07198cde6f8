"""The rules of retention: for how many days each kind of data about visitors is kept."""

from __future__ import annotations

from chalicelib.domain.errors import Stale
from chalicelib.domain.privacy import Rules
from chalicelib.models.privacy import RetentionRulesItem
from chalicelib.models.store import Store, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY


def known(store: Store) -> Rules:
    """The rules, those of the product until the company states its own."""
    (item,) = store.get(RetentionRulesItem.at())
    rules: Rules = item.to(Rules) if item else Rules()
    return rules


def view(call: Call) -> Rules:
    """The rules, for administrators."""
    call.permit("retention:manage", COMPANY)
    return known(call.store)


def change(call: Call, rules: Rules) -> Answer:
    """State the rules anew; they hold for everything that is kept, also of earlier visits. Raises Invalid, Stale."""
    call.permit("retention:manage", COMPANY)
    rules.check()
    before = known(call.store).version
    if call.expected_version not in (None, before):
        raise Stale
    item = RetentionRulesItem.from_rules(rules)
    item.version = before + 1
    return call.commit({"version": item.version, "location": "/retention"}, save(item, Stale()))
