"""Ticking people off at an evacuation: words of several guards come together, the later one on each visitor counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from chalicelib.domain.gate import check_time
from chalicelib.domain.muster import Tick, counts
from chalicelib.models.muster import TickItem, ticks_of
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.places import find_site, resource

PAGE = 1000


@dataclass(frozen=True)
class Word:
    """What a guard's device says of a visitor; `at` is when they ticked."""

    visit: str
    no: int
    safe: bool
    at: datetime


def tick(call: Call, site_id: str, words: Sequence[Word]) -> Answer:
    """Keep those of the words (at most 90) that are later than what is known. Raises Invalid for times out of range."""
    site = find_site(call, site_id)
    call.permit("gate:scan", resource(site))
    for word in words:
        check_time(word.at.astimezone(UTC), call.now)
    latest = {(word.visit, word.no): word for word in sorted(words, key=lambda word: word.at)}
    first, held = call.first_answer_with(*(TickItem.at(site.id, *key) for key in latest))
    if first:
        return first  # its words are known by now, so that none would count
    kept = []
    for word, item in zip(latest.values(), held, strict=True):
        new = Tick(site.id, word.visit, word.no, word.safe, word.at.astimezone(UTC), call.actor)
        if counts(new, item.to_tick() if item else None):
            kept.append(save(TickItem.from_tick(replace(new, version=item.version + 1 if item else 1))))
    answer = {"site": site.id, "kept": len(kept)}
    return call.commit(answer, *kept) if kept else answer


def ticks(call: Call, site_id: str) -> dict[tuple[str, int], Tick]:
    """The last word on each visitor of a site of whom there is one."""
    page = call.store.query(Query(ReceptionTable, ticks_of(site_id), limit=PAGE))
    return {(item.visit, item.no): item.to_tick() for item in page.items if isinstance(item, TickItem)}
