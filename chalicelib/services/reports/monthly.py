"""The month's report to the heads of departments (月报): a notice that leads to its PDF, once it is complete."""

from __future__ import annotations

from datetime import date, timedelta

from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.notifications import notify

TEMPLATE = "report_ready"


def tell_heads(call: Call, today: date) -> int:
    """On the first of a month, tell every head of the month before, once; returns how many departments there were."""
    if today.day != 1:
        return 0
    month = f"{today - timedelta(days=1):%Y-%m}"
    headed = [each for each in directory.departments(call.store, call.now) if each.head]
    for each in headed:
        facts = {"department": each.name, "month": month}
        place = f"/reports/month.pdf?department={each.id}&month={month}"
        notify(call, f"report#{month}#{each.id}", [str(each.head)], TEMPLATE, facts, place)
    return len(headed)
