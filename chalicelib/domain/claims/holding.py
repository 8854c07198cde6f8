"""What a claim takes over of budgets from its pre-applications, and how it gives that back, uses it, and un-uses it.

A pre-application hands over what the claim takes of its freeze, and counts that as taken still; so a change of it does
not freeze the same money twice, and what comes back is its own again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.budgets import Document, Hold
from chalicelib.domain.claims.model import Claim, Taken
from chalicelib.domain.claims.sums import granted_parts


@dataclass(frozen=True)
class Source:
    """A pre-application with what it still `held` of each budget line, in minor units."""

    document: Document
    held: Mapping[str, int] = field(default_factory=dict)


def holder(claim: Claim) -> Document:
    """The claim as budgets know it."""
    return Document("claim", claim.id, claim.number)


def linked(claim: Claim) -> dict[str, Document]:
    """By id: the pre-applications as budgets know them."""
    return {link.document: Document(link.kind, link.document, link.number) for link in claim.links}


def needs(claim: Claim) -> dict[str, int]:
    """By budget line: what the claim takes."""
    parts = (part for line in claim.lines for part in line.allocations)
    return _by_budget((part.budget, part.amount) for part in parts)


def granted(claim: Claim) -> dict[str, int]:
    """By budget line: what is used of it when the claim is paid."""
    parts = (part for line in claim.lines for part in granted_parts(line))
    return _by_budget((part.budget, part.amount) for part in parts)


def _by_budget(parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for budget, amount in parts:
        if budget and amount:
            found[budget] = found.get(budget, 0) + amount
    return dict(sorted(found.items()))


def take_over(needed: Mapping[str, int], sources: Sequence[Source]) -> tuple[Taken, ...]:
    """What is needed, line by line: what the pre-applications hold of it in their order, the rest frozen anew."""
    return tuple(taken for line, amount in sorted(needed.items()) for taken in _of_line(line, amount, sources))


def _of_line(line: str, needed: int, sources: Sequence[Source]) -> Iterable[Taken]:
    left = needed
    for source in sources:
        amount = min(left, source.held.get(line, 0))
        if amount > 0:
            left -= amount
            yield Taken(line, amount, source.document.kind, source.document.id)
    if left:
        yield Taken(line, left)


def taking(claim: Claim) -> tuple[Hold, ...]:
    """How the claim takes what it has `taken`: what a pre-application held of it is the claim's from now on."""
    return merged(_moves(claim, claim.taken, 1, linked(claim)))


def giving_back(claim: Claim, open_sources: Collection[str]) -> tuple[Hold, ...]:
    """The same backwards: to the pre-applications that are open still, by their ids; the rest is released."""
    return merged(_moves(claim, claim.taken, -1, open_sources))


def using(claim: Claim, open_sources: Collection[str]) -> tuple[Hold, ...]:
    """What payment does: what was granted is used, the rest goes back to where it came from."""
    spent, rest = split(claim)
    used = [Hold(holder(claim), each.line, used=each.amount) for each in spent]
    return merged([*used, *_moves(claim, rest, -1, open_sources)])


def unusing(claim: Claim, open_sources: Collection[str]) -> tuple[Hold, ...]:
    """What a reversal does: what was used is held again, and goes back to where it came from."""
    spent, _ = split(claim)
    restored = [Hold(holder(claim), each.line, used=-each.amount) for each in spent]
    return merged([*restored, *_moves(claim, spent, -1, open_sources)])


def finishing(source: Source) -> tuple[Hold, ...]:
    """What releases all that a pre-application still holds: nothing more is to come of it."""
    return tuple(Hold(source.document, line, frozen=-held) for line, held in sorted(source.held.items()) if held > 0)


def split(claim: Claim) -> tuple[tuple[Taken, ...], tuple[Taken, ...]]:
    """What of the claim's budgets is used and what is left: the pre-applications' shares are used first."""
    left = granted(claim)
    spent: list[Taken] = []
    rest: list[Taken] = []
    for each in claim.taken:
        amount = min(each.amount, left.get(each.line, 0))
        left[each.line] = left.get(each.line, 0) - amount
        for part, kept in ((amount, spent), (each.amount - amount, rest)):
            if part:
                kept.append(Taken(each.line, part, each.source_kind, each.source))
    return tuple(spent), tuple(rest)


def _moves(claim: Claim, taken: Iterable[Taken], sign: int, sources: Collection[str]) -> Iterable[Hold]:
    """What the claim holds more (or less), and its pre-applications among `sources` hand over (or get back)."""
    documents = linked(claim)
    for each in taken:
        yield Hold(holder(claim), each.line, frozen=sign * each.amount)
        if each.source in sources:
            yield Hold(documents[each.source], each.line, handed=sign * each.amount)


def merged(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """One for each document and line, without those that come to nothing."""
    sums: dict[tuple[Document, str], list[int]] = {}
    for each in holds:
        own = sums.setdefault((each.document, each.line), [0, 0, 0])
        for place, amount in enumerate((each.frozen, each.used, each.handed)):
            own[place] += amount
    return tuple(Hold(document, line, *amounts) for (document, line), amounts in sums.items() if any(amounts))
