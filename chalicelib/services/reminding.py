"""What people are told of a visit before it: visitors the day before, host, team and keepers the hour before, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import batched
from typing import cast

from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import days_of
from chalicelib.domain.reminders import Reminder, When, due
from chalicelib.domain.visits import Occurrence, Visit
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Check, Query
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.notifications import intend, intention, not_intended, notify

BATCH = 90
NAMES_LENGTH = 200
TEMPLATES: Mapping[When, str] = {"day": "visit_tomorrow", "hour": "visit_soon"}


def remind(call: Call, visit: Visit, public_url: str) -> None:
    """Remind everybody once of what is due now; a visit that is not approved any more reminds nobody."""
    if visit.status != "approved":
        return
    for each in due(visit, call.now):
        if each.when == "day":
            _remind_visitors(call, visit, each, public_url)
        _tell(call, visit, TEMPLATES[each.when], each.of, f"{each.when}{each.number}")


def _remind_visitors(call: Call, visit: Visit, reminder: Reminder, public_url: str) -> None:
    site = sites.site(call.store, visit.site, call.now)
    items = every(call.store, Query(ReceptionTable, f"visit#{visit.id}", prefix="visitor#", limit=1000))
    guests = [cast(Guest, item.to(Guest)) for item in items if item.status == "invited"]
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    part = str(reminder.number)
    intents = [intention(call, "reminder", visit, site, guest, public_url, reminder.of, part) for guest in guests]
    for batch in batched(intents, BATCH, strict=False):
        new = not_intended(call, batch)
        if new:
            call.commit({}, still, *(intend(intent) for intent in new))


def tell_settled(call: Call, visit: Visit) -> None:
    """Tell host, team and keepers that an approved visit is prepared or, in a later round, that it was changed."""
    template = "visit_changed" if visit.amended_at else "visit_prepared"
    _tell(call, visit, template, Occurrence(visit.starts, visit.ends), template)


def _tell(call: Call, visit: Visit, template: str, of: Occurrence, cause: str) -> None:
    """Give host and team the notice `template`, and keepers one of their own, once for each round and cause."""
    facts = {"party": visit.party, "number": visit.number, **_times(visit, of)}
    path = f"/visits/{visit.id}"
    notify(call, f"{visit.id}#{cause}#{visit.round}", sorted(visit.people), template, facts, path)
    for keeper, names in _kept(visit, of).items():
        told = facts | {"resources": names}
        notify(call, f"{visit.id}#{cause}#kept#{keeper}#{visit.round}", [keeper], "resource_needed", told, path)


def _times(visit: Visit, of: Occurrence) -> dict[str, str]:
    return {"starts": of.starts.isoformat(), "ends": of.ends.isoformat(), "time_zone": visit.time_zone}


def _kept(visit: Visit, of: Occurrence) -> dict[str, str]:
    """What each keeper or driver has to have ready on the days of the occurrence."""
    days = days_of((of,), visit.time_zone)
    wanted = [each for each in visit.bookings if each.keeper and _on(each, visit) & days.keys()]
    keepers = dict.fromkeys(each.keeper for each in wanted)
    return {keeper: _names(each for each in wanted if each.keeper == keeper) for keeper in keepers}


def _on(booking: Booking, visit: Visit) -> set[object]:
    return {*days_of((Occurrence(booking.starts, booking.ends),), visit.time_zone)}


def _names(bookings: Iterable[Booking]) -> str:
    return ", ".join(dict.fromkeys(each.name for each in bookings))[:NAMES_LENGTH]
