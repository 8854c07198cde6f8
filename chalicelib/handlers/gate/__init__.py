"""The gate: its page, scans, lists of the day, and what waits for reception."""

from chalicelib.handlers.gate import badges, issues, muster, routes, walkins, watchlist
from chalicelib.handlers.gate.area import area

__all__ = ["area", "badges", "issues", "muster", "routes", "walkins", "watchlist"]
