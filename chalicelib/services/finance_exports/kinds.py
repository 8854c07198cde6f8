"""What finance's export has: one entry for each kind of record, in the order of the manifest.

A further kind is one entry in one of these tables, and one table in infra/resources.yaml (a test holds both against
each other).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.services.finance_exports.columns import Kind
from chalicelib.services.finance_exports.of_budgets import KINDS as BUDGETS
from chalicelib.services.finance_exports.of_claims import KINDS as CLAIMS
from chalicelib.services.finance_exports.of_payments import KINDS as PAYMENTS
from chalicelib.services.finance_exports.sources import Source

KINDS: tuple[Kind, ...] = (*BUDGETS, *CLAIMS, *PAYMENTS)

SOURCES: tuple[Source, ...] = tuple(dict.fromkeys(kind.source for kind in KINDS))
"""What is read, in this order."""


def columns() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The names and types of every kind's columns, as the manifest tells them."""
    return {kind.key: [{"name": each.name, "type": each.type} for each in kind.columns] for kind in KINDS}
