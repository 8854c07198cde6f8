"""Checking a claim's lines by the rules: what the caller leaves out is filled in from the calendar and the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from chalicelib.domain import compliance
from chalicelib.domain.compliance import Context, Finding, Item, RestDay, Rules, Standing
from chalicelib.domain.office_calendar import OfficeCalendar
from chalicelib.gateways.lots import lot_key
from chalicelib.models.compliance import SpendingRulesItem
from chalicelib.services import office_calendar
from chalicelib.services.call import Call
from chalicelib.services.compliance.reading import as_of, known


def today(call: Call) -> date:
    """The person's day."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).date()


def now_in_force(call: Call) -> Rules:
    """The rules of this moment, whose head a command has read ahead (`keys()`)."""
    (head,) = call.store.get(SpendingRulesItem.at())
    return as_of(call.store, head, call.now)


def check(call: Call, items: Sequence[Item], context: Context, rules: Rules | None = None) -> tuple[Finding, ...]:
    """What the rules find; without `rules` those that were in force at most half a minute ago.

    Which of the days are no workdays is looked up in the office calendar.
    """
    used = rules or known(call.store, call.now)
    return compliance.check(items, replace(context, rest=_rest_days(call, items, used)), used)


def standing(
    call: Call, claim: str, findings: Iterable[Finding], total: int, currency: str, rules: Rules | None = None
) -> Standing:
    """How the claim stands by its findings: whether it is clean, drawn for audit, approves itself."""
    used = rules or known(call.store, call.now)
    return compliance.standing(claim, findings, total, currency, used, lot_key)


def _rest_days(call: Call, items: Sequence[Item], rules: Rules) -> dict[date, RestDay]:
    """The days of the lines that are no workdays, as far as a rule asks."""
    if rules.severity("rest_day") == "off":
        return {}
    days = {item.day for item in items if rules.terms_of(item.category).rest_days}
    calendar = office_calendar.current(call.store, call.now) if days else None
    return {day: rest for day in days if calendar and (rest := _rest(calendar, day))}


def _rest(calendar: OfficeCalendar, day: date) -> RestDay:
    worked = office_calendar.is_workday(calendar, day)
    if worked is None:
        return "" if calendar.week.days[day.weekday()] else "weekend"
    return "" if worked else "holiday"
