"""Findings at the lines of a claim as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chalicelib.domain.compliance import Finding
from chalicelib.web import compliance_words, times
from chalicelib.web.i18n import translator
from chalicelib.web.money import money

_SUMS = frozenset({"asked", "limit", "amount", "available", "total"})
_DAYS = frozenset({"day", "first", "last", "until"})


def text_of(finding: Finding, locale: str) -> tuple[str, str, str]:
    """What the rule is called, what was found, and what the rule says with where it is written."""
    gettext = translator(locale).gettext
    values = _in_words(finding, locale)
    says = gettext(compliance_words.SAYS[finding.rule]) % values
    if note := finding.facts.get("note"):
        says = gettext("%(says)s (%(note)s)") % {"says": says, "note": note}
    found = gettext(compliance_words.TEXTS[text_key(finding)]) % values
    return gettext(compliance_words.TITLES[finding.rule]), found, says


def values_of(finding: Finding) -> dict[str, str]:
    """The values for a finding's text as they are in every language: sums carry their currency, days are ISO 8601."""
    currency = finding.facts.get("currency", "")
    return {
        name: money(int(value), currency) if name in _SUMS and currency else value
        for name, value in finding.facts.items()
        if name != "currency"
    }


def text_key(finding: Finding) -> str:
    """Which of the texts says what was found: mostly the rule's."""
    match finding.rule:
        case "duplicate" if not finding.facts.get("number"):
            return "duplicate_here"
        case "rest_day":
            return f"rest_day_{finding.facts['rest']}"
        case rule:
            return rule


def _in_words(finding: Finding, locale: str) -> Mapping[str, str]:
    facts = finding.facts
    days = {name: times.whole_date(date.fromisoformat(facts[name]), locale) for name in _DAYS & facts.keys()}
    return values_of(finding) | days
