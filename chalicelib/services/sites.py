"""Sites as every part of reception reads them (cached for a short while: they seldom change), and their set-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.sites import Facts, Gate, GateDirection, Resource, Site
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import Query, Store, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import person as read_person
from chalicelib.services.permissions import COMPANY

CACHED_FOR = timedelta(seconds=30)
LIMIT = 100
_known: dict[str, tuple[datetime, Site]] = {}
_listed: list[tuple[datetime, list[Site]]] = []
"""The last reading of all of them, if any."""


def site(store: Store, site_id: str, now: datetime) -> Site:
    """The site, at most CACHED_FOR old; raises NotFound."""
    read_at, known = _known.get(site_id, (None, None))
    if known and read_at and now - read_at < CACHED_FOR:
        return known
    (item,) = store.get(SiteItem.at(site_id))
    if item is None:
        raise NotFound
    return _remember(item.to(Site), now)


def sites(store: Store, now: datetime) -> list[Site]:
    """All sites (at most LIMIT), at most CACHED_FOR old."""
    if not _listed or now - _listed[0][0] >= CACHED_FOR:
        page = store.query(Query(DirectoryTable, "sites", index=1, limit=LIMIT))
        found = [_remember(item.to(Site), now) for item in page.items if isinstance(item, SiteItem)]
        _listed[:] = [(now, found)]
    return list(_listed[0][1])


def _remember(site: Site, now: datetime) -> Site:
    _known[site.id] = (now, site)
    return site


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()
    _listed.clear()


def all_sites(call: Call) -> list[Site]:
    """All sites as they are now, for everybody who works here."""
    call.permit("company:view", COMPANY)
    _listed.clear()
    return sites(call.store, call.now)


def one_site(call: Call, site_id: str) -> Site:
    """A site as it is now; raises NotFound."""
    call.permit("company:view", COMPANY)
    return _current(call, site_id)


def create(call: Call, facts: Facts) -> Answer:
    """A new site, without gates and resources yet."""
    call.permit("site:manage", COMPANY)
    return _commit(call, Site(id=call.new_id(), **vars(facts)))


def change(call: Call, site_id: str, facts: Facts) -> Answer:
    """State a site's facts anew; raises NotFound, Stale."""
    call.permit("site:manage", COMPANY)
    before = _current(call, site_id)
    return _commit(call, replace(before, **vars(facts), version=before.version + 1))


def add_gate(call: Call, site_id: str, name: Mapping[str, str], direction: GateDirection = "both") -> Answer:
    """One more gate; raises NotFound, Stale."""
    call.permit("site:manage", COMPANY)
    before = _current(call, site_id)
    gate = Gate(call.new_id(), name, direction)
    return _commit(call, replace(before, gates=(*before.gates, gate), version=before.version + 1), gate=gate.id)


def add_resource(call: Call, site_id: str, stated: Resource) -> Answer:
    """One more room, piece of equipment or vehicle, which gets its id here.

    Raises NotFound, Stale, Invalid for a keeper who is nobody.
    """
    call.permit("site:manage", COMPANY)
    before = _current(call, site_id)
    _check_keeper(call, stated.keeper)
    new = replace(stated, id=call.new_id())
    changed = replace(before, resources=(*before.resources, new), version=before.version + 1)
    return _commit(call, changed, resource=new.id)


def _check_keeper(call: Call, keeper: str) -> None:
    if keeper:
        try:
            person = read_person(call.store, keeper, call.now)
        except NotFound as error:
            raise Invalid(FieldError("keeper", "unknown_person")) from error
        if not person.active:
            raise Invalid(FieldError("keeper", "unknown_person"))


def _current(call: Call, site_id: str) -> Site:
    (item,) = call.store.get(SiteItem.at(site_id))
    if item is None:
        raise NotFound
    if call.expected_version not in (None, item.version):
        raise Stale
    return cast(Site, item.to(Site))


def _commit(call: Call, site: Site, **made: str) -> Answer:
    answer = {"id": site.id, "version": site.version, "location": f"/sites/{site.id}"} | made
    done = call.commit(answer, save(SiteItem.from_site(site)))
    forget()
    return done
