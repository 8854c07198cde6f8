"""What visitors said of visits at a site, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chalicelib.domain.invitations import Rating
from chalicelib.services import ratings, sites
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled
from chalicelib.web.i18n import N_


def _when(call: Call, each: Rating) -> Cell:
    return local(call, each.rated_at, sites.site(call.store, each.site, call.now).time_zone)


COLUMNS: Mapping[str, Callable[[Call, Rating], Cell]] = {
    N_("When"): _when,
    N_("Rating (1 to 5)"): lambda call, each: each.rating,
    N_("Words of the visitor"): lambda call, each: each.comment,
    N_("Visitor"): lambda call, each: each.name,
    N_("Company"): lambda call, each: each.company,
    N_("Host"): lambda call, each: each.host_name,
    N_("Visit"): lambda call, each: each.number,
}


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the site, which is the reader's own or else the first unless another is asked for."""
    known = (site.id for site in sites.sites(call.store, call.now))
    return {"site": call.me.site or min(known, default=""), **asked}


def found(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Rating], str | None]:
    """The page of ratings that the filters mean, and the cursor of the next."""
    page = ratings.ratings(call, settled(call, asked)["site"], cursor, limit)
    return [item.to(Rating) for item in page.items], page.cursor


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


SHEET = Sheet("ratings", N_("Ratings by visitors"), found, _columns, settled)
