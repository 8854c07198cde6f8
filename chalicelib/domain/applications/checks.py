"""What an application must say, and what it must not."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chalicelib.domain.applications.rows import COUNTED, OWN, Row, cost_of, fields_of
from chalicelib.domain.errors import FieldError, Invalid

ROWS_LIMIT = 30
COUNT_LIMIT = 10_000
AMOUNT_LIMIT = 10**13
"""Minor units; thirty rows of it are still less than any budget holds."""
FURTHEST_AHEAD = timedelta(days=366)
LONGEST = timedelta(days=92)


def faults_of(rows: Sequence[Row], today: date) -> list[FieldError]:
    """Every field that cannot stand, by its path (`rows.2.nights`); `today` is the day at the applicant's site."""
    faults = [*_size(rows)]
    for number, row in enumerate(rows[:ROWS_LIMIT]):
        faults += _faults(row, f"rows.{number}", today)
    return faults


def check_converted(rows: Sequence[Row]) -> None:
    """Raise Invalid for what is no sum in the application's currency: nothing after rounding, or beyond any budget."""
    wrong = [number for number, row in enumerate(rows) if not 0 < row.converted < AMOUNT_LIMIT]
    if wrong:
        raise Invalid(*(FieldError(f"rows.{number}.amount", "bad_amount") for number in wrong))


def _size(rows: Sequence[Row]) -> Iterator[FieldError]:
    if not rows:
        yield FieldError("rows", "required")
    if len(rows) > ROWS_LIMIT:
        yield FieldError("rows", "too_many_rows", {"max_length": str(ROWS_LIMIT)})


def _faults(row: Row, place: str, today: date) -> Iterator[FieldError]:
    for name in fields_of(row.type):
        if not getattr(row, name):
            yield FieldError(f"{place}.{name}", "required")
    for name in sorted(OWN.difference(fields_of(row.type))):
        if getattr(row, name):
            yield FieldError(f"{place}.{name}", "not_of_this_item")
    for name in COUNTED[row.type]:
        if not 0 <= getattr(row, name) <= COUNT_LIMIT:
            yield FieldError(f"{place}.{name}", "out_of_range", {"min": "0", "max": str(COUNT_LIMIT)})
    yield from _days(row, place, today)
    yield from _sums(row, place)


def _days(row: Row, place: str, today: date) -> Iterator[FieldError]:
    if row.day < today:
        yield FieldError(f"{place}.day", "in_the_past")
    elif row.day > today + FURTHEST_AHEAD:
        yield FieldError(f"{place}.day", "too_far_ahead", {"days": str(FURTHEST_AHEAD.days)})
    if row.until is not None and row.until < row.day:
        yield FieldError(f"{place}.until", "end_before_start")
    elif row.until is not None and row.until - row.day > LONGEST:
        yield FieldError(f"{place}.until", "row_too_long", {"days": str(LONGEST.days)})


def _sums(row: Row, place: str) -> Iterator[FieldError]:
    stated = {"price": row.price, "amount": row.amount}
    wrong = [name for name, sum in stated.items() if sum is not None and not 0 < sum < AMOUNT_LIMIT]
    yield from (FieldError(f"{place}.{name}", "bad_amount") for name in wrong)
    cost = cost_of(row)
    if cost is None:
        yield FieldError(f"{place}.price", "amount_needed")
    elif not wrong and cost >= AMOUNT_LIMIT:
        yield FieldError(f"{place}.price", "bad_amount")
