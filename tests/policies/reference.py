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


def sees_received(who: Who) -> bool:
    return who.is_("owner") or who.holds("finance", "auditor")


def sees_budgets(who: Who) -> bool:
    return who.heads or who.holds("finance", "auditor", "administrator")


def sees_the_books(who: Who) -> bool:
    return who.holds("finance", "auditor", "administrator")


def sees_application(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_advance(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_drafted_application(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_draft_advance(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("finance", "auditor", "administrator")


def asks_for_budgets(who: Who) -> bool:
    return who.heads or who.holds("finance", "administrator")


def sees_budget_change(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_budget_draft(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("finance", "auditor", "administrator")


def asks_again(who: Who) -> bool:
    """Whoever asked changes it as long as they may ask for the line."""
    return who.is_("owner") and asks_for_budgets(who)


def pays(who: Who) -> bool:
    return who.holds("finance")


def pays_others(who: Who) -> bool:
    """The payments of the world go to the participant, who therefore neither releases nor marks them."""
    return who.holds("finance") and not who.is_("participant")


def sees_payments(who: Who) -> bool:
    return who.holds("finance", "auditor", "administrator")


def keeps_account(who: Who) -> bool:
    """Nobody keeps the account of their own advance."""
    return keeps_money_matters(who) and not who.is_("owner")


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


TAXI = {"key": "taxi", "title": {"en": "Taxi", "zh": "出租车"}, "budget": "travel"}


def _budget_change(names: Names) -> Mapping[str, Any]:
    return {"what": "more", "line": names["budget"], "amount": "1", "reason": "Fair"}


def _person(names: Names) -> Mapping[str, Any]:
    facts = {"login": "new.one", "name": "新人", "email": "new.one@atrium.example", "phone": "+8613812345678"}
    return facts | {"department": names["department"]}


def _leave(names: Names) -> Mapping[str, Any]:
    return {"substitute": names["participant"], "from": names["now"], "until": names["tomorrow"]}


def _visit(names: Names) -> Mapping[str, Any]:
    times = {"starts": names["now"], "ends": names["tomorrow"]}
    return {"site": "hq", "purpose": "Talks", "visitors": [{"name": "王芳", "phone": "13912345678"}]} | times


def _claim(names: Names) -> Mapping[str, Any]:
    dinner = {
        "category": "meal",
        "day": names["now"][:10],
        "amount": "900",
        "heads": 4,
        "place": "A",
        "reason": "Guests",
    }
    return {"purpose": "Dinner", "currency": "CNY", "lines": [dinner]}


def _application(names: Names) -> Mapping[str, Any]:
    dinner = {"type": "meals", "day": names["tomorrow"][:10], "heads": 4, "price": "100"}
    return {"purpose": "Dinner", "rows": [dinner]}


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
LIMIT = {"category": "venue", "basis": "day", "valid_from": "2030-01-01"}
PLACES = ("first", "second")
YEAR = {"year": "2032", "total": "100"}
RECEIVED = {"type": "receipt", "number": "17", "seller": "Hotel", "day": "2026-03-01", "currency": "CNY", "total": "9"}
ADVANCE = {"purpose": "Talks", "amount": "100"}


def _advance(names: Names) -> Mapping[str, Any]:
    return ADVANCE | {"due": names["tomorrow"][:10]}


UNDO = {"action": "undo", "gate": "hq/north", "no": 1, "day": "2026-03-02", "reason": "Wrong person"}
CALENDAR = {"country": "CN", "time_zone": "Asia/Shanghai", "week": {"mon": {"opens": "09:00", "closes": "18:00"}}}
UPLOAD = {"name": "proof.pdf", "content_type": "application/pdf", "size": 20, "purpose": "request"}
HOOK = {"name": "Robot", "kind": "wecom", "url": "https://robots.example/send?key=1", "events": ["visit_cancelled"]}

VISIT_FILE = Line(sees_visit, "/files/{agenda}", knows=sees_visit)
"""GET /files/{id} once more, for a file of a visit; in ROUTES it is one of a request."""

RECEIVED_FILE = Line(sees_received, "/files/{receipt}", knows=sees_received)
"""And for a file of a received invoice."""

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
    "GET /received": Line(anybody, "/received"),
    "GET /received/new": Line(anybody, "/received/new"),
    "POST /received/read": Line(anybody, "/received/read", {"qr": "01,32,,24312000000012345678"}),
    "POST /received": Line(anybody, "/received", RECEIVED),
    "GET /received/{id}": Line(sees_received, "/received/{received}", knows=sees_received),
    "POST /received/{id}/actions": Line(owner, "/received/{received}/actions", {"action": "discard"}, sees_received),
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
    "GET /reports": Line(sees_budgets, "/reports"),
    "GET /reports/expenses": Line(sees_budgets, "/reports/expenses"),
    "GET /reports/month.pdf": Line(sees_budgets, "/reports/month.pdf?month=2026-03"),
    "GET /finance-exports": Line(sees_the_books, "/finance-exports"),
    "POST /finance-exports": Line(keeps_money_matters, "/finance-exports", {}),
    "GET /finance-exports/{id}": Line(sees_the_books, "/finance-exports/{finance_export}"),
    "GET /finance-exports/{id}/{kind}": Line(sees_the_books, "/finance-exports/{finance_export}/budget_lines"),
    "GET /claims": Line(anybody, "/claims"),
    "GET /claims/new": Line(anybody, "/claims/new"),
    "POST /claims/estimate": Line(anybody, "/claims/estimate", {"lines": [{"category": "meal"}]}),
    "POST /claims": Line(anybody, "/claims", _claim),
    "GET /claims/{id}": Line(sees_application, "/claims/{claim}", knows=sees_application),
    "GET /claims/{id}/edit": Line(owner, "/claims/{claim_draft}/edit", knows=sees_drafted_application),
    "POST /claims/{id}": Line(owner, "/claims/{claim_draft}", _claim, sees_drafted_application),
    "POST /claims/{id}/actions": Line(owner, "/claims/{claim}/actions", {"action": "withdraw"}, sees_application),
    "POST /claims/{id}/corrections": Line(
        decides,
        "/claims/{claim}/corrections",
        {"lines": [{"key": "1", "sanctioned": "1", "refusal": "No"}]},
        sees_application,
    ),
    "GET /applications": Line(anybody, "/applications"),
    "GET /applications/new": Line(anybody, "/applications/new"),
    "POST /applications/estimate": Line(anybody, "/applications/estimate", {"rows": [{"type": "meals"}]}),
    "POST /applications": Line(anybody, "/applications", _application),
    "GET /applications/{id}": Line(sees_application, "/applications/{application}", knows=sees_application),
    "GET /applications/{id}/copy": Line(sees_application, "/applications/{application}/copy", knows=sees_application),
    "GET /applications/{id}/edit": Line(owner, "/applications/{drafted}/edit", knows=sees_drafted_application),
    "POST /applications/{id}": Line(owner, "/applications/{drafted}", _application, sees_drafted_application),
    "POST /applications/{id}/actions": Line(
        owner, "/applications/{application}/actions", {"action": "withdraw"}, sees_application
    ),
    "GET /advances": Line(anybody, "/advances"),
    "GET /advances/new": Line(anybody, "/advances/new"),
    "POST /advances": Line(anybody, "/advances", _advance),
    "GET /advances/ageing": Line(sees_budgets, "/advances/ageing"),
    "GET /advances/terms": Line(keeps_money_matters, "/advances/terms"),
    "POST /advances/terms": Line(keeps_money_matters, "/advances/terms", {"days": 20}),
    "GET /advances/{id}": Line(sees_advance, "/advances/{advance}", knows=sees_advance),
    "GET /advances/{id}/edit": Line(owner, "/advances/{advance_draft}/edit", knows=sees_draft_advance),
    "POST /advances/{id}": Line(owner, "/advances/{advance_draft}", _advance, sees_draft_advance),
    "POST /advances/{id}/actions": Line(owner, "/advances/{advance}/actions", {"action": "withdraw"}, sees_advance),
    "POST /advances/{id}/account": Line(
        keeps_account, "/advances/{advance_paid}/account", {"action": "return", "amount": "1"}, sees_advance
    ),
    # Payments
    "GET /payments": Line(sees_payments, "/payments"),
    "GET /payments/mine": Line(anybody, "/payments/mine"),
    "GET /payments/settings": Line(sees_payments, "/payments/settings"),
    "POST /payments/settings": Line(administrators, "/payments/settings", {"four_eyes": True}),
    "GET /payments/{id}": Line(sees_payments, "/payments/{payable}"),
    "POST /payments/{id}/actions": Line(
        pays_others, "/payments/{payable}/actions", {"action": "paid", "reference": "Cash"}
    ),
    "GET /payment-batches": Line(sees_payments, "/payment-batches"),
    "POST /payment-batches": Line(pays, "/payment-batches", lambda names: {"payables": [names["payable"]]}),
    "GET /payment-batches/{id}": Line(sees_payments, "/payment-batches/{batch}"),
    "POST /payment-batches/{id}/actions": Line(pays_others, "/payment-batches/{batch}/actions", {"action": "release"}),
    "GET /payment-batches/{id}/file": Line(pays, "/payment-batches/{released}/file"),
    "POST /payment-batches/{id}/answers": Line(pays, "/payment-batches/{released}/answers"),
    "GET /me/accounts": Line(anybody, "/me/accounts"),
    "POST /me/accounts": Line(
        anybody, "/me/accounts", {"form": "iban", "holder": "A", "number": "DE89370400440532013000"}
    ),
    "GET /budgets/groups": Line(keeps_money_matters, "/budgets/groups"),
    "POST /budgets/groups": Line(keeps_money_matters, "/budgets/groups", {"groups": []}),
    "GET /budgets/import": Line(keeps_money_matters, "/budgets/import"),
    "POST /budgets/import": Line(keeps_money_matters, "/budgets/import", {"department": "amount"}),
    "GET /budget-changes": Line(anybody, "/budget-changes"),
    "GET /budget-changes/new": Line(asks_for_budgets, "/budget-changes/new"),
    "POST /budget-changes": Line(asks_for_budgets, "/budget-changes", _budget_change),
    "GET /budget-changes/{id}": Line(sees_budget_change, "/budget-changes/{budget_change}", knows=sees_budget_change),
    "GET /budget-changes/{id}/edit": Line(asks_again, "/budget-changes/{budget_draft}/edit", knows=sees_budget_draft),
    "POST /budget-changes/{id}": Line(asks_again, "/budget-changes/{budget_draft}", _budget_change, sees_budget_draft),
    "POST /budget-changes/{id}/actions": Line(
        owner, "/budget-changes/{budget_change}/actions", {"action": "withdraw"}, sees_budget_change
    ),
    "GET /rates": Line(keeps_money_matters, "/rates"),
    "POST /rates": Line(
        keeps_money_matters, "/rates", {"day": "2026-03-02", "currency": "USD", "base": "CNY", "value": "7"}
    ),
    "POST /rates/import": Line(keeps_money_matters, "/rates/import", {"Date": "USD"}),
    "GET /expense-categories": Line(keeps_money_matters, "/expense-categories"),
    "GET /expense-categories/new": Line(keeps_money_matters, "/expense-categories/new"),
    "POST /expense-categories": Line(keeps_money_matters, "/expense-categories", TAXI),
    "GET /expense-categories/{id}": Line(keeps_money_matters, "/expense-categories/gift"),
    "POST /expense-categories/{id}": Line(keeps_money_matters, "/expense-categories/gift", TAXI),
    "GET /standards": Line(keeps_money_matters, "/standards"),
    "GET /standards/new": Line(keeps_money_matters, "/standards/new"),
    "POST /standards": Line(keeps_money_matters, "/standards", {"type": "gift", "valid_from": "2026-01-01"}),
    "GET /standards/levels": Line(keeps_money_matters, "/standards/levels"),
    "POST /standards/levels": Line(keeps_money_matters, "/standards/levels", {"levels": []}),
    "GET /standards/{id}": Line(keeps_money_matters, "/standards/{standard}"),
    "POST /standards/{id}": Line(
        keeps_money_matters, "/standards/{standard}", {"type": "meal", "valid_from": "2030-01-01", "note": "Rule 7"}
    ),
    "GET /spending-rules": Line(keeps_money_matters, "/spending-rules"),
    "GET /spending-rules/mine": Line(anybody, "/spending-rules/mine"),
    "GET /spending-rules/new": Line(keeps_money_matters, "/spending-rules/new"),
    "POST /spending-rules": Line(keeps_money_matters, "/spending-rules", LIMIT),
    "GET /spending-rules/settings": Line(keeps_money_matters, "/spending-rules/settings"),
    "POST /spending-rules/settings": Line(
        keeps_money_matters, "/spending-rules/settings", {"tiers": [{"key": key, "title": BOTH} for key in PLACES]}
    ),
    "GET /spending-rules/{id}": Line(keeps_money_matters, "/spending-rules/{limit}"),
    "POST /spending-rules/{id}": Line(
        keeps_money_matters, "/spending-rules/{limit}", LIMIT | {"category": "gift", "note": "Rule 7"}
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
