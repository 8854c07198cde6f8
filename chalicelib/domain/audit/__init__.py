"""The audit chain: every change of every record as an entry that carries the hash of the one before it."""

from chalicelib.domain.audit.chain import START, Broken, Entry, Fault, extend, fault_of, segment, spoken
from chalicelib.domain.audit.changes import (
    HIDDEN,
    PARTLY_SHOWN,
    UNSHOWN,
    Change,
    Values,
    change_of,
    folded,
    masked,
    recorded,
    recorded_values,
)

__all__ = [
    "HIDDEN",
    "PARTLY_SHOWN",
    "START",
    "UNSHOWN",
    "Broken",
    "Change",
    "Entry",
    "Fault",
    "Values",
    "change_of",
    "extend",
    "fault_of",
    "folded",
    "masked",
    "recorded",
    "recorded_values",
    "segment",
    "spoken",
]
