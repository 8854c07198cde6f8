"""What a report is asked for: whose spending, of which months, and who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.directory import Department
from chalicelib.domain.errors import FieldError, Forbidden, Invalid
from chalicelib.domain.spend import COMPANY, department_scope
from chalicelib.domain.statistics import months_between
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

VIEW = "report:view"
MONTHS_LIMIT = 13
EVERYTHING = Resource("Budget", "all")


@dataclass(frozen=True)
class Filters:
    """A department with all below it, or "" for all that the person may see; months (YYYY-MM), both included."""

    department: str
    first: str
    last: str

    @property
    def months(self) -> list[str]:
        """The months in their order."""
        return months_between(self.first, self.last)


def filters(call: Call, department: str, first: str, last: str) -> Filters:
    """What was asked for, this year to date unless months are named; raises Invalid for a period that cannot be."""
    this = f"{call.now:%Y-%m}"
    wanted = Filters(department, first or f"{(last or this)[:4]}-01", last or max(this, first))
    if not wanted.months:
        raise Invalid(FieldError("to", "end_before_start"))
    if len(wanted.months) > MONTHS_LIMIT:
        raise Invalid(FieldError("to", "period_too_long", {"months": str(MONTHS_LIMIT)}))
    return wanted


def departments(call: Call) -> list[Department]:
    """The departments whose reports the person may see, by name."""
    known = directory.departments(call.store, call.now)
    if call.may(VIEW, EVERYTHING):
        return known
    return [each for each in known if call.heads & {*each.path}]


def below(call: Call, wanted: Filters) -> list[str]:
    """The departments that are meant, one and all below it; empty for the company as a whole. Raises Forbidden."""
    known = directory.departments(call.store, call.now)
    if wanted.department:
        path = next((each.path for each in known if each.id == wanted.department), (wanted.department,))
        call.permit(VIEW, Resource("Budget", wanted.department, {"departments": list(path)}))
        return _below(known, {wanted.department})
    if call.may(VIEW, EVERYTHING):
        call.permit(VIEW, EVERYTHING)
        return []
    if not call.heads:
        raise Forbidden
    call.permit(VIEW, Resource("Budget", "own", {"departments": sorted(call.heads)}))
    return _below(known, call.heads)


def _below(known: Sequence[Department], tops: set[str] | frozenset[str]) -> list[str]:
    return [each.id for each in known if tops & {*each.path}]


def scopes(departments: Sequence[str]) -> list[str]:
    """Whose cells these departments' are, the company's for none."""
    return [department_scope(each) for each in departments] or [COMPANY]
