"""Which site and gate a guard means, and whether they may work there."""

from chalicelib.domain.errors import FieldError, Forbidden, Invalid, NotFound
from chalicelib.domain.sites import Gate, Site
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource


def resource(site: Site) -> Resource:
    """What the policies are asked about: the gates of a site."""
    return Resource("Gate", site.id, {"site": site.id})


def sites_of(call: Call) -> list[Site]:
    """The sites at whose gates the person may work, by id."""
    known = [site for site in sites.sites(call.store, call.now) if call.may("gate:view", resource(site))]
    return sorted(known, key=lambda site: site.id)


def post(call: Call, gate: str) -> tuple[list[Site], tuple[Site, Gate] | None]:
    """The sites to choose from, and where the guard stands: the gate asked for, or the only one there is.

    Raises Forbidden for somebody who works at no gate.
    """
    known = sites_of(call)
    if not known:
        raise Forbidden
    call.permit("gate:view", resource(known[0]))
    places = [(site, each) for site in known for each in site.gates]
    asked = [(site, each) for site, each in places if f"{site.id}/{each.id}" == gate]
    return known, (asked or places)[0] if asked or (len(places) == 1 and not gate) else None


def find_site(call: Call, site_id: str | None) -> Site:
    """The site asked for, else the person's own, else the first at which they may work.

    Raises Invalid for a site that is not there, Forbidden for somebody who works at no gate.
    """
    wanted = site_id or call.me.site
    if wanted:
        return _site(call, wanted, "site", "unknown_site")
    known = sites_of(call)
    if not known:
        raise Forbidden
    return known[0]


def find_gate(call: Call, gate: str, site_id: str | None = None) -> tuple[Site, Gate]:
    """The gate "SITE/GATE", or GATE of the site asked for, of the person's own, or of the only one with it.

    Raises Invalid for field `gate`.
    """
    site_part, _, gate_id = gate.rpartition("/")
    wanted = site_part or site_id or call.me.site
    candidates = [_site(call, wanted, "gate", "unknown_gate")] if wanted else sites.sites(call.store, call.now)
    found = [(site, known) for site in candidates if (known := site.gate(gate_id))]
    if len(found) != 1:
        raise Invalid(FieldError("gate", "gate_needs_site" if found else "unknown_gate"))
    return found[0]


def _site(call: Call, site_id: str, field: str, code: str) -> Site:
    try:
        return sites.site(call.store, site_id, call.now)
    except NotFound as error:
        raise Invalid(FieldError(field, code)) from error
