"""The proof that an advance's figures are right: by the table of model.py, and by its movements."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chalicelib.domain.advances.model import Advance
from chalicelib.domain.advances.movements import FIGURES, Movement, changes


@dataclass(frozen=True)
class Violation:
    """An equation that does not hold: of what, what is kept, and what it should be, in minor units."""

    record: str
    equation: str
    kept: int
    counted: int


def violations(advance: Advance, movements: Iterable[Movement]) -> Iterator[Violation]:
    """Every equation that the advance breaks, with everything that stands in its account."""
    posted: Counter[str] = Counter()
    for movement in movements:
        posted.update(changes(movement))
    compared = [
        *((f"{name} = posted", getattr(advance, name), posted[name]) for name in FIGURES),
        ("reserved = by claim", advance.reserved, sum(each.reserved for each in advance.clearings)),
        ("cleared = by claim", advance.cleared, sum(each.cleared for each in advance.clearings)),
        ("scheduled = deductions", advance.scheduled, sum(each.amount for each in advance.deductions)),
    ]
    for equation, kept, counted in compared:
        if kept != counted:
            yield Violation(advance.id, equation, kept, counted)
    bounds = {"outstanding >= 0": advance.outstanding, "free >= 0": advance.free, "paid <= amount": advance.unpaid}
    for equation, kept in bounds.items():
        if kept < 0:
            yield Violation(advance.id, equation, kept, 0)
