"""What people call the parts of budget applications, and what they read when one is refused. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

TYPES: Mapping[str, str] = {
    "lodging": N_("Lodging"),
    "meals": N_("Meals"),
    "transport": N_("Travel and transport"),
    "gifts": N_("Gifts"),
    "venue": N_("Venue"),
    "material": N_("Material"),
    "other": N_("Something else"),
}

TRAVELS: Mapping[str, str] = {
    "flight": N_("Flight, economy"),
    "flight_business": N_("Flight, business"),
    "train": N_("Train, second class"),
    "train_first": N_("Train, first class"),
    "coach": N_("Coach"),
    "car": N_("Car"),
    "ship": N_("Ship"),
}

CURRENCIES: tuple[str, ...] = ("CNY", "USD", "EUR", "JPY", "HKD", "GBP", "SGD", "KRW", "AUD", "CHF")
"""Those that a form offers beside that of the site."""

REFUSALS: Mapping[str, str] = {
    "application_illegal_move": N_("The present status of the application does not allow this."),
    "application_overspent": N_(
        "The budget %(budget)s has %(available)s available, %(asked)s is asked for. "
        "Ask for less, or have the budget raised."
    ),
    "unknown_visit": N_("There is no such visit, or you may not see it."),
    "category_needed": N_("Please choose an expense category that is in use."),
    "amount_needed": N_("Please fill in the price of one, or the amount in all."),
    "row_too_long": N_("At most %(days)s days in one row."),
    "too_many_budgets": N_(
        "The rows are paid from more than %(limit)s budgets. Please spread them over several applications."
    ),
}
"""By error code, among those of web/messages.py."""
