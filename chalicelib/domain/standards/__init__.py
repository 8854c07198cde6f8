"""Standards of reception (接待标准): what may be spent on whom, the estimate of a visit by them, and every excess."""

from chalicelib.domain.standards.book import (
    LEVELS_LIMIT,
    STANDARDS_LIMIT,
    Book,
    Consequence,
    Level,
    Standard,
)
from chalicelib.domain.standards.estimate import (
    NO_ESTIMATE,
    Estimate,
    Excess,
    Line,
    Rule,
    check_estimate,
    estimate,
)
from chalicelib.domain.standards.keeping import check_changed, check_levels, check_standard, placed

__all__ = [
    "LEVELS_LIMIT",
    "NO_ESTIMATE",
    "STANDARDS_LIMIT",
    "Book",
    "Consequence",
    "Estimate",
    "Excess",
    "Level",
    "Line",
    "Rule",
    "Standard",
    "check_changed",
    "check_estimate",
    "check_levels",
    "check_standard",
    "estimate",
    "placed",
]
