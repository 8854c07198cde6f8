"""What is odd about the occasion: days off, alcohol, people who were not there, no application, the wrong time."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.domain.compliance.case import Case, Found, grouped, largest
from chalicelib.domain.compliance.shapes import Item, LinkedVisit


def rest_day(case: Case) -> Found:
    """Spending on a weekend or holiday on which no linked visit was, in a category where that matters."""
    for item in case.items:
        rest = case.context.rest.get(item.day)
        visited = any(visit.covers(item.day) for visit in case.context.visits)
        if rest and not visited and case.rules.terms_of(item.category).rest_days:
            yield item.key, {"day": item.day.isoformat(), "rest": rest}


def alcohol(case: Case) -> Found:
    """Alcohol, unless a linked visit was approved with it."""
    if not any(visit.alcohol for visit in case.context.visits):
        for item in case.items:
            if item.alcohol:
                yield item.key, {}


def more_heads(case: Case) -> Found:
    """More people than came through the gate and received them; nothing is said before the gate knows."""
    for item in case.items:
        visits = _around(case, item)
        came = [visit.came for visit in visits if visit.came is not None]
        if item.heads and visits and len(came) == len(visits):
            hosts = sum(visit.hosts for visit in visits)
            if item.heads > sum(came) + hosts:
                yield item.key, {"heads": str(item.heads), "came": str(sum(came)), "hosts": str(hosts)}


def _around(case: Case, item: Item) -> Sequence[LinkedVisit]:
    """The linked visits of the line's day; all of them where it is of no visit's day."""
    visits = case.context.visits
    return [visit for visit in visits if visit.covers(item.day)] or visits


def no_application(case: Case) -> Found:
    """A category that has to be applied for beforehand above a sum, without a visit or an application for it."""
    for (category, currency), items in grouped(case.items, lambda item: (item.category, item.currency)).items():
        terms = case.rules.terms_of(category)
        asked = sum(item.amount for item in items)
        if terms.application_above is None or terms.currency != currency or applied_for(case, category):
            continue
        if asked > terms.application_above:
            limit = str(terms.application_above)
            yield largest(items).key, {"asked": str(asked), "limit": limit, "currency": currency}


def applied_for(case: Case, category: str) -> bool:
    """Whether an approved visit or application covers the category."""
    applications = case.context.applications
    return bool(case.context.visits) or any(not each.categories or category in each.categories for each in applications)


def future(case: Case) -> Found:
    """Spending, or an invoice, of a day that is still to come."""
    for item in case.items:
        days = [day for day in (item.day, item.invoice_day) if day and day > case.context.today]
        if days:
            yield item.key, {"day": max(days).isoformat()}


def too_old(case: Case) -> Found:
    """Spending that is claimed too late."""
    days = case.rules.days.spending
    for item in case.items:
        if (case.context.today - item.day).days > days:
            until = item.day + timedelta(days=days)
            yield item.key, {"day": item.day.isoformat(), "until": until.isoformat(), "days": str(days)}
