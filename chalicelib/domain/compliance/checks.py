"""The check (合规检测): every rule that is not switched off looks at the claim. No clock, no order, no surprises."""

from collections.abc import Callable, Iterable, Mapping

from chalicelib.domain.compliance.book import Rules
from chalicelib.domain.compliance.case import Case, Found
from chalicelib.domain.compliance.invoices import invoice_old, invoice_outside, invoice_short, no_invoice, wrong_title
from chalicelib.domain.compliance.occasions import alcohol, future, more_heads, no_application, rest_day, too_old
from chalicelib.domain.compliance.over import over_budget, over_day, over_head, over_night, over_trip
from chalicelib.domain.compliance.patterns import duplicate, split
from chalicelib.domain.compliance.shapes import RULES, Context, Finding, Item, Rule

CHECKS: Mapping[Rule, Callable[[Case], Found]] = {
    "over_head": over_head,
    "over_night": over_night,
    "over_day": over_day,
    "over_trip": over_trip,
    "over_budget": over_budget,
    "no_invoice": no_invoice,
    "invoice_old": invoice_old,
    "invoice_outside": invoice_outside,
    "invoice_short": invoice_short,
    "wrong_title": wrong_title,
    "rest_day": rest_day,
    "alcohol": alcohol,
    "more_heads": more_heads,
    "split": split,
    "duplicate": duplicate,
    "no_application": no_application,
    "future": future,
    "too_old": too_old,
}
"""By rule: the function that yields the lines where it is broken, with the facts."""


def check(items: Iterable[Item], context: Context, rules: Rules) -> tuple[Finding, ...]:
    """All findings, by line and then in the order of RULES; those of the claim as a whole come first."""
    case = Case(tuple(sorted(items, key=lambda item: item.key)), context, rules)
    found = [
        Finding(rule, severity, line, facts)
        for rule, look in CHECKS.items()
        if (severity := rules.severity(rule)) != "off"
        for line, facts in look(case)
    ]
    return tuple(sorted(found, key=lambda each: (each.line, RULES.index(each.rule))))
