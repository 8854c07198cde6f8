"""Budgets: kept by finance, taken from by documents within their own transactions, proved by a command."""

from chalicelib.services.budgets.grouping import forget_groups, groups, kept_groups, set_groups
from chalicelib.services.budgets.holding import hold_keys, holdings, keys_for, line_for, moving, posting
from chalicelib.services.budgets.importing import take
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
    "forget_groups",
    "groups",
    "hold_keys",
    "holdings",
    "kept_groups",
    "keys_for",
    "line_for",
    "listing",
    "moving",
    "posting",
    "set_groups",
    "set_terms",
    "take",
    "transfer",
    "violations_of",
]
