"""Several documents on one line in one command: what one of them gives up, another may take (占用转移).

Only what they take together is asked of the line. So a claim takes over what its visit holds whatever the line has
left, even where its budget was cut, its control made strict or its period closed since.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from chalicelib.domain.budgets.freezes import Document, Freeze, Moved, NotFrozen, give_up, hold, unfrozen, unuse, use
from chalicelib.domain.budgets.line import FIGURES, Line
from chalicelib.domain.budgets.movements import Movement, Stamp, changes, needed, posted


@dataclass(frozen=True)
class Hold:
    """What a command changes of a document's freeze on a line, in minor units; below zero it is the reverse.

    `frozen` more is held, `used` of what is held becomes used, `handed` of what is held goes to another document of
    the same command (which holds it by its own `frozen`) and counts as taken for this one still.
    """

    document: Document
    line: str
    frozen: int = 0
    used: int = 0
    handed: int = 0


class Together(NamedTuple):
    """The line after a command, what moved in order, and each freeze as it is left, one version on.

    `least` is what the line has to have available for it, None where that does not matter; `takes` is by how much
    there is less available (below zero: more).
    """

    line: Line
    movements: tuple[Movement, ...]
    freezes: tuple[Freeze, ...]
    takes: int
    least: int | None


def together(
    line: Line, freezes: Mapping[Document, Freeze], holds: Sequence[Hold], stamps: Iterator[Stamp]
) -> Together:
    """Move the freezes of several documents on one line.

    What was used is restored first, then given up, frozen, used. `freezes` are those that there are. Raises Overspent,
    BudgetClosed, Invalid (a soft line without a reason), NotFrozen.
    """
    now = {each.document: freezes.get(each.document) or unfrozen(line, each.document) for each in holds}
    before = dict(now)
    movements: list[Movement] = []
    for document, step, amount in _steps(holds):
        movement, now[document] = step(line, now[document], amount, next(stamps))
        movements.append(movement)
    for each in holds:
        now[each.document] = _handed(line, now[each.document], each.handed)
    takes = -sum(changes(movement).get("available", 0) for movement in movements)
    after = _figures_after(line, movements)
    left = tuple(replace(freeze, version=before[document].version + 1) for document, freeze in now.items())
    return Together(after, tuple(movements), left, takes, _least(line, movements, takes))


type _Step = Callable[[Line, Freeze, int, Stamp], Moved]


def _steps(holds: Sequence[Hold]) -> Iterator[tuple[Document, _Step, int]]:
    steps: tuple[tuple[_Step, Callable[[Hold], int]], ...] = (
        (unuse, lambda each: -each.used),
        (give_up, lambda each: each.handed - each.frozen),
        (hold, lambda each: each.frozen - each.handed),
        (use, lambda each: each.used),
    )
    for step, amount_of in steps:
        yield from ((each.document, step, amount) for each in holds if (amount := amount_of(each)) > 0)


def _handed(line: Line, freeze: Freeze, amount: int) -> Freeze:
    if freeze.handed + amount < 0:
        raise NotFrozen(state=freeze.status, held=str(freeze.handed), asked=str(-amount), currency=line.currency)
    return replace(freeze, handed=freeze.handed + amount)


def _figures_after(line: Line, movements: Sequence[Movement]) -> Line:
    figures = Counter({name: getattr(line, name) for name in FIGURES})
    for movement in movements:
        figures.update(changes(movement))
    after: dict[str, Any] = {name: figures[name] for name in FIGURES}
    return replace(line, **after, version=line.version + 1)


def _least(line: Line, movements: Sequence[Movement], takes: int) -> int | None:
    """What has to be available, asked as if all were one freeze."""
    if takes <= 0:
        return None
    one = replace(movements[-1], what="freeze", amount=takes)
    posted(line, one)
    return needed(line, one)
