"""Figures over lines: sums of departments with those below them, and the proof that every line's figures are right."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.budgets.freezes import Freeze
from chalicelib.domain.budgets.line import FIGURES, Line
from chalicelib.domain.budgets.movements import Movement, changes

type Figures = Mapping[str, int]
"""By the names in FIGURES, in minor units."""

NOTHING: Figures = dict.fromkeys(FIGURES, 0)


def sums(lines: Iterable[Line]) -> dict[str, Figures]:
    """The figures of all lines together, by currency."""
    found: dict[str, dict[str, int]] = {}
    for line in lines:
        own = found.setdefault(line.currency, dict(NOTHING))
        for name in FIGURES:
            own[name] += getattr(line, name)
    return dict(sorted(found.items()))


def rolled_up(lines: Iterable[Line], paths: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Figures]]:
    """By department and currency: its lines with those of all departments below it.

    `paths` are each department's own id and those of the departments above it; one without a path counts alone.
    """
    by_department: dict[str, list[Line]] = {}
    for line in lines:
        for department in paths.get(line.department, (line.department,)):
            by_department.setdefault(department, []).append(line)
    return {department: sums(own) for department, own in by_department.items()}


@dataclass(frozen=True)
class Violation:
    """An equation that does not hold of a line: what the line says, and what it should say, in minor units."""

    line: str
    equation: str
    kept: int
    counted: int


def violations(line: Line, freezes: Sequence[Freeze], movements: Sequence[Movement]) -> Iterator[Violation]:
    """Every equation that the line breaks, with everything that stands in its account."""

    def compare(equation: str, kept: int, counted: int) -> Iterator[Violation]:
        if kept != counted:
            yield Violation(line.id, equation, kept, counted)

    yield from compare(
        "allotted + adjusted = available + frozen + used",
        line.allotted + line.adjusted,
        line.available + line.frozen + line.used,
    )
    yield from compare("frozen = open freezes", line.frozen, sum(each.held for each in freezes))
    yield from compare("used = converted freezes", line.used, sum(each.converted for each in freezes))
    posted: Counter[str] = Counter()
    for movement in movements:
        posted.update(changes(movement))
    for name in FIGURES:
        yield from compare(f"{name} = posted", getattr(line, name), posted[name])
    if line.control == "hard" and line.available < 0:
        yield Violation(line.id, "hard line: available >= 0", line.available, 0)
    for each in freezes:
        if min(each.held, each.converted, each.released) < 0 or (each.status != "open" and each.held):
            yield Violation(line.id, f"freeze of {each.document_kind} {each.document}: {each.status}", each.held, 0)
