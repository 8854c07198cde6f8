"""What people call the parts of expense categories and exchange rates, and what they read when one refuses."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

ASKS: Mapping[str, str] = {
    "heads": N_("Number of people"),
    "nights": N_("Nights"),
    "place": N_("Place"),
    "route": N_("From where to where"),
}

SOURCES: Mapping[str, str] = {
    "ecb": N_("European Central Bank"),
    "hand": N_("By hand"),
    "same": N_("The same currency"),
}

REFUSALS: Mapping[str, str] = {
    "key_taken": N_("There is one with this key already."),
    "rate_missing": N_(
        "There is no exchange rate from %(currency)s to %(base)s for %(day)s or the ten days before. "
        "Please ask finance to state one."
    ),
    "bad_rate": N_("A rate is a number above zero, with at most 12 digits behind the point."),
    "bad_day": N_("This is no day."),
    "day_twice": N_("This day stands in the file more than once."),
    "rate_to_come": N_("This day is still to come."),
    "same_currency": N_("This is the same currency. Please choose another one."),
    "file_is_empty": N_("There is nothing in the file. The headings stand in its first row."),
}
"""By error code, among those of web/messages.py."""
