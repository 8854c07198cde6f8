"""What a claim has to be: bounded, with sums that are sums, each thing named once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from chalicelib.domain.budgets.line import LARGEST
from chalicelib.domain.claims.holding import needs
from chalicelib.domain.claims.model import BUDGETS_LIMIT, LINES_LIMIT, LINKS_LIMIT, OFFSETS_LIMIT, Claim, Line
from chalicelib.domain.errors import FieldError, Invalid

OLDEST = date(2000, 1, 1)


def check_claim(claim: Claim, today: date) -> None:
    """Raise Invalid naming everything in which this is no claim, submitted or not."""
    faults = [*_counted(claim), *_twice(claim)]
    for index, line in enumerate(claim.lines):
        faults += _of_line(line, f"lines.{index}", today)
    if not faults and not 0 <= claim.total < LARGEST:
        faults.append(FieldError("lines", "bad_amount"))
    if faults:
        raise Invalid(*faults)


def check_submission(claim: Claim) -> None:
    """Raise Invalid for what a draft may lack and a submission may not."""
    if not claim.lines:
        raise Invalid(FieldError("lines", "required"))
    if len(needs(claim)) > BUDGETS_LIMIT:
        raise Invalid(FieldError("lines", "claim_budgets", {"limit": str(BUDGETS_LIMIT)}))
    over = sum(offset.amount for offset in claim.offsets) - claim.total
    if over > 0:
        raise Invalid(FieldError("offsets", "offsets_exceed", {"total": str(claim.total), "currency": claim.currency}))


def _counted(claim: Claim) -> Iterator[FieldError]:
    rows: Sequence[tuple[str, int, int]] = (
        ("lines", len(claim.lines), LINES_LIMIT),
        ("links", len(claim.links), LINKS_LIMIT),
        ("offsets", len(claim.offsets), OFFSETS_LIMIT),
    )
    for path, count, limit in rows:
        if count > limit:
            yield FieldError(path, "too_many_rows", {"max_length": str(limit)})


def _twice(claim: Claim) -> Iterator[FieldError]:
    yield from _repeated("links", "document", [link.document for link in claim.links])
    yield from _repeated("offsets", "advance", [offset.advance for offset in claim.offsets])
    for index, offset in enumerate(claim.offsets):
        if not 0 < offset.amount < LARGEST:
            yield FieldError(f"offsets.{index}.amount", "bad_amount")


def _repeated(rows: str, name: str, values: Iterable[str]) -> Iterator[FieldError]:
    seen: Counter[str] = Counter()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            yield FieldError(f"{rows}.{index}.{name}", "named_twice")


def _of_line(line: Line, path: str, today: date) -> Iterator[FieldError]:
    if not 0 < line.amount < LARGEST:
        yield FieldError(f"{path}.amount", "bad_amount")
    elif not 0 < line.converted < LARGEST:
        yield FieldError(f"{path}.amount", "converts_to_nothing")
    if line.amount > 0 and not 0 <= line.tax <= line.amount:
        yield FieldError(f"{path}.tax", "bad_tax")
    if line.day > today:
        yield FieldError(f"{path}.day", "claim_day_to_come")
    elif line.day < OLDEST:
        yield FieldError(f"{path}.day", "claim_day_too_old")
