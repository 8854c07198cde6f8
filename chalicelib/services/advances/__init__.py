"""Advances: asked for, approved, paid, cleared by claims, returned; limits, reminders, ageing and the proof."""

from chalicelib.domain.advances import Aged, Violation, share_out
from chalicelib.services.advances.ageing import Ageing, ageing
from chalicelib.services.advances.applying import act, apply, change
from chalicelib.services.advances.counting import Counted, count, outstanding_of, wrong_sums
from chalicelib.services.advances.keeping import StatedLimit, set_terms, terms
from chalicelib.services.advances.offsetting import keys, offsetting, open_of, owed
from chalicelib.services.advances.paying import settled
from chalicelib.services.advances.proving import every_advance, violations_of
from chalicelib.services.advances.record import held, resource_of
from chalicelib.services.advances.reminding import remind_due
from chalicelib.services.advances.returning import deduct, divide, schedule, take_back, unschedule, waive
from chalicelib.services.advances.viewing import AdvanceView, Mine, Proposal, due_days, listed, proposals, view

__all__ = [
    "AdvanceView",
    "Aged",
    "Ageing",
    "Counted",
    "Mine",
    "Proposal",
    "StatedLimit",
    "Violation",
    "act",
    "ageing",
    "apply",
    "change",
    "count",
    "deduct",
    "divide",
    "due_days",
    "every_advance",
    "held",
    "keys",
    "listed",
    "offsetting",
    "open_of",
    "outstanding_of",
    "owed",
    "proposals",
    "remind_due",
    "resource_of",
    "schedule",
    "set_terms",
    "settled",
    "share_out",
    "take_back",
    "terms",
    "unschedule",
    "view",
    "violations_of",
    "waive",
    "wrong_sums",
]
