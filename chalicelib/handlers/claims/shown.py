"""What lists and pages show of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chalicelib.domain.budgets import Line as BudgetLine
from chalicelib.domain.claims import Claim, Line, cleared
from chalicelib.domain.received import Received
from chalicelib.domain.sites import localised
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.services import budgets, claims, compliance, directory, expenses
from chalicelib.services.applications.taking import budget_word
from chalicelib.services.call import Call
from chalicelib.web.money import amount

HIDDEN = ("department_path", "round", "lines", "links", "offsets", "taken", "findings")
"""What only the product itself needs, and what the page shows in another shape."""
PLACES = {"visit": "/visits/{}", "application": "/applications/{}"}


def list_data(claim: Claim) -> dict[str, Any]:
    """A claim as lists show it."""
    facts = {name: value for name, value in vars(claim).items() if name not in HIDDEN}
    sums = {"total": claim.total, "sanctioned": claim.sanctioned}
    return facts | sums | {"lines": len(claim.lines), "findings": len(claim.findings)}


def category_names(call: Call) -> dict[str, str]:
    """What expense categories are called, by key."""
    return {each.key: localised(each.title, call.locale) for each in expenses.known(call.store, call.now).items}


def department_names(call: Call) -> dict[str, str]:
    """What departments are called, by id."""
    return {each.id: each.name for each in directory.departments(call.store, call.now)}


def page_data(call: Call, view: claims.ClaimView) -> dict[str, Any]:
    """Everything that a claim's page shows; `budgets` are those from which it takes something."""
    claim, categories, departments = view.claim, category_names(call), department_names(call)
    found = [asdict(each) for each in compliance.texts(claim.findings, call.locale)]
    return {
        "claim": list_data(claim),
        "lines": [
            _line_data(line, claim.currency, view.invoices, categories, departments, found) for line in claim.lines
        ],
        "findings": [each for each in found if not each["line"]],
        "links": [asdict(link) | {"place": PLACES[link.kind].format(link.document)} for link in claim.links],
        "offsets": _offsets_data(claim),
        "budgets": [_budget_data(call, line, amount) for line, amount in view.budgets],
        "payment": _payment_data(view),
        "corrects": view.corrects,
        "approval": approval_data(view.approval, call.locale) if view.approval else None,
        "moves": view.moves,
    }


def _line_data(
    line: Line,
    currency: str,
    invoices: Mapping[str, Received],
    categories: Mapping[str, str],
    departments: Mapping[str, str],
    found: list[dict[str, Any]],
) -> dict[str, Any]:
    invoice = invoices.get(line.invoice)
    return asdict(line) | {
        "granted": line.granted,
        "granted_text": amount(line.granted, currency),
        "refused": line.refused,
        "category_name": categories.get(line.category, line.category),
        "allocations": [asdict(each) | {"name": departments.get(each.department, "")} for each in line.allocations],
        "findings": [each for each in found if each["line"] == line.key],
        "invoice_number": invoice.number if invoice else "",
        "invoice_differs": list(invoice.differs) if invoice else [],
        "vendor": line.vendor or (invoice.seller if invoice else ""),
    }


def _offsets_data(claim: Claim) -> list[dict[str, Any]]:
    """What clears advances: what was stated, and what of it what is granted leaves."""
    granted = {each.advance: each.amount for each in cleared(claim.offsets, claim.sanctioned)}
    return [asdict(each) | {"cleared": granted.get(each.advance, 0)} for each in claim.offsets]


def _budget_data(call: Call, line: BudgetLine, amount: int) -> dict[str, Any]:
    return budgets.figures_of(line) | {
        "amount": amount,
        "category": line.category,
        "name": budget_name(call, line),
    }


def budget_name(call: Call, line: BudgetLine) -> str:
    """What people call the budget: a claim takes of several departments'."""
    return f"{department_names(call).get(line.department, line.department)} · {budget_word(call, line.category)}"


def _payment_data(view: claims.ClaimView) -> dict[str, Any] | None:
    """How the payment stands; None where nothing is to be paid."""
    payable = view.payable
    if payable is None:
        return None
    return {name: getattr(payable, name) for name in ("id", "status", "amount", "currency", "paid_at", "reason")}


def page_of_claim(call: Call, id: str) -> dict[str, Any]:
    """Everything that the page of the claim shows; raises NotFound for those who may not see it."""
    return page_data(call, claims.view(call, id))


def _document_page(call: Call, id: str) -> DocumentPage:
    view = claims.view(call, id)
    return DocumentPage(page_data(call, view), view.claim.version, view.approval)


DOCUMENT_PAGES["claim"] = _document_page
