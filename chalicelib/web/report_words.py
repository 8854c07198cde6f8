"""What people call the parts of reports. English msgids."""

from collections.abc import Mapping

from chalicelib.domain.anomalies import Anomaly
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import money

VIEWS: Mapping[str, str] = {
    "spending": N_("What was spent"),
    "budgets": N_("Budgets used"),
    "approvals": N_("Approval times"),
    "excess": N_("Above the standards"),
    "second_look": N_("Worth a second look"),
}

DIMENSIONS: Mapping[str, str] = {
    "department": N_("Department"),
    "category": N_("Expense category"),
    "person": N_("Colleague"),
    "project": N_("Project"),
    "customer": N_("Customer"),
    "visit": N_("Visit"),
}

ANOMALIES: Mapping[str, tuple[str, str]] = {
    "same_sum": (
        N_("Same vendor, same sum"),
        N_("%(count)s expenses of %(amount)s at %(vendor)s within days of each other. Is one of them a duplicate?"),
    ),
    "round_sums": (
        N_("Round sums"),
        N_("%(count)s of %(of)s expenses of %(person)s are round sums. Bills seldom are."),
    ),
    "rest_day_meal": (
        N_("A meal on a day of rest"),
        N_("A meal for %(amount)s on %(day)s, when the office rests."),
    ),
    "far_from_peers": (
        N_("Far more than the others"),
        N_("%(person)s spent %(amount)s; %(usual)s are usual among the others."),
    ),
    "just_under": (
        N_("Just under a limit"),
        N_("%(count)s expenses of %(person)s within a month are just under the limit of %(limit)s."),
    ),
}
"""By rule: a heading, and the reason."""
MONEY = ("amount", "usual", "limit")
"""Facts that are sums in minor units."""


def anomaly_words(found: Anomaly, person: str, locale: str) -> tuple[str, str]:
    """What stands out and why, in the reader's language; `person` is the name of whom it is about."""
    gettext, (heading, reason) = translator(locale).gettext, ANOMALIES[found.rule]
    currency = found.rows[0].currency
    facts = {name: money(int(value), currency) if name in MONEY else value for name, value in found.facts.items()}
    return gettext(heading), gettext(reason) % (facts | {"person": person})
