"""Finance's export: every night, and whenever finance asks, the books as files in the bucket."""

from chalicelib.services.finance_exports.asking import FinanceRuns, Shown, ask, fetch, nightly, runs, today, view
from chalicelib.services.finance_exports.kinds import KINDS
from chalicelib.services.finance_exports.running import go_on, take_up, tell

__all__ = [
    "KINDS",
    "FinanceRuns",
    "Shown",
    "ask",
    "fetch",
    "go_on",
    "nightly",
    "runs",
    "take_up",
    "tell",
    "today",
    "view",
]
