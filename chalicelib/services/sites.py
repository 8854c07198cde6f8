"""Sites as every part of reception reads them: cached for a short while, since they seldom change."""

from datetime import datetime, timedelta

from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import Site
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import Query, Store

CACHED_FOR = timedelta(seconds=30)
LIMIT = 100
_known: dict[str, tuple[datetime, Site]] = {}


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
    """All sites (at most LIMIT)."""
    page = store.query(Query(DirectoryTable, "sites", index=1, limit=LIMIT))
    return [_remember(item.to(Site), now) for item in page.items if isinstance(item, SiteItem)]


def _remember(site: Site, now: datetime) -> Site:
    _known[site.id] = (now, site)
    return site


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()
