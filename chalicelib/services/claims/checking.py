"""What the rules of spending find at a claim (合规检测), while it is drafted and when it is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from chalicelib.domain.applications import Application
from chalicelib.domain.budgets import Line as BudgetLine
from chalicelib.domain.claims import Claim, Line, payable_of
from chalicelib.domain.compliance import BudgetRoom, Context, Finding, Item, LinkedApplication, LinkedVisit, Rules
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.expenses import Categories
from chalicelib.domain.received import Received
from chalicelib.domain.visits import Visit
from chalicelib.models.budgets import LineItem
from chalicelib.services import compliance
from chalicelib.services.call import Call
from chalicelib.services.claims import comparing, sources
from chalicelib.services.claims.form import today
from chalicelib.services.claims.invoices import of_lines
from chalicelib.services.claims.sources import PreApplication


def findings_of(call: Call, claim: Claim, categories: Categories, rules: Rules | None = None) -> tuple[Finding, ...]:
    """All that is found at the claim as it is; `taken` says already what it takes of budgets."""
    invoices, linked = of_lines(call, claim.lines), sources.read(call.store, claim.links)
    items = [_item(line, claim, categories, invoices.get(line.invoice)) for line in claim.lines]
    return compliance.check(call, items, _context(call, claim, linked), rules)


def checked(call: Call, claim: Claim, categories: Categories) -> Claim:
    """The claim with its findings, whether it approves itself and whether the lot fell on it.

    Raises Invalid for what blocks it, and for what lacks a reason. The lot is drawn among those that could approve
    themselves; one that pays nothing out never does: nobody would look at it any more.
    """
    rules = compliance.now_in_force(call)
    found = findings_of(call, claim, categories, rules)
    if faults := _faults(claim, found):
        raise Invalid(*faults)
    standing = compliance.standing(call, claim.id, found, claim.total, claim.currency, rules)
    return replace(claim, findings=found, audited=standing.audited, auto=standing.auto and payable_of(claim) > 0)


def _faults(claim: Claim, found: Sequence[Finding]) -> list[FieldError]:
    reasons = {line.key: line.reason for line in claim.lines} | {"": claim.budget_reason}
    paths = {line.key: f"lines.{row}" for row, line in enumerate(claim.lines)}
    return [_named(fault) for fault in compliance.faults(found, reasons, paths)]


def _named(fault: FieldError) -> FieldError:
    """What is found at the claim as a whole has its reason in a field of that name."""
    return replace(fault, path={"reason": "budget_reason", "": "lines"}.get(fault.path, fault.path))


def _item(line: Line, claim: Claim, categories: Categories, invoice: Received | None) -> Item:
    category = categories.get(line.category)
    foreign = line.currency != claim.currency
    return Item(
        key=line.key,
        category=line.category,
        day=line.day,
        amount=line.converted,
        currency=claim.currency,
        paid=line.amount if foreign else None,
        paid_currency=line.currency if foreign else "",
        place=line.place,
        heads=line.heads,
        nights=line.nights,
        route=line.place,
        vendor=line.vendor or (invoice.seller if invoice else ""),
        description=line.description,
        alcohol=bool(category and category.alcohol),
        has_invoice=bool(line.invoice),
        invoice=line.invoice,
        invoice_day=invoice.day if invoice else None,
        invoice_total=invoice.total if invoice else None,
        buyer_tax_id=invoice.buyer_tax_id if invoice else "",
        buyer_name=invoice.buyer if invoice else "",
    )


def _context(call: Call, claim: Claim, linked: Mapping[str, PreApplication]) -> Context:
    visits = [each.record for each in linked.values() if isinstance(each.record, Visit)]
    applications = [each.record for each in linked.values() if isinstance(each.record, Application)]
    return Context(
        today=today(call),
        grade=call.me.grade or "",
        visits=tuple(_visit(call, each) for each in visits),
        applications=tuple(_application(each) for each in applications),
        recent=comparing.recent(call, claim.id),
        budgets=tuple(_rooms(call, claim)),
    )


def _visit(call: Call, visit: Visit) -> LinkedVisit:
    zone = ZoneInfo(visit.time_zone)
    first, last = visit.starts.astimezone(zone).date(), visit.ends.astimezone(zone).date()
    alcohol = any(item.type == "alcohol" for item in visit.items)
    came = comparing.came(call, visit.id) if visit.starts <= call.now else None
    return LinkedVisit(visit.number, first, last, came, hosts=len(visit.people | {visit.applicant}), alcohol=alcohol)


def _application(application: Application) -> LinkedApplication:
    return LinkedApplication(application.number, frozenset(row.category for row in application.rows if row.category))


def _rooms(call: Call, claim: Claim) -> list[BudgetRoom]:
    """What the claim freezes anew of each budget, and what that has available."""
    asked: dict[str, int] = {}
    for each in claim.taken:
        if not each.source:
            asked[each.line] = asked.get(each.line, 0) + each.amount
    items = call.store.get(*(LineItem.at(id) for id in asked)) if asked else []
    lines: list[BudgetLine] = [item.to(BudgetLine) for item in items if item is not None]
    controlled = [line for line in lines if line.control != "none"]
    return [BudgetRoom(line.id, line.currency, asked[line.id], line.available) for line in controlled]
