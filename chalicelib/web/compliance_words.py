"""What rules of spending are called, what a finding says, and what its rule says. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

BASES: Mapping[str, str] = {
    "head": N_("Each person"),
    "night": N_("Each person's night"),
    "day": N_("Each day, all together"),
    "trip": N_("Each trip, all together"),
}
AMOUNTS: Mapping[str, str] = {
    "head": N_("%(amount)s a person"),
    "night": N_("%(amount)s a person and night"),
    "day": N_("%(amount)s a day"),
    "trip": N_("%(amount)s a whole trip"),
}
"""A limit with what it is for."""

DAYS: Mapping[str, str] = {
    "invoice": N_("An invoice is claimed within (days)"),
    "last_year": N_("An invoice of last year may be claimed in the new year for (days)"),
    "visit": N_("An invoice is dated at most so many days away from the visit"),
    "spending": N_("Spending is claimed within (days)"),
    "split": N_("Pieces of one purchase lie within (days)"),
}
SEVERITIES: Mapping[str, str] = {
    "off": N_("Not looked for"),
    "note": N_("Noted"),
    "justify": N_("Needs a reason"),
    "block": N_("Cannot be submitted"),
}

TITLES: Mapping[str, str] = {
    "over_head": N_("Above the standard for a person"),
    "over_night": N_("Above the standard for a night"),
    "over_day": N_("Above the standard for a day"),
    "over_trip": N_("Above the standard for a trip"),
    "over_budget": N_("Above the budget"),
    "no_invoice": N_("No invoice"),
    "invoice_old": N_("Invoice too old"),
    "invoice_outside": N_("Invoice of another time than the visit"),
    "invoice_short": N_("More than the invoice"),
    "wrong_title": N_("Wrong title or tax number on the invoice"),
    "rest_day": N_("Spent on a day off"),
    "alcohol": N_("Alcohol"),
    "more_heads": N_("More people than were there"),
    "split": N_("Split into pieces"),
    "duplicate": N_("Looks like a duplicate"),
    "no_application": N_("Not applied for beforehand"),
    "future": N_("Day still to come"),
    "too_old": N_("Claimed too late"),
}

TEXTS: Mapping[str, str] = {
    "over_head": N_("%(asked)s; allowed is %(limit)s, %(amount)s × people: %(units)s."),
    "over_night": N_("%(asked)s; allowed is %(limit)s, %(amount)s × nights: %(units)s."),
    "over_day": N_("%(asked)s on %(day)s; allowed is %(limit)s."),
    "over_trip": N_("%(asked)s for the trip; allowed is %(limit)s."),
    "over_budget": N_("%(asked)s is asked for, the budget has %(available)s available."),
    "no_invoice": N_("%(asked)s without an invoice."),
    "invoice_old": N_("The invoice is of %(day)s."),
    "invoice_outside": N_("The invoice is of %(day)s, visit %(number)s was from %(first)s to %(last)s."),
    "invoice_short": N_("%(asked)s is claimed of an invoice over %(total)s."),
    "wrong_title": N_("The invoice is made out to %(found)s."),
    "rest_day_weekend": N_("%(day)s was a weekend."),
    "rest_day_holiday": N_("%(day)s was a public holiday."),
    "alcohol": N_("There is alcohol in it."),
    "more_heads": N_("People: %(heads)s. Visitors who came: %(came)s. Colleagues who received them: %(hosts)s."),
    "split": N_("%(count)s pieces of the same seller within %(days)s days, %(total)s together."),
    "duplicate": N_("%(amount)s at %(vendor)s on %(day)s is in claim %(number)s, too."),
    "duplicate_here": N_("%(amount)s at %(vendor)s on %(day)s is in this claim more than once."),
    "no_application": N_("%(asked)s without an approved application."),
    "future": N_("%(day)s is still to come."),
    "too_old": N_("Spent on %(day)s."),
}
"""By what was found (web/findings.py text_key)."""

SAYS: Mapping[str, str] = {
    "over_head": N_("At most %(amount)s a person."),
    "over_night": N_("At most %(amount)s a person and night."),
    "over_day": N_("At most %(amount)s a day for a person, of this category all together."),
    "over_trip": N_("At most %(amount)s a trip for a person, of this category all together."),
    "over_budget": N_("Spending stays within the budget of the department."),
    "no_invoice": N_("Above %(limit)s an invoice is needed."),
    "invoice_old": N_("It could be claimed until %(until)s."),
    "invoice_outside": N_("Invoices are at most %(days)s days away from the visit."),
    "invoice_short": N_("No more is claimed of an invoice than it is over."),
    "wrong_title": N_("Invoices are made out to %(name)s, tax number %(tax_id)s."),
    "rest_day": N_("On days off, spending is looked at unless a visit was received."),
    "alcohol": N_("Alcohol is paid for when the visit was approved with it."),
    "more_heads": N_("At most as many people as came through the gate and received them."),
    "split": N_("What belongs together counts together: %(limit)s is the threshold."),
    "duplicate": N_("The same expense is claimed once."),
    "no_application": N_("Above %(limit)s it is applied for and approved beforehand."),
    "future": N_("Claimed is what has been spent."),
    "too_old": N_("Spending is claimed within %(days)s days, this until %(until)s."),
}
"""By rule: what it says."""

REFUSALS: Mapping[str, str] = {
    **{f"finding_{rule}": text for rule, text in TEXTS.items()},
    "finding_reason_needed": N_(
        "Something was found here that needs a reason. Please give it; your approvers read it."
    ),
    "unknown_expense_category": N_("There is no such expense category."),
    "unknown_place_tier": N_("There is no such tier of places."),
    "place_tier_in_use": N_("There are limits for tier %(tier)s, so it stays."),
    "place_in_two_tiers": N_("%(place)s is in another tier already."),
    "bad_place": N_("“%(place)s” cannot be used as the name of a place."),
    "bad_tax_id": N_("A tax number has 15 to 20 digits and capital letters."),
    "limit_in_force": N_("Claims were checked by this already. Let it end, and write down a new limit."),
}
"""By error code, among those of web/messages.py."""
