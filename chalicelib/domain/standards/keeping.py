"""Keeping standards: what may be written down, when a newer one takes over, and that no two count on the same day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta

from chalicelib.domain.approvals import LANGUAGES
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.reception_items import HEADS_LIMIT, PRICE_LIMIT, TYPES, fields_of
from chalicelib.domain.standards.book import LEVELS_LIMIT, STANDARDS_LIMIT, Book, Level, Standard

DAY = timedelta(days=1)
TITLE_LIMIT = 40
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
OPEN_TO_CHANGE = frozenset({"valid_until", "note", "version"})
"""What may change of a standard by which visits have been estimated already."""


def check_standard(standard: Standard, book: Book) -> None:
    """Raise Invalid naming every field that cannot stand."""
    if faults := [*_faults(standard, book)]:
        raise Invalid(*faults)


def _faults(standard: Standard, book: Book) -> Iterator[FieldError]:
    if standard.type not in TYPES:
        yield FieldError("type", "bad_choice")
    if standard.level and book.level(standard.level) is None:
        yield FieldError("level", "unknown_level")
    if standard.valid_until and standard.valid_until < standard.valid_from:
        yield FieldError("valid_until", "end_before_start")
    if standard.amount is not None and not 0 <= standard.amount < PRICE_LIMIT:
        yield FieldError("amount", "bad_amount")
    yield from _ratio_faults(standard)


def _ratio_faults(standard: Standard) -> Iterator[FieldError]:
    for name in ("hosts_least", "ratio_hosts", "ratio_guests"):
        if not 0 <= getattr(standard, name) <= HEADS_LIMIT:
            yield FieldError(name, "out_of_range", {"min": "0", "max": str(HEADS_LIMIT)})
        elif getattr(standard, name) and "hosts" not in fields_of(standard.type):
            yield FieldError(name, "not_of_this_item")
    if standard.ratio_hosts and not standard.ratio_guests:
        yield FieldError("ratio_guests", "required")
    if standard.ratio_guests and not standard.ratio_hosts:
        yield FieldError("ratio_hosts", "required")


def check_changed(before: Standard, after: Standard, today: date) -> None:
    """Raise Invalid for a change of what visits were estimated by.

    A standard that began before today keeps its words; it may end, today at the earliest, and a new one follow.
    """
    names = [each.name for each in fields(Standard) if getattr(before, each.name) != getattr(after, each.name)]
    faults = [FieldError(name, "standard_in_force") for name in names if _is_kept(before, name, today)]
    if before.valid_from < today and after.valid_until and after.valid_until < today and "valid_until" in names:
        faults.append(FieldError("valid_until", "in_the_past"))
    if faults:
        raise Invalid(*faults)


def _is_kept(before: Standard, name: str, today: date) -> bool:
    return name not in OPEN_TO_CHANGE and (before.valid_from < today or name in ("type", "level", "site", "currency"))


def placed(standard: Standard, book: Book) -> Sequence[Standard]:
    """The standards to write: this one, and the one that it takes over from, which ends the day before.

    Only one that began before and has no end makes room; raises Invalid for any other overlap, naming the period.
    """
    if len(book.standards) >= STANDARDS_LIMIT and book.standard(standard.id) is None:
        raise Invalid(FieldError("type", "too_many", {"max": str(STANDARDS_LIMIT)}))
    written = [standard]
    for other in book.standards:
        if other.id == standard.id or other.subject != standard.subject or not other.overlaps(standard):
            continue
        if other.valid_until is not None or other.valid_from >= standard.valid_from:
            raise Invalid(FieldError("valid_from", "standard_overlaps", _period(other)))
        written.append(replace(other, valid_until=standard.valid_from - DAY, version=other.version + 1))
    return written


def _period(standard: Standard) -> dict[str, str]:
    until = standard.valid_until.isoformat() if standard.valid_until else "…"
    return {"first": standard.valid_from.isoformat(), "last": until}


def check_levels(levels: Sequence[Level], book: Book) -> None:
    """Raise Invalid for levels that cannot stand, or that lack one of which there are standards."""
    gone = {each.level for each in book.standards if each.level} - {level.key for level in levels}
    faults = [*_level_faults(levels), *(FieldError("levels", "level_in_use", {"level": key}) for key in sorted(gone))]
    if faults:
        raise Invalid(*faults)


def _level_faults(levels: Sequence[Level]) -> Iterator[FieldError]:
    if len(levels) > LEVELS_LIMIT:
        yield FieldError("levels", "too_many_rows", {"max_length": str(LEVELS_LIMIT)})
    seen: set[str] = set()
    for row, level in enumerate(levels):
        if not KEY.fullmatch(level.key):
            yield FieldError(f"levels.{row}.key", "bad_level_key")
        elif level.key in seen:
            yield FieldError(f"levels.{row}.key", "duplicate")
        seen.add(level.key)
        for language in LANGUAGES:
            text = level.title.get(language, "").strip()
            if not text:
                yield FieldError(f"levels.{row}.title.{language}", "required")
            elif len(text) > TITLE_LIMIT:
                yield FieldError(f"levels.{row}.title.{language}", "too_long", {"max_length": str(TITLE_LIMIT)})
