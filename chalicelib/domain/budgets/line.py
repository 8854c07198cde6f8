"""A budget line (预算): what a department may spend on one category in a month or a year, and how that stands."""

import re
from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.errors import Conflict, FieldError, Invalid

type Category = Literal["reception", "travel", "marketing", "training", "office"]
type Control = Literal["hard", "soft", "none"]
"""What exceeding it leads to: a refusal, a reason that approvers see, nothing."""
type Status = Literal["open", "closed"]

CATEGORIES: tuple[Category, ...] = ("reception", "travel", "marketing", "training", "office")
GROUP = "group:"
"""What the category of a line begins with that is for a group of categories."""
CONTROLS: tuple[Control, ...] = ("hard", "soft", "none")
FIGURES = ("allotted", "adjusted", "available", "frozen", "used")
LARGEST = 10**15
"""Minor units: no budget, and nothing that is taken from one, is larger."""

_PERIOD = re.compile(r"20[0-9]{2}(-(0[1-9]|1[0-2]))?")


class BudgetClosed(Conflict):
    """The line's period was closed: what is frozen may still be used or released, nothing else moves."""

    code = "budget_closed"


class Overspent(Conflict):
    """The line has less available than was asked for; both are named, in minor units of its currency."""

    code = "budget_overspent"


@dataclass(frozen=True)
class Line:
    """A department's budget for a category or `group:KEY` in a `period` (YYYY-MM, YYYY), in minor units of `currency`.

    `available` (可用) is `allotted` (预算) + `adjusted` (调整) - `frozen` (冻结) - `used` (已用); it is kept beside
    them, because it is what a condition of a write can ask. `carries`: a month's remainder goes to the next month;
    `borrows`: a month may take from the next one. `version` counts what was written of it, 0 before anything was.
    """

    id: str
    department: str
    category: str
    currency: str
    period: str
    control: Control = "hard"
    carries: bool = False
    borrows: bool = False
    status: Status = "open"
    allotted: int = 0
    adjusted: int = 0
    available: int = 0
    frozen: int = 0
    used: int = 0
    version: int = 0


def line_id(department: str, category: str, currency: str, period: str) -> str:
    """The id of the only line of a department for a category, a currency and a period."""
    return f"{department}.{category}.{currency}.{period}"


def currency_of(line: str) -> str:
    """The currency of the line with that id."""
    return line.rsplit(".", 2)[1]


def is_month(period: str) -> bool:
    """Whether the period is a month, not a year."""
    return len(period) == 7


def next_month(period: str) -> str:
    """The month after a month (both YYYY-MM)."""
    year, month = int(period[:4]), int(period[5:])
    return f"{year + month // 12:04}-{month % 12 + 1:02}"


def months_of(year: str) -> tuple[str, ...]:
    """The twelve months of a year (YYYY)."""
    return tuple(f"{year}-{month:02}" for month in range(1, 13))


def check_line(line: Line) -> None:
    """Raise Invalid for a line that cannot be."""
    faults = []
    if line.category not in CATEGORIES and not line.category.startswith(GROUP):
        faults.append(FieldError("category", "bad_choice"))
    if not _PERIOD.fullmatch(line.period):
        faults.append(FieldError("period", "bad_period"))
    elif not is_month(line.period):
        faults += [FieldError(name, "only_of_months") for name in ("carries", "borrows") if getattr(line, name)]
    if faults:
        raise Invalid(*faults)


def check_amount(amount: int, least: int = 1, path: str = "amount") -> None:
    """Raise Invalid for a sum that is below `least`, or beyond what any budget holds."""
    if not least <= amount < LARGEST:
        raise Invalid(FieldError(path, "bad_amount"))
