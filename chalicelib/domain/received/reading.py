"""What could be read from an invoice's own data, beside what its owner states."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.forms import Field
from chalicelib.domain.forms import Kind as FieldKind
from chalicelib.domain.received.invoice import FIELDS, LARGEST

FILE = Field("file", {}, FieldKind.FILE, max=1, types=("pdf", "image", "invoice"))
"""What is taken as an invoice: one file, a picture of it or the invoice itself."""
LINE = 120
"""Characters that are kept of a text."""

_DAY = re.compile(r"(20[0-9]{2})\D?([0-9]{1,2})\D?([0-9]{1,2})(?![0-9])")
_FIGURE = re.compile(r"[0-9]{1,16}(?:\.[0-9]{1,8})?")


def line_of(text: str) -> str:
    """One line of a text that a stranger wrote: nothing invisible, not too long."""
    shown = "".join(" " if char.isspace() else char for char in text if unicodedata.category(char) not in ("Cc", "Cf"))
    return " ".join(shown.split())[:LINE].strip()


def day_of(text: str) -> str:
    """The day with which a text begins (20260302, 2026-03-02T10:00, 2026年3月2日), in ISO form; "" for none."""
    found = _DAY.match(text.strip())
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def figure_of(text: str) -> str:
    """A sum as people write it, without what currencies and printers add (¥, thousands, zeros at the end); "" for none.

    A sum below zero is "-", which no field takes.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("¥", "").strip()
    if plain.startswith("-"):
        return "-"
    try:
        exact = Decimal(plain) if _FIGURE.fullmatch(plain) else None
    except InvalidOperation:
        return ""
    return format(exact.normalize(), "f") if exact is not None else ""


def merged(readings: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What was read in several places; of two that differ the first counts."""
    return {name: next((each[name] for each in readings if each.get(name)), "") for name in FIELDS}


def differences(stated: Mapping[str, str], readings: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The fields in which something else is stated than was read anywhere."""
    return tuple(
        name
        for name in FIELDS
        if any(each.get(name) and _same(name, each[name]) != _same(name, stated[name]) for each in readings)
    )


def _same(name: str, text: str) -> str:
    """What counts of a text: sums by their value, all else without blanks, width and case."""
    if name in ("total", "tax", "net"):
        return figure_of(text)
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def reckoned(total: int, tax: int | None, net: int | None) -> tuple[int, int]:
    """Tax and net sum of an invoice, of which one may say the other; raises Invalid where they do not add up."""
    if tax is None:
        tax = total - net if net is not None else 0
    if net is None:
        net = total - tax
    faults = []
    if not 0 < total < LARGEST:
        faults.append(FieldError("total", "bad_amount"))
    if tax < 0:
        faults.append(FieldError("net", "net_above_total"))
    elif net < 0:
        faults.append(FieldError("tax", "tax_above_total"))
    elif net + tax != total:
        faults.append(FieldError("total", "invoice_sum_differs"))
    if faults:
        raise Invalid(*faults)
    return tax, net
