"""What a document takes of a line, as it remembers it: with this it can give it back without a search."""

from dataclasses import dataclass

from chalicelib.domain.budgets.line import Line


@dataclass(frozen=True)
class Share:
    """`amount` minor units of the line, of which `over` were beyond what it had available when they were taken."""

    line: str
    amount: int
    over: int = 0


def share_of(line: Line, amount: int, before: Share | None = None) -> Share:
    """What a document takes that has taken `before`, as the line stands now; a line without control is never over."""
    held = before.amount if before and before.line == line.id else 0
    if before and held == amount:
        return before
    over = max(0, amount - held - line.available) if line.control != "none" else 0
    return Share(line.id, amount, over)
