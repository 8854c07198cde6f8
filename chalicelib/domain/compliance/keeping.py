"""Keeping the rules: what may be written down, when a newer limit takes over, and that no two count on the same day."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta

from chalicelib.domain.approvals.definition import LANGUAGES
from chalicelib.domain.compliance.book import BASES, Limit, Rules, Sums, TaxTitle, Terms, Tier, plain
from chalicelib.domain.compliance.shapes import RULES, SEVERITIES
from chalicelib.domain.errors import FieldError, Invalid

DAY = timedelta(days=1)
LIMITS_LIMIT = 1000
TIERS_LIMIT = 8
PLACES_LIMIT = 400
TERMS_LIMIT = 40
SUMS_LIMIT = 10
TITLES_LIMIT = 20
DAYS_LIMIT = 3650
AMOUNT_LIMIT = 10**13
"""Minor units; what a limit or threshold stays below."""
NAME_LIMIT = 120
TITLE_LIMIT = 40
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAX_ID = re.compile(r"[0-9A-Z]{15,20}")
OPEN_TO_CHANGE = frozenset({"valid_until", "note", "version"})
"""What may change of a limit by which claims have been checked already."""


def check_limit(limit: Limit, rules: Rules) -> None:
    """Raise Invalid naming every field that cannot stand."""
    if faults := [*_limit_faults(limit, rules)]:
        raise Invalid(*faults)


def _limit_faults(limit: Limit, rules: Rules) -> Iterator[FieldError]:
    if not KEY.fullmatch(limit.category):
        yield FieldError("category", "bad_key")
    if limit.basis not in BASES:
        yield FieldError("basis", "bad_choice")
    if limit.tier and limit.tier not in {tier.key for tier in rules.tiers}:
        yield FieldError("tier", "unknown_place_tier")
    if limit.valid_until and limit.valid_until < limit.valid_from:
        yield FieldError("valid_until", "end_before_start")
    if limit.amount is not None and not 0 <= limit.amount < AMOUNT_LIMIT:
        yield FieldError("amount", "bad_amount")


def check_changed(before: Limit, after: Limit, today: date) -> None:
    """Raise Invalid for a change of what claims were checked by.

    A limit that began before today keeps its words; it may end, today at the earliest, and a new one follow.
    """
    names = [each.name for each in fields(Limit) if getattr(before, each.name) != getattr(after, each.name)]
    faults = [FieldError(name, "limit_in_force") for name in names if _is_kept(before, name, today)]
    if before.valid_from < today and after.valid_until and after.valid_until < today and "valid_until" in names:
        faults.append(FieldError("valid_until", "in_the_past"))
    if faults:
        raise Invalid(*faults)


def _is_kept(before: Limit, name: str, today: date) -> bool:
    subject = ("category", "basis", "grade", "tier", "currency")
    return name not in OPEN_TO_CHANGE and (before.valid_from < today or name in subject)


def placed(limit: Limit, rules: Rules) -> Sequence[Limit]:
    """The limits to write: this one, and the one that it takes over from, which ends the day before.

    Only one that began before and has no end makes room; raises Invalid for any other overlap, naming the period.
    """
    if len(rules.limits) >= LIMITS_LIMIT and rules.limit(limit.id) is None:
        raise Invalid(FieldError("category", "too_many", {"max": str(LIMITS_LIMIT)}))
    written = [limit]
    for other in rules.limits:
        if other.id == limit.id or other.subject != limit.subject or not other.overlaps(limit):
            continue
        if other.valid_until is not None or other.valid_from >= limit.valid_from:
            raise Invalid(FieldError("valid_from", "standard_overlaps", _period(other)))
        written.append(replace(other, valid_until=limit.valid_from - DAY, version=other.version + 1))
    return written


def _period(limit: Limit) -> dict[str, str]:
    until = limit.valid_until.isoformat() if limit.valid_until else "…"
    return {"first": limit.valid_from.isoformat(), "last": until}


def check_rules(rules: Rules) -> None:
    """Raise Invalid naming everything besides the limits that cannot stand."""
    faults = [*_tier_faults(rules), *_term_faults(rules.terms), *_sum_faults(rules.sums), *_title_faults(rules.titles)]
    faults += [*_day_faults(rules), *_severity_faults(rules)]
    if not 0 <= rules.audit_share <= 100:
        faults.append(FieldError("audit_share", "out_of_range", {"min": "0", "max": "100"}))
    if faults:
        raise Invalid(*faults)


def _tier_faults(rules: Rules) -> Iterator[FieldError]:
    yield from _too_many("tiers", rules.tiers, TIERS_LIMIT)
    yield from _twice("tiers", "key", [tier.key for tier in rules.tiers])
    taken: dict[str, str] = {}
    for row, tier in enumerate(rules.tiers):
        if not KEY.fullmatch(tier.key):
            yield FieldError(f"tiers.{row}.key", "bad_key")
        yield from _text_faults(f"tiers.{row}.title", tier)
        yield from _place_faults(f"tiers.{row}.places", tier, taken)
    used = {limit.tier for limit in rules.limits if limit.tier} - {tier.key for tier in rules.tiers}
    yield from (FieldError("tiers", "place_tier_in_use", {"tier": key}) for key in sorted(used))


def _text_faults(path: str, tier: Tier) -> Iterator[FieldError]:
    for language in LANGUAGES:
        text = tier.title.get(language, "").strip()
        if not text:
            yield FieldError(f"{path}.{language}", "required")
        elif len(text) > TITLE_LIMIT:
            yield FieldError(f"{path}.{language}", "too_long", {"max_length": str(TITLE_LIMIT)})


def _place_faults(path: str, tier: Tier, taken: dict[str, str]) -> Iterator[FieldError]:
    """Faults of the names of places; `taken` grows by them, so that none is in two tiers."""
    yield from _too_many(path, tier.places, PLACES_LIMIT)
    for place in tier.places:
        name = plain(place)
        if not name or len(name) > TITLE_LIMIT:
            yield FieldError(path, "bad_place", {"place": place[:TITLE_LIMIT]})
        elif taken.setdefault(name, tier.key) != tier.key:
            yield FieldError(path, "place_in_two_tiers", {"place": place})


def _term_faults(terms: Sequence[Terms]) -> Iterator[FieldError]:
    yield from _too_many("terms", terms, TERMS_LIMIT)
    yield from _twice("terms", "category", [each.category for each in terms])
    for row, each in enumerate(terms):
        if not KEY.fullmatch(each.category):
            yield FieldError(f"terms.{row}.category", "bad_key")
        yield from _amount_fault(f"terms.{row}.application_above", each.application_above)


def _sum_faults(sums: Sequence[Sums]) -> Iterator[FieldError]:
    yield from _too_many("sums", sums, SUMS_LIMIT)
    yield from _twice("sums", "currency", [each.currency for each in sums])
    for row, each in enumerate(sums):
        for name in ("no_invoice", "split", "auto"):
            yield from _amount_fault(f"sums.{row}.{name}", getattr(each, name))


def _amount_fault(path: str, amount: int | None) -> Iterator[FieldError]:
    if amount is not None and not 0 <= amount < AMOUNT_LIMIT:
        yield FieldError(path, "bad_amount")


def _title_faults(titles: Sequence[TaxTitle]) -> Iterator[FieldError]:
    yield from _too_many("titles", titles, TITLES_LIMIT)
    yield from _twice("titles", "tax_id", [each.tax_id for each in titles])
    for row, each in enumerate(titles):
        if not each.name.strip():
            yield FieldError(f"titles.{row}.name", "required")
        elif len(each.name) > NAME_LIMIT:
            yield FieldError(f"titles.{row}.name", "too_long", {"max_length": str(NAME_LIMIT)})
        if not TAX_ID.fullmatch(each.tax_id):
            yield FieldError(f"titles.{row}.tax_id", "bad_tax_id")


def _day_faults(rules: Rules) -> Iterator[FieldError]:
    for each in fields(rules.days):
        days = getattr(rules.days, each.name)
        least, most = (1, 366) if each.name == "last_year" else (0, DAYS_LIMIT)
        if days is not None and not least <= days <= most:
            yield FieldError(f"days.{each.name}", "out_of_range", {"min": str(least), "max": str(most)})


def _severity_faults(rules: Rules) -> Iterator[FieldError]:
    for rule, severity in rules.severities.items():
        if rule not in RULES or severity not in SEVERITIES:
            yield FieldError(f"severities.{rule}", "bad_choice")


def _too_many(path: str, rows: Sequence[object], most: int) -> Iterator[FieldError]:
    if len(rows) > most:
        yield FieldError(path, "too_many_rows", {"max_length": str(most)})


def _twice(path: str, name: str, keys: Iterable[str]) -> Iterator[FieldError]:
    seen: Counter[str] = Counter()
    for row, key in enumerate(keys):
        seen[key] += 1
        if key and seen[key] == 2:
            yield FieldError(f"{path}.{row}.{name}", "duplicate")
