"""Reading every record of some kinds without a Scan: heads that an index lists, and what belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from chalicelib.domain.finance_exports import Place
from chalicelib.models.item import Item
from chalicelib.models.store import Query, Store, encode_cursor, key_names

ITEMS = 3000
"""Records that a step reads at least, if there are so many, and at most a page more."""
PAGE = 1000
HEADS = 50


@dataclass(frozen=True)
class Source:
    """Heads that stand in `partitions` of an index of a table: those of the run's day, each always at the same place;
    `whole`: with all that shares a head's own partition."""

    table: type[Item]
    index: int
    partitions: Callable[[date], Sequence[str]]
    whole: bool = True


class Read(NamedTuple):
    """Records in the order in which they stand, and where to go on; None once everything is read."""

    items: list[Item]
    place: Place | None


def read(store: Store, sources: Sequence[Source], place: Place, day: date) -> Read:
    """Some more records of the source at `place`: each once, whatever is added meanwhile."""
    items: list[Item] = []
    for found, behind in _onward(store, sources[place.source], place, day):
        items += found
        if len(items) >= ITEMS:
            return Read(items, behind)
    following = place.source + 1
    return Read(items, Place(following) if following < len(sources) else None)


def _onward(store: Store, source: Source, place: Place, day: date) -> Iterator[tuple[list[Item], Place]]:
    """What each query brings, and the place behind it."""
    if place.head:
        yield from _partition(store, source, place)
        place = replace(place, head="", inside="")
    for shard, pk in enumerate(source.partitions(day)):
        if shard < place.shard:
            continue
        after = place.after if shard == place.shard else ""
        yield from _heads(store, source, Place(place.source, shard, after), pk)


def _heads(store: Store, source: Source, place: Place, pk: str) -> Iterator[tuple[list[Item], Place]]:
    limit = HEADS if source.whole else PAGE
    while True:
        page = store.query(Query(source.table, pk, source.index, limit=limit, cursor=place.after or None))
        if source.whole:
            for head in page.items:
                behind = replace(place, after=_cursor(head, source.index))
                yield from _partition(store, source, replace(behind, head=head.pk))
        else:
            yield page.items, replace(place, after=page.cursor) if page.cursor else _next_shard(place)
        if page.cursor is None:
            return
        place = replace(place, after=page.cursor)


def _partition(store: Store, source: Source, place: Place) -> Iterator[tuple[list[Item], Place]]:
    """All that belongs to a head."""
    while True:
        page = store.query(Query(source.table, place.head, limit=PAGE, cursor=place.inside or None))
        if page.cursor is None:
            yield page.items, replace(place, head="", inside="")
            return
        place = replace(place, inside=page.cursor)
        yield page.items, place


def _next_shard(place: Place) -> Place:
    return Place(place.source, place.shard + 1)


def _cursor(head: Item, index: int) -> str:
    """Where a query of the index goes on behind the head."""
    return encode_cursor({name: getattr(head, name) for name in ("pk", "sk", *key_names(index))})
