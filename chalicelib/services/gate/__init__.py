"""The gate: scanning visitors in and out, and who is expected and inside."""

from chalicelib.services.gate.badges import Holder, badges_out, hand_out, take_in
from chalicelib.services.gate.day_end import end_days
from chalicelib.services.gate.issues import issues, settle_issue, tell_reception
from chalicelib.services.gate.lists import evacuation, expected, on_site
from chalicelib.services.gate.muster import Word, tick
from chalicelib.services.gate.places import find_gate, find_site, post, sites_of
from chalicelib.services.gate.scans import Asked, scan
from chalicelib.services.gate.undo import Mistake, take_back
from chalicelib.services.gate.walkins import WalkIn, register, walk_in

__all__ = [
    "Asked",
    "Holder",
    "Mistake",
    "WalkIn",
    "Word",
    "badges_out",
    "end_days",
    "evacuation",
    "expected",
    "find_gate",
    "find_site",
    "hand_out",
    "issues",
    "on_site",
    "post",
    "register",
    "scan",
    "settle_issue",
    "sites_of",
    "take_back",
    "take_in",
    "tell_reception",
    "tick",
    "walk_in",
]
