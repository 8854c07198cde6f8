"""Sums of a claim: shares of departments that add up to the line, what advances clear, what is left to pay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from chalicelib.domain.budgets.line import LARGEST
from chalicelib.domain.claims.model import ALLOCATIONS_LIMIT, Allocation, Claim, Line, Offset
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.money import allocate, exchange

WHOLE = 100
"""Percent."""
_SHARE_DIGITS = 4


@dataclass(frozen=True)
class Part:
    """A department's part of a line as somebody states it: a `share` in percent, or an `amount` of the line."""

    department: str
    share: str = ""
    amount: int | None = None


def converted(amount: int, rate: str, digits: int, claim_digits: int) -> int:
    """The amount in minor units of the claim's currency, half-even; the digits are those of the two minor units."""
    if rate == "1" and digits == claim_digits:
        return amount
    return exchange(amount, Fraction(rate), digits, claim_digits)


def shared_out(
    whole: int, parts: Sequence[Part], amount: int, currency: str, path: str = "allocations"
) -> tuple[Allocation, ...]:
    """A line that is `whole` in minor units of the claim's currency over its departments, to the last of them.

    Parts are all by share, which have to make 100 %, or all by amount, which have to make the line's own `amount`, in
    minor units of its `currency`; raises Invalid otherwise.
    """
    _check_parts(parts, path)
    by_share = any(part.share for part in parts)
    weights = _by_share(parts, path) if by_share else _by_amount(parts, amount, currency, path)
    amounts = allocate(whole, weights)
    pairs = zip(parts, amounts, strict=True)
    return tuple(Allocation(part.department, amount, share=part.share) for part, amount in pairs)


def _check_parts(parts: Sequence[Part], path: str) -> None:
    if not 1 <= len(parts) <= ALLOCATIONS_LIMIT:
        raise Invalid(FieldError(path, "too_many_rows", {"max_length": str(ALLOCATIONS_LIMIT)}))
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.department in seen:
            raise Invalid(FieldError(f"{path}.{index}.department", "department_twice"))
        seen.add(part.department)


def _by_share(parts: Sequence[Part], path: str) -> list[Fraction]:
    shares = [_share(part, f"{path}.{index}.share") for index, part in enumerate(parts)]
    if sum(shares) != WHOLE:
        raise Invalid(FieldError(path, "shares_differ", {"sum": f"{float(sum(shares)):g}"}))
    return shares


def _share(part: Part, path: str) -> Fraction:
    try:
        share = Decimal(part.share)
    except InvalidOperation:
        share = Decimal(0)
    exponent = share.as_tuple().exponent
    if not share.is_finite() or not 0 < share <= WHOLE or not isinstance(exponent, int) or exponent < -_SHARE_DIGITS:
        raise Invalid(FieldError(path, "bad_share"))
    return Fraction(share)


def _by_amount(parts: Sequence[Part], whole: int, currency: str, path: str) -> list[int]:
    amounts = [part.amount or 0 for part in parts]
    for index, amount in enumerate(amounts):
        if not 0 < amount < LARGEST:
            raise Invalid(FieldError(f"{path}.{index}.amount", "bad_amount"))
    if sum(amounts) != whole:
        facts = {"sum": str(sum(amounts)), "total": str(whole), "currency": currency}
        raise Invalid(FieldError(path, "parts_differ", facts))
    return amounts


def granted_parts(line: Line) -> tuple[Allocation, ...]:
    """What is paid of the line by department: a corrected sum in the proportion of the claimed one."""
    if line.sanctioned is None or line.sanctioned == line.converted:
        return line.allocations
    amounts = allocate(line.sanctioned, [each.amount for each in line.allocations])
    return tuple(replace(each, amount=amount) for each, amount in zip(line.allocations, amounts, strict=True))


def used_of_invoice(line: Line) -> int:
    """What the line claims of its invoice, in minor units of its own currency; of a corrected line as much less."""
    if line.sanctioned is None or line.sanctioned == line.converted:
        return line.amount
    return round(Fraction(line.amount * line.sanctioned, line.converted))


def uses(lines: Iterable[Line]) -> dict[str, int]:
    """By invoice: what the lines claim of it. A refused line claims nothing, so that its invoice is free for others."""
    found: dict[str, int] = {}
    for line in lines:
        amount = used_of_invoice(line) if line.invoice else 0
        if amount:
            found[line.invoice] = found.get(line.invoice, 0) + amount
    return found


def cleared(offsets: Iterable[Offset], granted: int) -> tuple[Offset, ...]:
    """What of each advance is cleared by so much that was granted, in their order: never more than all of it."""
    left, found = granted, []
    for offset in offsets:
        amount = min(offset.amount, left)
        left -= amount
        if amount:
            found.append(Offset(offset.advance, amount))
    return tuple(found)


def payable_of(claim: Claim) -> int:
    """What is left to pay after the advances; never below zero."""
    return claim.sanctioned - sum(offset.amount for offset in cleared(claim.offsets, claim.sanctioned))
