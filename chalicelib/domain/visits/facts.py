"""What conditions of the process of visits may ask about, and the facts of one visit."""

from zoneinfo import ZoneInfo

from chalicelib.domain.approvals.conditions import Facts, FactSpec, FactType, FactTypes
from chalicelib.domain.visits.model import Visit

YES, NO = "yes", "no"

VISIT_FACTS: FactTypes = {
    "estimate": FactSpec(FactType.MONEY, required=True),
    "currency": FactSpec(FactType.TEXT),
    "excess": FactSpec(FactType.CHOICE, choices=(YES, NO), required=True),
    "over_budget": FactSpec(FactType.CHOICE, choices=(YES, NO), required=True),
    "visitors": FactSpec(FactType.NUMBER, required=True),
    "days": FactSpec(FactType.NUMBER, required=True),
    "level": FactSpec(FactType.TEXT),
    "site": FactSpec(FactType.TEXT, required=True),
    "host": FactSpec(FactType.PERSON, required=True),
    "department": FactSpec(FactType.DEPARTMENT, required=True),
}
"""By name. `estimate` is in minor units of `currency`; `days` counts the days at the site on which they come."""


def facts_of(visit: Visit) -> Facts:
    """The facts of one visit."""
    return {
        "estimate": visit.estimate.total,
        "currency": visit.estimate.currency,
        "excess": YES if visit.estimate.excesses else NO,
        "over_budget": YES if visit.budget and visit.budget.over else NO,
        "visitors": visit.visitors,
        "days": days_of(visit),
        "level": visit.level,
        "site": visit.site,
        "host": visit.host,
        "department": visit.department_path,
    }


def days_of(visit: Visit) -> int:
    """On how many days at the site they come, all occurrences together."""
    zone = ZoneInfo(visit.time_zone)
    spans = [(each.starts.astimezone(zone).date(), each.ends.astimezone(zone).date()) for each in visit.occurrences]
    return sum((last - first).days + 1 for first, last in spans)
