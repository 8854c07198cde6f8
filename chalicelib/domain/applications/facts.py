"""What conditions of the process of applications may ask about, and the facts of one application."""

from chalicelib.domain.applications.model import Application
from chalicelib.domain.approvals.conditions import Facts, FactSpec, FactType, FactTypes
from chalicelib.domain.approvals.definition import BUDGET_DEPARTMENT

YES, NO = "yes", "no"

APPLICATION_FACTS: FactTypes = {
    "total": FactSpec(FactType.MONEY, required=True),
    "currency": FactSpec(FactType.TEXT),
    "over_budget": FactSpec(FactType.CHOICE, choices=(YES, NO), required=True),
    "rows": FactSpec(FactType.NUMBER, required=True),
    "site": FactSpec(FactType.TEXT, required=True),
    "department": FactSpec(FactType.DEPARTMENT, required=True),
    BUDGET_DEPARTMENT: FactSpec(FactType.DEPARTMENT, required=True),
}
"""By name. `total` is in minor units of `currency`."""


def facts_of(application: Application) -> Facts:
    """The facts of one application: the budget that pays is that of the applicant's department."""
    return {
        "total": application.total,
        "currency": application.currency,
        "over_budget": YES if application.over else NO,
        "rows": len(application.rows),
        "site": application.site,
        "department": application.department_path,
        BUDGET_DEPARTMENT: application.department_path,
    }
