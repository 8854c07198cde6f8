"""What an application takes of budgets: its rows by the budget that pays, and together by line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chalicelib.domain.applications.rows import Row
from chalicelib.domain.budgets import Share
from chalicelib.domain.errors import FieldError, Invalid

BUDGETS_LIMIT = 8
"""Budgets that one application takes from: they are frozen with it, in one transaction."""


class Payer(NamedTuple):
    """Which budget of a department pays: that of a category for a month (YYYY-MM), or for its year."""

    category: str
    month: str


def payers(rows: Iterable[Row], budgets: Mapping[str, str]) -> list[Payer]:
    """Who pays, each once and in the rows' order; `budgets` gives the budget's category for an expense category."""
    return list(dict.fromkeys(Payer(budgets[row.category], row.month) for row in rows))


def check_payers(found: Sequence[Payer]) -> None:
    """Raise Invalid for more budgets than one transaction takes."""
    if len(found) > BUDGETS_LIMIT:
        raise Invalid(FieldError("rows", "too_many_budgets", {"limit": str(BUDGETS_LIMIT)}))


def by_line(rows: Iterable[Row]) -> dict[str, int]:
    """What the rows take of each line; rows without a line take nothing."""
    found: dict[str, int] = {}
    for row in rows:
        if row.line:
            found[row.line] = found.get(row.line, 0) + row.converted
    return found


def taken(shares: Iterable[Share]) -> dict[str, int]:
    """What shares are of, by line."""
    return {share.line: share.amount for share in shares}
