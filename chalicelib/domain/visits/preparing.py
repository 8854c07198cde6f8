"""What an approved visit needs prepared: its items, its bookings, and what the team helps with."""

from collections.abc import Iterator

from chalicelib.domain.checklist import Wanted
from chalicelib.domain.reception_items import ReceptionItem, begins
from chalicelib.domain.visits.model import Visit

COUNTED = ("guests", "hosts", "bottles", "nights", "rooms")


def wanted_for(visit: Visit) -> Iterator[Wanted]:
    """The tasks of the visit's checklist. What nobody else looks after is the applicant's, a booking the host's."""
    for item in visit.items:
        needed = begins(item, visit.starts, visit.time_zone)
        counts = {name: getattr(item, name) for name in COUNTED if getattr(item, name)}
        yield Wanted("item", item.type, details(item), item.owner or visit.applicant, needed, counts)
    for each in visit.bookings:
        yield Wanted("booking", each.kind, each.name, each.keeper or visit.host, each.starts)
    for helper in visit.team:
        yield Wanted("team", "team", helper.task, helper.person, visit.starts)


def details(item: ReceptionItem) -> str:
    """What was typed about an item, in one line."""
    legs = [f"{leg.origin} – {leg.goal}" for leg in item.legs]
    return " · ".join(text for text in (item.what, item.venue, *legs, item.note) if text)
