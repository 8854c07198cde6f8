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
    """What a document holds of a line: of `amount` frozen in all, `converted` was used and `released` given back."""

    line: str
    document_kind: str
    document: str
    number: str = ""
    amount: int = 0
    converted: int = 0
    released: int = 0
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


def unfrozen(line: Line, document: Document) -> Freeze:
    """What a document holds of a line before it ever held anything."""
    return Freeze(line.id, document.kind, document.id, document.number)


def refreeze(line: Line, freeze: Freeze, whole: int, stamp: Stamp) -> Posting | None:
    """Freeze so much that the document takes `whole` of the line, with what it used already; None if it does.

    Raises Overspent, BudgetClosed, Invalid (a soft line without a reason). Less than it has used gives the rest back.
    """
    check_amount(whole, least=0)
    more = max(0, whole - freeze.converted) - freeze.held
    if more > 0:
        return _post(line, freeze, "freeze", "freeze", more, stamp)
    if more < 0:
        return _post(line, freeze, "release", "release" if freeze.held + more == 0 else "lower", -more, stamp)
    return None


def release(line: Line, freeze: Freeze, stamp: Stamp) -> Posting | None:
    """Give all that is frozen still back; None where nothing is."""
    return refreeze(line, freeze, 0, stamp)


def convert(line: Line, freeze: Freeze, amount: int, stamp: Stamp) -> Posting:
    """Use some of what is frozen: of 300, 100 are used and 200 stay frozen. Raises NotFrozen naming what is held."""
    check_amount(amount)
    if amount > freeze.held:
        raise NotFrozen(state=freeze.status, held=str(freeze.held), asked=str(amount), currency=line.currency)
    return _post(line, freeze, "use", "settle" if amount == freeze.held else "convert", amount, stamp)


def restore(line: Line, freeze: Freeze, amount: int, stamp: Stamp) -> Posting:
    """Freeze again what was used, because its payment was cancelled; raises NotFrozen for more than was used."""
    check_amount(amount)
    if amount > freeze.converted:
        raise NotFrozen(state=freeze.status, held=str(freeze.converted), asked=str(amount), currency=line.currency)
    return _post(line, freeze, "restore", "restore", amount, stamp)


def _post(line: Line, freeze: Freeze, kind: Kind, move: FreezeMove, amount: int, stamp: Stamp) -> Posting:
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
    return Posting(posted(line, movement), movement, after)
