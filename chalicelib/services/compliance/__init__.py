"""Compliance: the rules of spending as finance keeps them, and what they find at a claim.

A claim that is about to be submitted reads `keys()` with its batch, and so is checked by the rules of that moment.
"""

from chalicelib.services.compliance.checking import check, now_in_force, standing, today
from chalicelib.services.compliance.keeping import all_of, change, create, one, set_rules
from chalicelib.services.compliance.reading import as_of, forget, keys, known, whole
from chalicelib.services.compliance.wording import Told, faults, texts

__all__ = [
    "Told",
    "all_of",
    "as_of",
    "change",
    "check",
    "create",
    "faults",
    "forget",
    "keys",
    "known",
    "now_in_force",
    "one",
    "set_rules",
    "standing",
    "texts",
    "today",
    "whole",
]
