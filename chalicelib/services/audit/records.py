"""What can have a history: kinds of records, where their entries are, and what their history is to the policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.exports import ExportsTable
from chalicelib.models.item import Item
from chalicelib.models.reception import ReceptionTable
from chalicelib.services.permissions import Resource


@dataclass(frozen=True)
class RecordKind:
    """Records of an area whose key is `PREFIX#ID`; `type` is their Cedar type.

    `page` is where they are shown, if so, `view` the action that this takes where it is not open to every auditor.
    """

    area: str
    prefix: str
    type: str = "Company"
    page: str = ""
    view: str = ""

    def key(self, id: str) -> str:
        """The record's key in its table."""
        return f"{self.prefix}#{id}"

    def resource(self, id: str) -> Resource:
        """The record as the policies know it."""
        return Resource(self.type, id, {"owner": id} if self.type == "Profile" else {})


RECORDS: Mapping[str, RecordKind] = {
    "visit": RecordKind("reception", "visit", "Visit", "/visits/{id}"),
    "watched": RecordKind("reception", "watched", page="/watchlist", view="watchlist:manage"),
    "badge": RecordKind("reception", "badge", page="/gate/badges"),
    "gate_issue": RecordKind("reception", "issue", page="/gate/issues"),
    "resource": RecordKind("reception", "resource"),
    "standards": RecordKind("reception", "standards", page="/standards", view="standard:manage"),
    "approval": RecordKind("approvals", "approval", "Approval"),
    "process": RecordKind("approvals", "process", page="/processes/{id}"),
    "request": RecordKind("approvals", "request", page="/requests/{id}"),
    "upload": RecordKind("approvals", "upload"),
    "reference": RecordKind("approvals", "reference", page="/references/{id}", view="process:manage"),
    "person": RecordKind("directory", "person", "Profile", "/people/{id}", "profile:view"),
    "department": RecordKind("directory", "department", page="/departments/{id}"),
    "site": RecordKind("directory", "site", page="/sites/{id}"),
    "calendar": RecordKind("directory", "calendar", page="/calendar"),
    "privacy": RecordKind("reception", "privacy", page="/privacy/{id}", view="privacy:manage"),
    "retention": RecordKind("directory", "retention", page="/retention", view="retention:manage"),
    "export": RecordKind("exports", "export"),
    "finance_export": RecordKind("exports", "finance", page="/finance-exports/{id}", view="books:view"),
    "application": RecordKind("spending", "application", page="/applications/{id}"),
    "claim": RecordKind("spending", "claim", page="/claims/{id}"),
    "spending_rules": RecordKind("spending", "spending_rules", page="/spending-rules", view="compliance:manage"),
    "budget": RecordKind("spending", "budget", page="/budgets/{id}"),
    "advance": RecordKind("spending", "advance", "Advance", "/advances/{id}"),
    "advance_terms": RecordKind("spending", "advance_terms", page="/advances/terms", view="advance:manage"),
    "payable": RecordKind("spending", "payable", page="/payments/{id}"),
    "payment_batch": RecordKind("spending", "payment_batch", page="/payment-batches/{id}"),
    "payments": RecordKind("spending", "payments", page="/payments/settings"),
    "payee": RecordKind("spending", "payee"),
    "budget_change": RecordKind("spending", "budget_change", page="/budget-changes/{id}"),
    "budget_groups": RecordKind("spending", "budget_groups", page="/budgets/groups", view="budget:manage"),
    "rates": RecordKind("spending", "rates", page="/rates", view="rate:manage"),
    "expenses": RecordKind("spending", "expenses", page="/expense-categories", view="expense:manage"),
    "received": RecordKind("spending", "received", page="/received/{id}", view="received:view"),
    "hook": RecordKind("directory", "hook", page="/webhooks/{id}", view="webhook:manage"),
}
"""By the word that addresses use. A kind that is missing here has no history page, and a test says so."""

_BY_KEY = {(kind.area, kind.prefix): name for name, kind in RECORDS.items()}
_AUDITED = (ReceptionTable, ApprovalsTable, DirectoryTable, ExportsTable, SpendingTable)
_TABLES: Mapping[str, type[Item]] = {table.area: table for table in _AUDITED}


def kind_of(area: str, record: str) -> tuple[str, str]:
    """The word for a record's kind and the record's id, both "" for a kind that is not among RECORDS."""
    prefix, _, id = record.partition("#")
    word = _BY_KEY.get((area, prefix), "")
    return (word, id) if word else ("", "")


def table_of(area: str) -> type[Item]:
    """The class of any item of an audited area."""
    return _TABLES[area]
