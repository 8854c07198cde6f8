"""Reading figures of spending at the cost of their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.spend import Dimension, Measure
from chalicelib.models.spend import SpendCellItem, partition
from chalicelib.models.statistics import StatisticsTable
from chalicelib.models.store import Page, Query, Store

MOST = 4000
"""Cells that are read of one scope and dimension, the latest months first: about what one query takes."""

type Sums = Mapping[tuple[str, str, str], Counter[Measure]]
"""By month, currency and key."""


@dataclass(frozen=True)
class Read:
    """Sums of some scopes together; `whole` is False where there was more than is read at once."""

    sums: Sums
    whole: bool = True


def read(store: Store, asked: Sequence[tuple[Dimension, Sequence[str]]], first: str, last: str) -> list[Read]:
    """The figures of each dimension over its scopes together, from the first month to the last: one step of reading."""
    queries = [_query(dimension, scope, first, last) for dimension, scopes in asked for scope in scopes]
    pages = iter(store.pages(*queries)) if queries else iter(())
    return [_read([next(pages) for _ in scopes]) for _, scopes in asked]


def _query(dimension: Dimension, scope: str, first: str, last: str) -> Query:
    pk = partition(dimension, scope)
    return Query(StatisticsTable, pk, start=first, end=f"{last}~", limit=MOST, newest_first=True)


def _read(pages: Sequence[Page]) -> Read:
    items = (item for page in pages for item in page.items if isinstance(item, SpendCellItem))
    return Read(_summed(items), all(page.cursor is None for page in pages))


def _summed(items: Iterable[SpendCellItem]) -> Sums:
    sums: dict[tuple[str, str, str], Counter[Measure]] = {}
    for item in items:
        sums.setdefault((item.month, item.currency, item.about), Counter()).update(item.figures())
    return {key: figures for key, figures in sums.items() if any(figures.values())}
