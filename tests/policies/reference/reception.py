"""Visits, their ledger, what visitors ask of their data, and the gate."""

from __future__ import annotations

from collections.abc import Mapping

from tests.policies.reference.bodies import BADGE, UNDO, WALK_IN, WATCHED, visit
from tests.policies.reference.who import (
    Line,
    administrators,
    answers_visitors,
    anybody,
    at_a_gate,
    at_the_gate,
    nobody,
    owner,
    prepares,
    sees_all_visits,
    sees_ledger,
    sees_visit,
    settles,
)

RECEPTION: Mapping[str, Line] = {
    "GET /visits": Line(anybody, "/visits"),
    "GET /resources": Line(anybody, "/resources"),
    "GET /visits/new": Line(anybody, "/visits/new"),
    "POST /visits/import": Line(anybody, "/visits/import", {"name": "phone"}),
    "POST /visits": Line(anybody, "/visits", visit),
    "GET /visits/{id}": Line(sees_visit, "/visits/{visit}", knows=sees_visit),
    "GET /visits/{id}/copy": Line(sees_visit, "/visits/{visit}/copy", knows=sees_visit),
    "GET /visits/{id}/edit": Line(owner, "/visits/{visit}/edit", knows=sees_visit),
    "POST /visits/{id}": Line(owner, "/visits/{visit}", visit, sees_visit),
    "GET /visits/{id}/messages": Line(sees_visit, "/visits/{visit}/messages", knows=sees_visit),
    "GET /visits/{id}/visit.ics": Line(sees_visit, "/visits/{visit}/visit.ics", knows=sees_visit),
    "POST /visits/{id}/messages": Line(
        prepares, "/visits/{prepared}/messages", lambda names: {"message": names["invitation"]}, sees_visit
    ),
    "POST /visits/{id}/actions": Line(owner, "/visits/{visit}/actions", {"action": "withdraw"}, sees_visit),
    "POST /visits/estimate": Line(anybody, "/visits/estimate", {"site": "hq", "items": [{"type": "meal"}]}),
    "POST /visits/{id}/checklist": Line(
        prepares,
        "/visits/{prepared}/checklist",
        lambda names: {"task": names["preparation"], "action": "tick"},
        sees_visit,
    ),
    "POST /visits/{id}/documents/{ref}": Line(at_the_gate, "/visits/{visit}/documents/D1", {"action": "show"}),
    "GET /visits/{id}/archive": Line(sees_visit, "/visits/{archived}/archive", knows=nobody),
    "GET /ledger/customers": Line(sees_all_visits, "/ledger/customers"),
    "GET /ledger/ratings": Line(sees_all_visits, "/ledger/ratings"),
    "GET /ledger/visits": Line(sees_ledger, "/ledger/visits?department={department}"),
    "GET /privacy": Line(answers_visitors, "/privacy"),
    "POST /privacy": Line(answers_visitors, "/privacy", {"wish": "export", "contact": "13912345678"}),
    "GET /privacy/{id}": Line(answers_visitors, "/privacy/{privacy}"),
    "GET /privacy/{id}/data": Line(answers_visitors, "/privacy/{privacy}/data"),
    "GET /retention": Line(administrators, "/retention"),
    "POST /retention": Line(
        administrators, "/retention", {"documents": 1, "contacts": 2, "passages": 3, "messages": 4}
    ),
    "GET /gate": Line(at_a_gate, "/gate"),
    "GET /gate/expected": Line(at_the_gate, "/gate/expected?site=hq"),
    "GET /gate/onsite": Line(at_the_gate, "/gate/onsite?site=hq"),
    "GET /gate/evacuation": Line(at_the_gate, "/gate/evacuation?site=hq"),
    "POST /gate/scans": Line(at_the_gate, "/gate/scans", {"code": "12345678", "gate": "hq/north"}),
    "POST /gate/actions": Line(
        at_the_gate,
        "/gate/actions",
        lambda names: UNDO | {"visit": names["guest"]},
    ),
    "GET /gate/walkins": Line(at_a_gate, "/gate/walkins?gate=hq/north"),
    "POST /gate/walkins": Line(at_the_gate, "/gate/walkins", lambda names: WALK_IN | {"host": names["participant"]}),
    "GET /gate/walkins/{id}": Line(at_the_gate, "/gate/walkins/{walk_in}", knows=at_the_gate),
    "POST /gate/ticks": Line(at_the_gate, "/gate/ticks", {"site": "hq", "ticks": []}),
    "GET /gate/badges": Line(at_the_gate, "/gate/badges?site=hq"),
    "POST /gate/badges": Line(at_the_gate, "/gate/badges", lambda names: BADGE | {"visit": names["guest"]}),
    "GET /watchlist": Line(settles, "/watchlist"),
    "POST /watchlist": Line(settles, "/watchlist", WATCHED),
    "POST /watchlist/{id}/actions": Line(settles, "/watchlist/{watched}/actions", {"action": "end"}),
    "GET /gate/issues": Line(settles, "/gate/issues?site=hq"),
    "POST /gate/issues/{id}/actions": Line(settles, "/gate/issues/{issue}/actions", {"note": "Seen"}),
}
