"""The gate: scanning visitors in and out, and who is expected and inside."""

from chalicelib.services.gate.issues import issues, settle_issue, tell_reception
from chalicelib.services.gate.lists import evacuation, expected, on_site
from chalicelib.services.gate.places import find_gate, find_site, post, sites_of
from chalicelib.services.gate.scans import Asked, scan
from chalicelib.services.gate.undo import Mistake, take_back

__all__ = [
    "Asked",
    "Mistake",
    "evacuation",
    "expected",
    "find_gate",
    "find_site",
    "issues",
    "on_site",
    "post",
    "scan",
    "settle_issue",
    "sites_of",
    "take_back",
    "tell_reception",
]
