"""What happened at the gates and waits for reception: the list, and settling what was looked at."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chalicelib.domain.errors import NotFound
from chalicelib.domain.gate_issues import Issue, IssueStatus, settle
from chalicelib.domain.sites import localised
from chalicelib.models.gate_issues import IssueItem, listed
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query, replace
from chalicelib.services import directory, sites
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.places import find_site, resource
from chalicelib.services.notifications import notify

PAGE = 50
SETTLE = "gate:settle"
TOLD_AT_MOST = 90
"""As many as one event takes; a company has fewer receptionists."""


def issues(call: Call, site_id: str | None, status: IssueStatus = "open", cursor: str | None = None) -> dict[str, Any]:
    """A page of a site's issues, the latest first."""
    site = find_site(call, site_id)
    call.permit(SETTLE, resource(site))
    query = Query(ReceptionTable, listed(site.id, status), 1, limit=PAGE, newest_first=True, cursor=cursor)
    page = call.store.query(query)
    rows = []
    for item in page.items:
        if isinstance(item, IssueItem):
            gate = site.gate(item.gate)
            rows.append(asdict(item.to(Issue)) | {"gate": localised(gate.name, call.locale) if gate else item.gate})
    place = {"site": site.id, "site_name": localised(site.name, call.locale), "time_zone": site.time_zone}
    return place | {"status": status, "items": rows, "next": page.cursor}


def settle_issue(call: Call, id: str, note: str) -> Answer:
    """Note what became of an issue. Raises NotFound, IllegalMove when it is settled already."""
    (item,) = call.store.get(IssueItem.at(id))
    if item is None:
        raise NotFound
    issue: Issue = item.to(Issue)
    call.permit(SETTLE, resource(sites.site(call.store, issue.site, call.now)))
    settled = settle(issue, call.actor, note, call.now)
    answer = {
        "id": id,
        "status": settled.status,
        "version": settled.version,
        "location": f"/gate/issues?site={issue.site}",
    }
    return call.commit(answer, replace(IssueItem.from_issue(settled)))


def tell_reception(call: Call, issue: Issue) -> None:
    """Tell reception of a new issue, once."""
    people = directory.holders(call.store, "reception", call.now)[:TOLD_AT_MOST]
    facts = {
        "name": issue.facts.get("name", ""),
        "badge": issue.facts.get("badge", ""),
        "site": issue.site,
        "gate": issue.gate,
    }
    notify(call, f"{issue.id}#gate_issue", people, f"gate_{issue.issue}", facts, f"/gate/issues?site={issue.site}")
