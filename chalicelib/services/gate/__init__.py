"""The gate: scanning visitors in and out, and who is expected and inside."""

from chalicelib.services.gate.issues import issues, settle_issue, tell_reception
from chalicelib.services.gate.lists import evacuation, expected, on_site
from chalicelib.services.gate.places import find_gate, find_site, post, sites_of
from chalicelib.services.gate.scans import Asked, scan
from chalicelib.services.gate.undo import Mistake, take_back
from chalicelib.services.gate.walkins import WalkIn, register, walk_in

__all__ = [
    "Asked",
    "Mistake",
    "WalkIn",
    "evacuation",
    "expected",
    "find_gate",
    "find_site",
    "issues",
    "on_site",
    "post",
    "register",
    "scan",
    "settle_issue",
    "sites_of",
    "take_back",
    "tell_reception",
    "walk_in",
]
