"""Who may call which route, said a second time and in plain Python: what the policies allow has to be the same.

A new route needs a line in ROUTES. `may` and `knows` answer for a person of one role in one relation to the records of
the world (tests/policies/world.py): who may not is answered 403, or 404 where they may not even know of the record.
`path` and `body` ask for something that would go well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ROLES = ("employee", "approver", "reception", "gate", "finance", "auditor", "administrator")
RELATIONS = ("owner", "participant", "head", "head_above", "foreign")
"""The applicant of the documents; who has to decide them; who heads their department; who heads the one above; and
somebody of another department and another site."""

type Names = Mapping[str, str]


@dataclass(frozen=True)
class Who:
    """A person who is an employee and holds one more role, in a relation to the records."""

    role: str
    relation: str

    def holds(self, *roles: str) -> bool:
        """Whether their role is one of these."""
        return self.role in roles

    def is_(self, *relations: str) -> bool:
        """Whether their relation is one of these."""
        return self.relation in relations

    @property
    def heads(self) -> bool:
        """Whether they head the documents' department or one above."""
        return self.is_("head", "head_above")


type Rule = Callable[[Who], bool]


def anybody(who: Who) -> bool:
    return True


def nobody(who: Who) -> bool:
    return False


def administrators(who: Who) -> bool:
    return who.holds("administrator")


def answers_visitors(who: Who) -> bool:
    return who.holds("reception", "administrator")


def auditors(who: Who) -> bool:
    return who.holds("auditor", "administrator")


def own_or_administrators(who: Who) -> bool:
    return who.is_("owner") or who.holds("administrator")


def owner(who: Who) -> bool:
    return who.is_("owner")


