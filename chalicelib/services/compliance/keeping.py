"""Writing the rules down: each change writes the head, too, so that two people never place overlapping limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chalicelib.domain.compliance import Limit, Rules, Sums, Terms, check_changed, check_limit, check_rules, placed
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.models.compliance import SpendingLimitItem, SpendingRulesItem
from chalicelib.models.store import Operation, save
from chalicelib.services import expenses
from chalicelib.services.call import Answer, Call
from chalicelib.services.compliance.checking import today
from chalicelib.services.compliance.reading import forget, whole
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import minor

MANAGE = "compliance:manage"
UNREADABLE = -1

type Amount = int | str | None
"""A whole number in minor units, a text in the currency's own unit; None or "" for no limit."""


def all_of(call: Call) -> Rules:
    """All rules as they are now, for those who keep them."""
    call.permit(MANAGE, COMPANY)
    return whole(call.store, call.now)


def one(call: Call, id: str) -> tuple[Rules, Limit]:
    """A limit among all rules, as they are now; raises NotFound."""
    rules = all_of(call)
    limit = rules.limit(id)
    if limit is None:
        raise NotFound
    return rules, limit


def create(call: Call, stated: Limit, amount: Amount) -> Answer:
    """A new limit; one without an end that it follows ends the day before.

    `stated` has no id yet. Raises Invalid, also for an overlap with another one.
    """
    rules = all_of(call)
    limit = replace(stated, id=call.new_id(), amount=_minor(amount, stated.currency))
    check_limit(limit, rules)
    _check_category(call, limit)
    return _commit_limits(call, rules, limit, placed(limit, rules))


def change(call: Call, id: str, stated: Limit, amount: Amount) -> Answer:
    """State a limit anew, or when it ends once it is in force; raises Invalid, NotFound, Stale."""
    rules, before = one(call, id)
    if call.expected_version not in (None, before.version):
        raise Stale
    known = _minor(amount, stated.currency)
    limit = replace(stated, id=id, amount=known, version=before.version + 1)
    check_changed(before, limit, today(call))
    check_limit(limit, rules)
    return _commit_limits(call, rules, limit, placed(limit, rules))


def set_rules(call: Call, stated: Rules, amounts: Mapping[str, Amount]) -> Answer:
    """State everything but the limits anew; raises Invalid, Stale.

    `amounts` are the thresholds as they were written, by their paths (`sums.0.auto`, `terms.2.application_above`).
    """
    rules = all_of(call)
    if call.expected_version not in (None, rules.version):
        raise Stale
    sums = tuple(_sums(row, each, amounts) for row, each in enumerate(stated.sums))
    terms = tuple(_terms(row, each, amounts) for row, each in enumerate(stated.terms))
    after = replace(stated, sums=sums, terms=terms, limits=rules.limits, version=rules.version + 1)
    check_rules(after)
    answer = {"version": after.version, "location": "/spending-rules"}
    return _commit(call, answer, rules, after, ())


def _check_category(call: Call, limit: Limit) -> None:
    if expenses.known(call.store, call.now).get(limit.category) is None:
        raise Invalid(FieldError("category", "unknown_expense_category"))


def _sums(row: int, sums: Sums, amounts: Mapping[str, Amount]) -> Sums:
    def read(name: str) -> int | None:
        return _minor(amounts.get(f"sums.{row}.{name}"), sums.currency)

    return replace(sums, no_invoice=read("no_invoice") or 0, split=read("split"), auto=read("auto"))


def _terms(row: int, terms: Terms, amounts: Mapping[str, Amount]) -> Terms:
    above = _minor(amounts.get(f"terms.{row}.application_above"), terms.currency)
    return replace(terms, application_above=above)


def _minor(amount: Amount, currency: str) -> int | None:
    """Minor units; what is no amount of the currency becomes one that no rule takes, so that every field is named."""
    if amount is None or amount == "":
        return None
    known = minor(amount, currency)
    return UNREADABLE if known is None else known


def _commit_limits(call: Call, rules: Rules, limit: Limit, written: Sequence[Limit]) -> Answer:
    after = replace(rules, version=rules.version + 1)
    answer = {"id": limit.id, "version": limit.version, "location": f"/spending-rules/{limit.id}"}
    return _commit(call, answer, rules, after, written)


def _commit(call: Call, answer: Answer, before: Rules, after: Rules, written: Sequence[Limit]) -> Answer:
    """The head and the limits; the first change of all writes down every limit that is shipped, too."""
    limits = {each.id: each for each in written}
    if not before.version:
        limits = {each.id: replace(each, version=1) for each in before.limits} | limits
    operations: list[Operation] = [save(SpendingLimitItem.from_limit(each)) for each in limits.values()]
    done = call.commit(answer, save(SpendingRulesItem.from_rules(after)), *operations)
    forget()
    return done
