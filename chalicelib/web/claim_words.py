"""What people read of claims: when one is refused, and what becomes of it. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

CURRENCIES: tuple[str, ...] = ("CNY", "USD", "EUR", "JPY", "HKD", "GBP", "SGD", "KRW", "AUD", "CHF")
"""Those that a form offers beside that of the site."""

LINKS: Mapping[str, str] = {"visit": N_("Visit"), "application": N_("Budget application")}

REFUSALS: Mapping[str, str] = {
    "claim_illegal_move": N_("The present status of the claim does not allow this."),
    "claim_overspent": N_(
        "The budget %(budget)s has %(available)s available, %(asked)s is asked for. Claim less, or have it raised."
    ),
    "claim_budgets": N_("The lines are paid from more than %(limit)s budgets. Please make several claims of them."),
    "claim_too_large": N_("That is too much for one claim. Please make several of it, with fewer lines each."),
    "claim_day_to_come": N_("This day is still to come."),
    "claim_day_too_old": N_("This is too long ago."),
    "converts_to_nothing": N_("In the currency of the claim this is nothing."),
    "currency_of_invoice": N_("The invoice is in %(currency)s. Please claim it in that currency."),
    "bad_tax": N_("The tax is part of the amount."),
    "bad_share": N_("A share is a number above 0, up to 100, with at most four digits behind the point."),
    "shares_differ": N_("The shares make %(sum)s %%. Together they have to be 100 %%."),
    "parts_differ": N_("The parts make %(sum)s, the line has %(total)s."),
    "department_twice": N_("This department is there already."),
    "named_twice": N_("This is there already."),
    "offsets_exceed": N_("The advances clear more than the claim's %(total)s."),
    "unknown_advance": N_("You have no such advance in this currency."),
    "not_your_document": N_("There is no such document that you took part in."),
    "document_not_approved": N_("This is not approved, or it is finished. Link something else."),
    "above_claimed": N_("No more than was claimed."),
    "refusal_needed": N_("Please say why less is granted; the applicant reads it."),
    "unknown_line": N_("The claim has no such line."),
}
"""By error code, among those of web/messages.py."""
