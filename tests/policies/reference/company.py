"""The company itself: one's own, people, administration, approvals, processes and requests."""

from __future__ import annotations

from collections.abc import Mapping

from tests.policies.reference.bodies import BOTH, CALENDAR, DEPARTMENT, HOOK, SITE, UPLOAD, leave, person, process
from tests.policies.reference.who import (
    Line,
    administrators,
    anybody,
    auditors,
    decides,
    nobody,
    own_or_administrators,
    owner,
    sees_approval,
    sees_draft,
    sees_request,
)

COMPANY: Mapping[str, Line] = {
    "GET /": Line(anybody, "/"),
    "GET /approvals": Line(anybody, "/approvals"),
    "GET /approvals/count": Line(anybody, "/approvals/count"),
    "POST /approvals/actions": Line(anybody, "/approvals/actions", {"action": "approve", "ids": ["visit-X.1"]}),
    "GET /notices": Line(anybody, "/notices"),
    "POST /notices/actions": Line(anybody, "/notices/actions", {"action": "read"}),
    "GET /messages": Line(anybody, "/messages"),
    "GET /preferences": Line(anybody, "/preferences"),
    "POST /preferences": Line(anybody, "/preferences", {}),
    "GET /me": Line(anybody, "/me"),
    "POST /me": Line(anybody, "/me", {"locale": "en", "time_zone": "Asia/Tokyo"}),
    "POST /session/end": Line(anybody, "/session/end", {}),
    "GET /people/away": Line(anybody, "/people/away"),
    "GET /people/search": Line(anybody, "/people/search?q=x"),
    "GET /departments": Line(anybody, "/departments"),
    "GET /departments/{id}": Line(anybody, "/departments/{department}"),
    "GET /sites": Line(anybody, "/sites"),
    "GET /sites/{id}": Line(anybody, "/sites/hq"),
    "GET /sites/{id}/gates": Line(anybody, "/sites/hq/gates"),
    "GET /sites/{id}/resources": Line(anybody, "/sites/hq/resources"),
    "GET /people/{id}": Line(own_or_administrators, "/people/{owner}", knows=own_or_administrators),
    "GET /people/{id}/leave": Line(own_or_administrators, "/people/{owner}/leave", knows=own_or_administrators),
    "POST /people/{id}/leave": Line(own_or_administrators, "/people/{owner}/leave", leave, own_or_administrators),
    "POST /people/{id}/leave/actions": Line(
        own_or_administrators, "/people/{owner}/leave/actions", {"action": "end"}, own_or_administrators
    ),
    "GET /people": Line(administrators, "/people"),
    "POST /people": Line(administrators, "/people", person),
    "POST /people/{id}": Line(administrators, "/people/{owner}", person),
    "POST /people/{id}/actions": Line(administrators, "/people/{owner}/actions", {"action": "depart"}),
    "GET /people/{id}/password": Line(administrators, "/people/{owner}/password"),
    "POST /people/{id}/password": Line(administrators, "/people/{owner}/password", {"password": "Correct-Horse-9"}),
    "GET /people/{id}/owned": Line(administrators, "/people/{owner}/owned"),
    "POST /people/{id}/handover": Line(
        administrators, "/people/{owner}/handover", lambda names: {"to": names["participant"]}
    ),
    "GET /roles": Line(administrators, "/roles"),
    "GET /roles/{role}": Line(administrators, "/roles/gate"),
    "POST /roles/{role}": Line(
        administrators, "/roles/finance", lambda names: {"action": "give", "person": names["owner"]}
    ),
    "GET /calendar": Line(administrators, "/calendar"),
    "POST /calendar": Line(administrators, "/calendar", CALENDAR),
    "POST /departments": Line(administrators, "/departments", DEPARTMENT),
    "POST /departments/{id}": Line(administrators, "/departments/{department}", DEPARTMENT),
    "POST /sites": Line(administrators, "/sites", SITE),
    "POST /sites/{id}": Line(administrators, "/sites/hq", SITE),
    "POST /sites/{id}/gates": Line(administrators, "/sites/hq/gates", {"name": {"en": "West"}}),
    "POST /sites/{id}/resources": Line(
        administrators, "/sites/hq/resources", {"kind": "room", "name": {"en": "Attic"}, "seats": 4}
    ),
    "GET /messages/unsent": Line(administrators, "/messages/unsent"),
    "POST /messages/actions": Line(administrators, "/messages/actions", {"action": "redeliver", "ids": ["{message}"]}),
    "GET /webhooks": Line(administrators, "/webhooks"),
    "POST /webhooks": Line(administrators, "/webhooks", HOOK),
    "GET /webhooks/{id}": Line(administrators, "/webhooks/{hook}"),
    "POST /webhooks/{id}": Line(administrators, "/webhooks/{hook}", {"name": "Other", "events": ["visit_cancelled"]}),
    "POST /webhooks/{id}/actions": Line(administrators, "/webhooks/{hook}/actions", {"action": "switch_off"}),
    "GET /audit": Line(auditors, "/audit"),
    "GET /history": Line(auditors, "/history?record=visit&id={visit}", knows=nobody),
    "POST /exports": Line(anybody, "/exports", {"sheet": "visits", "format": "csv"}),
    "GET /exports": Line(anybody, "/exports"),
    "GET /exports/{id}": Line(owner, "/exports/{export}", knows=nobody),
    "GET /exports/{id}/file": Line(owner, "/exports/{export}/file", knows=nobody),
    "GET /approvals/{id}": Line(sees_approval, "/approvals/visit-{visit}", knows=sees_approval),
    "POST /approvals/{id}/actions": Line(
        decides, "/approvals/visit-{visit}/actions", {"action": "approve"}, sees_approval
    ),
    "GET /processes": Line(anybody, "/processes"),
    "GET /processes/new": Line(administrators, "/processes/new"),
    "GET /processes/{key}/edit": Line(administrators, "/processes/note/edit"),
    "GET /processes/{key}/trial": Line(administrators, "/processes/note/trial"),
    "GET /processes/{key}": Line(anybody, "/processes/note"),
    "POST /processes": Line(administrators, "/processes", process("other")),
    "POST /processes/{key}": Line(administrators, "/processes/note", process("")),
    "POST /processes/{key}/actions": Line(administrators, "/processes/note/actions", {"action": "retire"}),
    "GET /references": Line(administrators, "/references"),
    "POST /references": Line(administrators, "/references", {"key": "other", "title": BOTH}),
    "GET /references/new": Line(administrators, "/references/new"),
    "GET /references/{key}": Line(administrators, "/references/serials"),
    "POST /references/{key}": Line(administrators, "/references/serials", {"title": BOTH}),
    "POST /uploads": Line(anybody, "/uploads", UPLOAD),
    "GET /files/{id}": Line(sees_request, "/files/{file}", knows=sees_request),
    "GET /requests": Line(anybody, "/requests"),
    "GET /requests/new": Line(anybody, "/requests/new?process=note"),
    "POST /requests": Line(anybody, "/requests", {"process": "note", "values": {"why": "x"}}),
    "GET /requests/{id}": Line(sees_request, "/requests/{request}", knows=sees_request),
    "GET /requests/{id}/edit": Line(owner, "/requests/{draft}/edit", knows=sees_draft),
    "POST /requests/{id}": Line(owner, "/requests/{draft}", {"values": {"why": "y"}}, sees_draft),
    "POST /requests/{id}/actions": Line(sees_request, "/requests/{request}/actions", {"action": "copy"}, sees_request),
}