def sees_visit(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("reception", "auditor", "administrator")


def prepares(who: Who) -> bool:
    """Approvers take part, but prepare nothing."""
    return who.is_("owner") or who.holds("reception", "administrator")


def keeps_money_matters(who: Who) -> bool:
    return who.holds("finance", "administrator")


def sees_budgets(who: Who) -> bool:
    return who.heads or who.holds("finance", "auditor", "administrator")


def sees_all_visits(who: Who) -> bool:
    return who.holds("reception", "auditor", "administrator")


def sees_ledger(who: Who) -> bool:
    return who.heads or who.holds("reception", "auditor", "administrator")


def sees_request(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("auditor", "administrator")


def sees_draft(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("auditor", "administrator")


def sees_approval(who: Who) -> bool:
    return who.is_("owner", "participant") or who.holds("auditor", "administrator")


def decides(who: Who) -> bool:
    return who.is_("participant")


def at_the_gate(who: Who) -> bool:
    return who.holds("reception") or (who.holds("gate") and not who.is_("foreign"))


def at_a_gate(who: Who) -> bool:
    return who.holds("reception", "gate")


def settles(who: Who) -> bool:
    return who.holds("reception", "administrator")


@dataclass(frozen=True)
class Line:
    """One route: who may, who knows that the record exists, and a request that would go well."""

    may: Rule
    path: str
    body: Mapping[str, Any] | Callable[[Names], Mapping[str, Any]] | None = None
    knows: Rule = anybody

    def refused(self, who: Who) -> int:
        """What somebody is answered who may not."""
        return 403 if self.knows(who) else 404


def _person(names: Names) -> Mapping[str, Any]:
    facts = {"login": "new.one", "name": "新人", "email": "new.one@atrium.example", "phone": "+8613812345678"}
    return facts | {"department": names["department"]}


def _leave(names: Names) -> Mapping[str, Any]:
    return {"substitute": names["participant"], "from": names["now"], "until": names["tomorrow"]}


def _visit(names: Names) -> Mapping[str, Any]:
    times = {"starts": names["now"], "ends": names["tomorrow"]}
    return {"site": "hq", "purpose": "Talks", "visitors": [{"name": "王芳", "phone": "13912345678"}]} | times


def _process(key: str) -> Mapping[str, Any]:
    steps = [{"key": "boss", "title": BOTH, "rules": [{"kind": "manager", "levels": 1}]}]
    fields = [{"key": "why", "title": BOTH, "kind": "text"}, {"key": "proof", "title": BOTH_FILES, "kind": "file"}]
    return {"prefix": "NOTE", "title": BOTH, "fields": fields, "steps": steps} | ({"key": key} if key else {})


BOTH = {"en": "Note", "zh": "便条"}
BOTH_FILES = {"en": "Proof", "zh": "凭证"}
DEPARTMENT = {"name": "研发", "cost_centre": "2000"}
SITE = {"name": {"en": "Works", "zh-CN": "工厂"}}
WALK_IN = {"gate": "hq/north", "name": "王芳", "phone": "13912345678", "purpose": "Delivery"}
BADGE = {"action": "issue", "gate": "hq/north", "number": "12", "no": 1, "day": "2026-03-02"}
WATCHED = {"list": "watch", "name": "Ana", "reason": "Shouted"}
BUDGET = {"period": "2031", "amount": "100"}
YEAR = {"year": "2032", "total": "100"}
UNDO = {"action": "undo", "gate": "hq/north", "no": 1, "day": "2026-03-02", "reason": "Wrong person"}
CALENDAR = {"country": "CN", "time_zone": "Asia/Shanghai", "week": {"mon": {"opens": "09:00", "closes": "18:00"}}}
UPLOAD = {"name": "proof.pdf", "content_type": "application/pdf", "size": 20, "purpose": "request"}
HOOK = {"name": "Robot", "kind": "wecom", "url": "https://robots.example/send?key=1", "events": ["visit_cancelled"]}

VISIT_FILE = Line(sees_visit, "/files/{agenda}", knows=sees_visit)
"""GET /files/{id} once more, for a file of a visit; in ROUTES it is one of a request."""

ROUTES: Mapping[str, Line] = {
    # One's own
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
    # The company
    "GET /people/away": Line(anybody, "/people/away"),
    "GET /people/search": Line(anybody, "/people/search?q=x"),
    "GET /departments": Line(anybody, "/departments"),
    "GET /departments/{id}": Line(anybody, "/departments/{department}"),
    "GET /sites": Line(anybody, "/sites"),
    "GET /sites/{id}": Line(anybody, "/sites/hq"),
    "GET /sites/{id}/gates": Line(anybody, "/sites/hq/gates"),
    "GET /sites/{id}/resources": Line(anybody, "/sites/hq/resources"),
    # People
    "GET /people/{id}": Line(own_or_administrators, "/people/{owner}", knows=own_or_administrators),
    "GET /people/{id}/leave": Line(own_or_administrators, "/people/{owner}/leave", knows=own_or_administrators),
    "POST /people/{id}/leave": Line(own_or_administrators, "/people/{owner}/leave", _leave, own_or_administrators),
    "POST /people/{id}/leave/actions": Line(
        own_or_administrators, "/people/{owner}/leave/actions", {"action": "end"}, own_or_administrators
    ),
    # Administrators
    "GET /people": Line(administrators, "/people"),
    "POST /people": Line(administrators, "/people", _person),
    "POST /people/{id}": Line(administrators, "/people/{owner}", _person),
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
    # Auditors
    "GET /audit": Line(auditors, "/audit"),
    "GET /history": Line(auditors, "/history?record=visit&id={visit}", knows=nobody),
    # Visits
    "GET /visits": Line(anybody, "/visits"),
    "GET /resources": Line(anybody, "/resources"),
    "GET /visits/new": Line(anybody, "/visits/new"),
    "POST /visits/import": Line(anybody, "/visits/import", {"name": "phone"}),
    "POST /visits": Line(anybody, "/visits", _visit),
    "GET /visits/{id}": Line(sees_visit, "/visits/{visit}", knows=sees_visit),
    "GET /visits/{id}/copy": Line(sees_visit, "/visits/{visit}/copy", knows=sees_visit),
    "GET /visits/{id}/edit": Line(owner, "/visits/{visit}/edit", knows=sees_visit),
    "POST /visits/{id}": Line(owner, "/visits/{visit}", _visit, sees_visit),
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
    "GET /budgets": Line(sees_budgets, "/budgets"),
    "GET /budgets/new": Line(keeps_money_matters, "/budgets/new"),
    "GET /budgets/years": Line(keeps_money_matters, "/budgets/years"),
    "POST /budgets": Line(keeps_money_matters, "/budgets", lambda names: BUDGET | {"department": names["department"]}),
    "POST /budgets/years": Line(
        keeps_money_matters, "/budgets/years", lambda names: YEAR | {"department": names["department"]}
    ),
    "GET /budgets/{id}": Line(sees_budgets, "/budgets/{budget}", knows=sees_budgets),
    "POST /budgets/{id}/actions": Line(
        keeps_money_matters, "/budgets/{budget}/actions", {"action": "adjust", "amount": "1", "reason": "More"}
    ),
    "GET /standards": Line(keeps_money_matters, "/standards"),
    "GET /standards/new": Line(keeps_money_matters, "/standards/new"),
    "POST /standards": Line(keeps_money_matters, "/standards", {"type": "gift", "valid_from": "2026-01-01"}),
    "GET /standards/levels": Line(keeps_money_matters, "/standards/levels"),
    "POST /standards/levels": Line(keeps_money_matters, "/standards/levels", {"levels": []}),
    "GET /standards/{id}": Line(keeps_money_matters, "/standards/{standard}"),
    "POST /standards/{id}": Line(
        keeps_money_matters, "/standards/{standard}", {"type": "meal", "valid_from": "2030-01-01", "note": "Rule 7"}
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
    # Lists as files
    "POST /exports": Line(anybody, "/exports", {"sheet": "visits", "format": "csv"}),
    "GET /exports": Line(anybody, "/exports"),
    "GET /exports/{id}": Line(owner, "/exports/{export}", knows=nobody),
    "GET /exports/{id}/file": Line(owner, "/exports/{export}/file", knows=nobody),
    # Approvals
    "GET /approvals/{id}": Line(sees_approval, "/approvals/visit-{visit}", knows=sees_approval),
    "POST /approvals/{id}/actions": Line(
        decides, "/approvals/visit-{visit}/actions", {"action": "approve"}, sees_approval
    ),
    # The gate
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
    # Processes and requests
    "GET /processes": Line(anybody, "/processes"),
    "GET /processes/new": Line(administrators, "/processes/new"),
    "GET /processes/{key}/edit": Line(administrators, "/processes/note/edit"),
    "GET /processes/{key}/trial": Line(administrators, "/processes/note/trial"),
    "GET /processes/{key}": Line(anybody, "/processes/note"),
    "POST /processes": Line(administrators, "/processes", _process("other")),
    "POST /processes/{key}": Line(administrators, "/processes/note", _process("")),
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
"""By method and path: the line of each route that asks for a person."""
