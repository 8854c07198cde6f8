"""What visitors said of visits, for those who see every visit."""

from __future__ import annotations

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Page, Query
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource


def ratings(call: Call, site_id: str, cursor: str | None, limit: int) -> Page:
    """What visitors said at a site, the newest first; raises Invalid for a site that is none."""
    call.permit("ledger:view", Resource("Visit", "ratings", {"site": site_id}))
    if all(site.id != site_id for site in sites.sites(call.store, call.now)):
        raise Invalid(FieldError("site", "unknown_site"))
    return call.store.query(
        Query(ReceptionTable, f"ratings#{site_id}", index=1, newest_first=True, cursor=cursor, limit=limit)
    )
