"""The end of a site's day: who is still inside though their visit is over is listed to reception, once a day.

Half a day after the visit's end the rule signs them out (services/closing.py), and says so.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chalicelib.domain.passes import Pass, local_day
from chalicelib.domain.sites import Site, localised
from chalicelib.services import directory, sites
from chalicelib.services.call import Call
from chalicelib.services.gate.issues import TOLD_AT_MOST
from chalicelib.services.gate.lists import inside_of
from chalicelib.services.notifications import notify

DAY_ENDS = 20
"""The hour on a site's clock from which on nobody is expected to be there any more."""
NAMED = 5


def end_days(call: Call) -> int:
    """Tell reception of every site whose day is over who is still inside; returns at how many somebody is."""
    return sum(_end_day(call, site) for site in sites.sites(call.store, call.now))


def _end_day(call: Call, site: Site) -> bool:
    if call.now.astimezone(ZoneInfo(site.time_zone)).hour < DAY_ENDS:
        return False
    late = [held for held in inside_of(call, site) if held.ends < call.now]
    if late:
        _tell(call, site, late)
    return bool(late)


def _tell(call: Call, site: Site, late: list[Pass]) -> None:
    names = ", ".join(held.name for held in late[:NAMED])
    facts = {"names": names, "count": str(len(late)), "site": localised(site.name, "zh-CN")}
    people = directory.holders(call.store, "reception", call.now)[:TOLD_AT_MOST]
    cause = f"{site.id}#{local_day(call.now, site.time_zone)}#still_in"
    notify(call, cause, people, "gate_still_in", facts, f"/gate/onsite?site={site.id}")
