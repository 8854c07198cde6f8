"""Exchange rates (汇率): by day and source, of any pair, from a reference file or by hand."""

from chalicelib.domain.rates.model import DIGITS, EURO, OLDEST, SOURCES, Day, Quote, Rate, check_quote, rate_of, stated
from chalicelib.domain.rates.reference import USUAL_DAYS, Reference, reference_of

__all__ = [
    "DIGITS",
    "EURO",
    "OLDEST",
    "SOURCES",
    "USUAL_DAYS",
    "Day",
    "Quote",
    "Rate",
    "Reference",
    "check_quote",
    "rate_of",
    "reference_of",
    "stated",
]
