"""Budgets, advances, applications, claims, invoices, payments, the rules of spending, and reports."""

from __future__ import annotations

from collections.abc import Mapping

from tests.policies.reference.bodies import (
    BOTH,
    BUDGET,
    LIMIT,
    PLACES,
    RECEIVED,
    TAXI,
    YEAR,
    advance,
    application,
    budget_change,
    claim,
)
from tests.policies.reference.who import (
    Line,
    administrators,
    anybody,
    asks_again,
    asks_for_budgets,
    decides,
    keeps_account,
    keeps_money_matters,
    owner,
    pays,
    pays_others,
    sees_advance,
    sees_application,
    sees_budget_change,
    sees_budget_draft,
    sees_budgets,
    sees_draft_advance,
    sees_drafted_application,
    sees_payments,
    sees_received,
    sees_the_books,
)

SPENDING: Mapping[str, Line] = {
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
    "POST /claims": Line(anybody, "/claims", claim),
    "GET /claims/{id}": Line(sees_application, "/claims/{claim}", knows=sees_application),
    "GET /claims/{id}/edit": Line(owner, "/claims/{claim_draft}/edit", knows=sees_drafted_application),
    "POST /claims/{id}": Line(owner, "/claims/{claim_draft}", claim, sees_drafted_application),
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
    "POST /applications": Line(anybody, "/applications", application),
    "GET /applications/{id}": Line(sees_application, "/applications/{application}", knows=sees_application),
    "GET /applications/{id}/copy": Line(sees_application, "/applications/{application}/copy", knows=sees_application),
    "GET /applications/{id}/edit": Line(owner, "/applications/{drafted}/edit", knows=sees_drafted_application),
    "POST /applications/{id}": Line(owner, "/applications/{drafted}", application, sees_drafted_application),
    "POST /applications/{id}/actions": Line(
        owner, "/applications/{application}/actions", {"action": "withdraw"}, sees_application
    ),
    "GET /advances": Line(anybody, "/advances"),
    "GET /advances/new": Line(anybody, "/advances/new"),
    "POST /advances": Line(anybody, "/advances", advance),
    "GET /advances/ageing": Line(sees_budgets, "/advances/ageing"),
    "GET /advances/terms": Line(keeps_money_matters, "/advances/terms"),
    "POST /advances/terms": Line(keeps_money_matters, "/advances/terms", {"days": 20}),
    "GET /advances/{id}": Line(sees_advance, "/advances/{advance}", knows=sees_advance),
    "GET /advances/{id}/edit": Line(owner, "/advances/{advance_draft}/edit", knows=sees_draft_advance),
    "POST /advances/{id}": Line(owner, "/advances/{advance_draft}", advance, sees_draft_advance),
    "POST /advances/{id}/actions": Line(owner, "/advances/{advance}/actions", {"action": "withdraw"}, sees_advance),
    "POST /advances/{id}/account": Line(
        keeps_account, "/advances/{advance_paid}/account", {"action": "return", "amount": "1"}, sees_advance
    ),
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
    "POST /budget-changes": Line(asks_for_budgets, "/budget-changes", budget_change),
    "GET /budget-changes/{id}": Line(sees_budget_change, "/budget-changes/{budget_change}", knows=sees_budget_change),
    "GET /budget-changes/{id}/edit": Line(asks_again, "/budget-changes/{budget_draft}/edit", knows=sees_budget_draft),
    "POST /budget-changes/{id}": Line(asks_again, "/budget-changes/{budget_draft}", budget_change, sees_budget_draft),
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
}
