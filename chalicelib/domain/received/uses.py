"""Who uses an invoice: one document at a time, and what was settled with it stays claimed.

A use is kept by what makes invoices the same: their identity, and the bytes of their file. Whoever uses one takes both.
"""

from dataclasses import dataclass, replace

from chalicelib.domain.errors import Conflict, IllegalMove


class InvoiceUsed(Conflict):
    """Another document uses the invoice, or the same document twice."""

    code = "invoice_used"


class InvoiceExceeded(Conflict):
    """More is claimed than the invoice has left; both are named, in minor units of its currency."""

    code = "invoice_exceeded"


@dataclass(frozen=True)
class Holder:
    """The document (its kind and id) that uses an invoice now, with which registration of it, for what sum."""

    kind: str
    document: str
    invoice: str
    amount: int


@dataclass(frozen=True)
class Settled:
    """What a document was settled with."""

    kind: str
    document: str
    invoice: str
    amount: int


@dataclass(frozen=True)
class Use:
    """What an invoice is used for; `id` is one of its keys.

    `total` is the invoice's, as those said who claimed from it. `version` counts what was written of it, 0 before
    anything was.
    """

    id: str
    total: int = 0
    live: Holder | None = None
    settled: tuple[Settled, ...] = ()
    version: int = 0

    @property
    def spent(self) -> int:
        """What was settled with it."""
        return sum(each.amount for each in self.settled)

    @property
    def claimed(self) -> int:
        """What is claimed of it altogether."""
        return self.spent + (self.live.amount if self.live else 0)

    def backs_with(self, invoice: str) -> bool:
        """Whether a document uses, or was settled with, just this registration of it."""
        return any(each.invoice == invoice for each in (*self.settled, *((self.live,) if self.live else ())))

    def cap(self, total: int) -> int:
        """How much can be claimed of it in all: while something is settled, no more than was said then."""
        return min(self.total, total) if self.settled else total

    def left(self, total: int) -> int:
        """What another document could still claim: nothing while one does."""
        return 0 if self.live else max(0, self.cap(total) - self.spent)


def take(use: Use, holder: Holder, total: int, currency: str) -> Use:
    """Let a document use it, or use it for another sum; raises InvoiceUsed, InvoiceExceeded."""
    held = use.live
    if held and (held.kind, held.document, held.invoice) != (holder.kind, holder.document, holder.invoice):
        same = (held.kind, held.document) == (holder.kind, holder.document)
        raise InvoiceUsed("invoice_twice" if same else None, state="used")
    cap = use.cap(total)
    if use.spent + holder.amount > cap:
        left = str(max(0, cap - use.spent))
        raise InvoiceExceeded(state="used", left=left, asked=str(holder.amount), currency=currency)
    return replace(use, live=holder, total=cap, version=use.version + 1)


def free(use: Use, kind: str, document: str) -> Use:
    """Let the document give it back; raises IllegalMove where it does not use it."""
    _held(use, kind, document)
    return replace(use, live=None, version=use.version + 1)


def settle(use: Use, kind: str, document: str, amount: int) -> Use:
    """What the document was settled with stays claimed, another may claim the rest; raises IllegalMove."""
    held = _held(use, kind, document)
    if not 0 <= amount <= held.amount:
        raise IllegalMove("received_illegal_move", state="used", move="settle")
    done = (Settled(kind, document, held.invoice, amount),) if amount else ()
    return replace(use, live=None, settled=(*use.settled, *done), version=use.version + 1)


def unsettle(use: Use, kind: str, document: str, amount: int) -> Use:
    """Give back what the document was settled with, because that was reversed; raises IllegalMove for another sum."""
    mine = [each for each in use.settled if (each.kind, each.document) == (kind, document)]
    if sum(each.amount for each in mine) != amount:
        raise IllegalMove("received_illegal_move", state="settled", move="unsettle")
    rest = tuple(each for each in use.settled if each not in mine)
    return replace(use, settled=rest, version=use.version + 1)


def touch(use: Use) -> Use:
    """The same, written anew: whoever decided on the invoice as it was before decides again."""
    return replace(use, version=use.version + 1)


def _held(use: Use, kind: str, document: str) -> Holder:
    if use.live is None or (use.live.kind, use.live.document) != (kind, document):
        raise IllegalMove("received_illegal_move", state="used" if use.live else "free", move="release")
    return use.live
