"""Budgets: kept by finance, taken from by documents within their own transactions, proved by a command."""

from chalicelib.services.budgets.holding import keys_for, line_for, moving
from chalicelib.services.budgets.keeping import (
    adjust,
    borrow,
    carry,
    close,
    close_year,
    create,
    create_year,
    set_terms,
    transfer,
)
from chalicelib.services.budgets.proving import every_line, violations_of
from chalicelib.services.budgets.reading import Account, Listing, account, departments, figures_of, listing

__all__ = [
    "Account",
    "Listing",
    "account",
    "adjust",
    "borrow",
    "carry",
    "close",
    "close_year",
    "create",
    "create_year",
    "departments",
    "every_line",
    "figures_of",
    "keys_for",
    "line_for",
    "listing",
    "moving",
    "set_terms",
    "transfer",
    "violations_of",
]
