"""Labels of the rules of spending."""

from collections.abc import Mapping

from chalicelib.web import compliance_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, values, words
from chalicelib.web.i18n import N_

_CATEGORY = Field(N_("Category"), Sort.CODE)
_CURRENCY = Field(N_("Currency"), Sort.CODE)

KINDS: Mapping[str, Kind] = {
    "spending_rules": Kind(
        N_("Spending rules"),
        {
            "severities": values(N_("What is looked for"), **compliance_words.TITLES, **compliance_words.SEVERITIES),
            "days": values(N_("Time limits"), **compliance_words.DAYS),
            "sums": rows(
                N_("Thresholds in minor units"),
                currency=_CURRENCY,
                no_invoice=Field(N_("Without an invoice up to"), Sort.NUMBER),
                split=Field(N_("Pieces count together above"), Sort.NUMBER),
                auto=Field(N_("Approves itself up to"), Sort.NUMBER),
            ),
            "terms": rows(
                N_("By category"),
                category=_CATEGORY,
                invoice=Field(N_("Needs an invoice"), Sort.FLAG),
                rest_days=Field(N_("Looked at on days off"), Sort.FLAG),
                application_above=Field(N_("Applied for beforehand above"), Sort.NUMBER),
                currency=_CURRENCY,
            ),
            "tiers": rows(
                N_("Tiers of places"),
                key=Field(N_("Key"), Sort.CODE),
                title=Field(N_("Name"), Sort.BY_LANGUAGE),
                places=Field(N_("Places")),
            ),
            "titles": rows(N_("Titles on invoices"), name=Field(N_("Name")), tax_id=Field(N_("Tax number"), Sort.CODE)),
            "audit_share": Field(N_("Per cent that are audited all the same"), Sort.NUMBER),
        },
    ),
    "spending_limit": Kind(
        N_("Limit of spending"),
        {
            "id": aside(Field(N_("Limit of spending"), Sort.CODE)),
            "category": _CATEGORY,
            "basis": words(N_("Counted by"), **compliance_words.BASES),
            "grade": Field(N_("Grade")),
            "tier": Field(N_("Tier of places"), Sort.CODE),
            "currency": _CURRENCY,
            "valid_from": Field(N_("Valid from"), Sort.DAY),
            "valid_until": Field(N_("Valid until"), Sort.DAY),
            "amount": Field(N_("Amount in minor units"), Sort.NUMBER),
            "note": Field(N_("By which rule")),
        },
    ),
}
