"""What somebody has asked for and owes, as the commands on their advances read and write it."""

from __future__ import annotations

from chalicelib.domain.advances import Advance, Exposure, Standing, exposure_of
from chalicelib.models import advances as models
from chalicelib.models.advances import AdvanceItem, ExposureItem, StandingItem
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.store import Delete, Operation, Put, Query, Store, save
from chalicelib.services.call import Call

PAGE = 200
"""More than anybody has open at once."""


def query_of(person: str) -> Query:
    """The query for all that somebody has asked for and owes."""
    return Query(SpendingTable, models.standing_of(person), limit=PAGE)


def standing_of(store: Store, person: str) -> Standing:
    """The standing of a person; nothing for somebody who never asked for an advance. One query."""
    found = store.query(query_of(person)).items
    exposures = tuple(each.to(Exposure) for each in found if isinstance(each, ExposureItem))
    version = next((each.version for each in found if isinstance(each, StandingItem)), 0)
    return Standing(person, exposures, version)


def submitted(standing: Standing) -> Operation:
    """The operation that counts a submission, provided that nothing else was submitted since the standing was read."""
    return save(StandingItem.of_person(standing.person, standing.version + 1))


def counted(advance: Advance) -> list[Operation]:
    """The operation that writes what the advance counts for; its own condition guards it."""
    exposure = exposure_of(advance)
    if exposure is None:
        return [Delete(ExposureItem.at(advance.applicant, advance.id), {})]
    return [Put(ExposureItem.from_exposure(advance.applicant, exposure), {})]


def late_of(call: Call, standing: Standing) -> list[Advance]:
    """Advances of the person of which something is owed after their day; no read where none is old enough."""
    today = call.now.date()
    late = standing.late(today)
    found = call.store.get(*(AdvanceItem.at(each.advance) for each in late)) if late else []
    advances: list[Advance] = [item.to(Advance) for item in found if item]
    return [each for each in advances if each.overdue(today)]
