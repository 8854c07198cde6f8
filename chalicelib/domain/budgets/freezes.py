"""Freezes (冻结, encumbrances): what a document holds of a line, from its submission until it is used or released."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from chalicelib.domain.budgets.line import Line, check_amount
from chalicelib.domain.budgets.movements import Kind, Movement, Stamp, posted
from chalicelib.domain.errors import Conflict, IllegalMove

type FreezeStatus = Literal["open", "converted", "released"]
type FreezeMove = Literal["freeze", "lower", "convert", "settle", "release", "restore"]

MOVES: Mapping[tuple[FreezeStatus, FreezeMove], FreezeStatus] = {
    ("open", "freeze"): "open",
    ("open", "lower"): "open",
    ("open", "convert"): "open",
    ("open", "settle"): "converted",
    ("open", "release"): "released",
    ("open", "restore"): "open",
    ("converted", "freeze"): "open",
    ("converted", "restore"): "open",
    ("released", "freeze"): "open",
    ("released", "restore"): "open",
}
"""(status, move) -> status. `settle` uses all that is left, `lower` gives some of it back, `release` all of it."""


class NotFrozen(Conflict):
    """The document holds less of the line than is to be used, or has used less than is to be restored."""

    code = "budget_not_frozen"


@dataclass(frozen=True)
class Document:
    """What holds money of a line: a visit or another document, by its kind, its id and the number people know."""

    kind: str
    id: str
    number: str = ""


@dataclass(frozen=True)
class Freeze:
    """What a document holds of a line: of `amount` frozen in all, `converted` was used and `released` given back.

    `handed` is what other documents took over and have not given back: it counts as taken for this one still.
    """

    line: str
    document_kind: str
    document: str
    number: str = ""
    amount: int = 0
    converted: int = 0
    released: int = 0
    handed: int = 0
    status: FreezeStatus = "released"
    version: int = 0

    @property
    def held(self) -> int:
        """What is frozen still, in minor units."""
        return self.amount - self.converted - self.released


class Posting(NamedTuple):
    """One movement, the line that it leaves, and the freeze, if it is about one."""

    line: Line
    movement: Movement
    freeze: Freeze | None = None


class Moved(NamedTuple):
    """A movement, and the freeze that it leaves."""

    movement: Movement
    freeze: Freeze


def unfrozen(line: Line, document: Document) -> Freeze:
    """What a document holds of a line before it ever held anything."""
    return Freeze(line.id, document.kind, document.id, document.number)


def refreeze(line: Line, freeze: Freeze, whole: int, stamp: Stamp) -> Posting | None:
    """Freeze so much that the document takes `whole` of the line, with what it used or handed over; None if it does.

    Raises Overspent, BudgetClosed, Invalid (a soft line without a reason). Less than it has used gives the rest back.
    """
    check_amount(whole, least=0)
    more = max(0, whole - freeze.converted - freeze.handed) - freeze.held
    if more > 0:
        return _post(line, freeze, "freeze", "freeze", more, stamp)
    if more < 0:
        return _post(line, freeze, "release", "release" if freeze.held + more == 0 else "lower", -more, stamp)
    return None


def release(line: Line, freeze: Freeze, stamp: Stamp) -> Posting | None:
    """Give all that is frozen still back; None where nothing is."""
    return refreeze(line, freeze, 0, stamp)


def hold(line: Line, freeze: Freeze, amount: int, stamp: Stamp) -> Moved:
    """Hold so much more; whether the line has it is not asked here."""
    return _moved(line, freeze, "freeze", "freeze", amount, stamp)


def give_up(line: Line, freeze: Freeze, amount: int, stamp: Stamp) -> Moved:
    """Hold so much less; raises NotFrozen naming what is held."""
    _check_held(line, freeze, freeze.held, amount)
    return _moved(line, freeze, "release", "release" if amount == freeze.held else "lower", amount, stamp)


def use(line: Line, freeze: Freeze, amount: int, stamp: Stamp) -> Moved:
    """Use some of what is held: of 300, 100 are used and 200 stay frozen. Raises NotFrozen naming what is held."""
    _check_held(line, freeze, freeze.held, amount)
    return _moved(line, freeze, "use", "settle" if amount == freeze.held else "convert", amount, stamp)


def unuse(line: Line, freeze: Freeze, amount: int, stamp: Stamp) -> Moved:
    """Hold again what was used, because its payment was cancelled; raises NotFrozen naming what was used."""
    _check_held(line, freeze, freeze.converted, amount)
    return _moved(line, freeze, "restore", "restore", amount, stamp)


def _check_held(line: Line, freeze: Freeze, held: int, asked: int) -> None:
    check_amount(asked)
    if asked > held:
        raise NotFrozen(state=freeze.status, held=str(held), asked=str(asked), currency=line.currency)


def _post(line: Line, freeze: Freeze, kind: Kind, move: FreezeMove, amount: int, stamp: Stamp) -> Posting:
    movement, after = _moved(line, freeze, kind, move, amount, stamp)
    return Posting(posted(line, movement), movement, after)


def _moved(line: Line, freeze: Freeze, kind: Kind, move: FreezeMove, amount: int, stamp: Stamp) -> Moved:
    status = MOVES.get((freeze.status, move))
    if status is None:
        raise IllegalMove("budget_illegal_move", state=freeze.status, move=move)
    moved = {
        "freeze": {"amount": freeze.amount + amount},
        "release": {"released": freeze.released + amount},
        "use": {"converted": freeze.converted + amount},
        "restore": {"converted": freeze.converted - amount},
    }
    after = replace(freeze, status=status, version=freeze.version + 1, **moved[kind])  # type: ignore[arg-type]
    movement = Movement(
        id=stamp.id,
        line=line.id,
        what=kind,
        amount=amount,
        at_time=stamp.at_time,
        by=stamp.by,
        reason=stamp.reason,
        document_kind=freeze.document_kind,
        document=freeze.document,
        number=freeze.number,
    )
    return Moved(movement, after)
