"""What is spent: what a claim adds to the figures of the company and of the departments that pay it.

A line counts in the month of its day, from the claim's approval on: as `awaiting` until it is paid, then as `spent`. A
claim that is reversed adds nothing any more.
"""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chalicelib.domain.claims import Claim, Line, granted_parts
from chalicelib.domain.money import split
from chalicelib.domain.spend.cells import COMPANY, Added, Cell, Dimension, Figures, Measure, department_scope

COUNTED_AS: Mapping[str, Measure] = {"approved": "awaiting", "paid": "spent"}
OVER = frozenset({"over_head", "over_night", "over_day", "over_trip"})
"""Rules that name what a line is above its standard."""
_LONGEST = 60
"""Characters of a name in a key."""


class About(NamedTuple):
    """What the key of a line's cell says: whose line, when, what for, and of which claim."""

    day: str
    person: str
    category: str
    vendor: str
    project: str
    customer: str
    claim: str
    number: str
    line: str


def key_of(claim: Claim, line: Line) -> str:
    """The key of a line's cell: it sorts by the day."""
    names = (_name(line.vendor), _name(line.project), _name(line.customer))
    about = About(line.day.isoformat(), claim.applicant, line.category, *names, claim.id, claim.number, line.key)
    return json.dumps(about, ensure_ascii=False, separators=(",", ":"))


def about(key: str) -> About:
    """What a line's key says."""
    return About(*json.loads(key))


def _name(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def of_claim(claim: Claim | None) -> Added:
    """All that a claim adds; nothing before it is approved."""
    if claim is None or claim.status not in COUNTED_AS:
        return ()
    return tuple(added for line in claim.lines for added in _of_line(claim, line))


def _of_line(claim: Claim, line: Line) -> Iterator[tuple[Cell, Figures]]:
    measure, excess = COUNTED_AS[claim.status], _excess(claim, line)
    whole: Figures = {measure: line.granted, "refused": line.converted - line.granted, "excess": excess, "lines": 1}
    yield from _cells(claim, line, COMPANY, whole)
    for place, (share, granted) in enumerate(zip(line.allocations, granted_parts(line), strict=True)):
        refused = share.amount - granted.amount
        figures: Figures = {measure: granted.amount, "refused": refused, "excess": 0 if place else excess, "lines": 1}
        yield from _cells(claim, line, department_scope(share.department), figures)
        yield Cell("department", COMPANY, f"{line.day:%Y-%m}", claim.currency, share.department), figures


def _cells(claim: Claim, line: Line, scope: str, figures: Figures) -> Iterator[tuple[Cell, Figures]]:
    keys: dict[Dimension, str] = {"category": line.category, "person": claim.applicant, "line": key_of(claim, line)}
    keys |= {"project": _name(line.project), "customer": _name(line.customer)}
    for dimension, key in keys.items():
        if key:
            yield Cell(dimension, scope, f"{line.day:%Y-%m}", claim.currency, key), figures
    yield from _visits(claim, line, scope, figures)


def _visits(claim: Claim, line: Line, scope: str, figures: Figures) -> Iterator[tuple[Cell, Figures]]:
    """What each visit cost that the claim settles: equal parts of the line where there are several."""
    visits = [f"{link.document}|{link.number}" for link in claim.links if link.kind == "visit"]
    parts = {measure: split(amount, len(visits)) for measure, amount in figures.items() if visits}
    for place, key in enumerate(visits):
        cell = Cell("visit", scope, f"{line.day:%Y-%m}", claim.currency, key)
        yield cell, {measure: amounts[place] for measure, amounts in parts.items()}


def _excess(claim: Claim, line: Line) -> int:
    """What the line is above its standard, in the claim's currency: the most that a rule found."""
    found = [
        int(each.facts["asked"]) - int(each.facts["limit"])
        for each in claim.findings
        if each.line == line.key and each.rule in OVER and each.facts.get("currency") == claim.currency
    ]
    return max(found, default=0)
