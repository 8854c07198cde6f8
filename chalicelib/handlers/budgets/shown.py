"""What lists and pages show of budgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.budgets import CATEGORIES, Freeze, Line, Movement, is_month
from chalicelib.domain.sites import localised
from chalicelib.handlers.budgets.forms import BudgetsQuery
from chalicelib.handlers.visits.filling import names
from chalicelib.services import advances, budgets, directory
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY, Resource
from chalicelib.web import budget_words
from chalicelib.web.history.kinds import ACTORS
from chalicelib.web.i18n import translator

MANAGE = "budget:manage"
ASK = "budget_change:create"
PLACES = {
    "visit": "/visits/{}",
    "application": "/applications/{}",
    "claim": "/claims/{}",
    "budget_change": "/budget-changes/{}",
}
"""Where the documents are shown that hold something of a line."""


def this_month(call: Call) -> str:
    """The reader's month, YYYY-MM."""
    return f"{call.now.astimezone(ZoneInfo(call.me.time_zone)):%Y-%m}"


@dataclass(frozen=True)
class Names:
    """What departments and categories (groups of them, too) are called, by id and by key."""

    departments: Mapping[str, str]
    categories: Mapping[str, str]

    def of(self, department: str, category: str) -> dict[str, str]:
        """Both names; what is gone is called by its id."""
        return {
            "department_name": self.departments.get(department, department),
            "category_name": self.categories.get(category, category),
        }


def names_of(call: Call) -> Names:
    """The names in the reader's language."""
    say = translator(call.locale).gettext
    groups = budgets.groups(call.store, call.now).items
    categories = {key: say(word) for key, word in budget_words.CATEGORIES.items()}
    categories |= {each.category: localised(each.title, call.locale) for each in groups}
    return Names(department_names(call), categories)


def line_data(line: Line, names: Names) -> dict[str, Any]:
    """A line with the names of its department and its category."""
    return vars(line) | names.of(line.department, line.category)


def list_data(call: Call, query: BudgetsQuery) -> dict[str, Any]:
    """The lines that the query asks for, this month's unless it names a period, and what they add up to."""
    period = query.period or this_month(call)
    found = budgets.listing(call, period, query.department or "", query.category or "")
    names = names_of(call)
    known = names.departments
    owed = _owed(call)
    return {
        "items": [line_data(line, names) for line in found.lines],
        "period": period,
        "totals": found.totals,
        "departments": [
            {"id": id, "name": known.get(id, id), "currency": currency, "figures": figures}
            | {"outstanding": owed[id, currency]}
            for id, sums in found.departments.items()
            for currency, figures in sums.items()
        ],
        "choices": [{"id": each.id, "name": each.name} for each in budgets.departments(call)],
        "categories": names.categories,
        "manages": call.may(MANAGE, COMPANY),
        "asks": call.may(ASK, Resource("Budget", "own", {"departments": sorted(call.heads)})),
    }


def _owed(call: Call) -> Counter[tuple[str, str]]:
    """What is owed of advances (未还清) by department, with those below that the person may see, and currency."""
    seen = {each.id: each.path for each in budgets.departments(call)}
    owed: Counter[tuple[str, str]] = Counter()
    for (id, currency), amount in advances.outstanding_of(call.store, seen).items():
        for above in seen[id]:
            owed[above, currency] += amount
    return owed


def department_names(call: Call) -> dict[str, str]:
    """The names of all departments by id."""
    return {each.id: each.name for each in directory.departments(call.store, call.now)}


def blank_form(call: Call) -> dict[str, Any]:
    """What the forms of a new line and of a new year need."""
    call.permit(MANAGE, COMPANY)
    known = [{"id": id, "name": name} for id, name in department_names(call).items()]
    month = this_month(call)
    values = {"period": month, "year": month[:4], "currency": "CNY", "category": "reception", "control": "hard"}
    return {"departments": known, "categories": names_of(call).categories, "values": values}


def page_data(call: Call, id: str, cursor: str | None = None) -> dict[str, Any]:
    """A line with what documents hold of it and what moved on it; for its keepers, where it can give to."""
    found = budgets.account(call, id, cursor)
    known, manages = names_of(call), call.may(MANAGE, COMPANY)
    people = names(call, {each.by for each in found.movements})
    return {
        "line": line_data(found.line, known),
        "month": is_month(found.line.period),
        "freezes": [_freeze_data(each) for each in found.freezes],
        "movements": [_movement_data(call, each, people) for each in found.movements],
        "next": found.next,
        "manages": manages,
        "asks": call.may(ASK, Resource("Budget", found.line.department, {"departments": found.path})),
        "values": {"control": found.line.control} | _flags(found.line),
        "others": _others(call, found.line, known) if manages and found.line.status == "open" else [],
    }


def _flags(line: Line) -> dict[str, str]:
    """What a line may do with the months beside it, as the fields of the form."""
    return {name: str(getattr(line, name)).lower() for name in ("carries", "borrows")}


def _others(call: Call, line: Line, known: Names) -> list[dict[str, Any]]:
    """The lines to which this one can give: of the same currency, around the same time."""
    listed: Iterable[Line] = budgets.listing(call, line.period).lines
    fitting = [each for each in listed if each.currency == line.currency and each.status == "open"]
    return [line_data(each, known) for each in fitting if each.id != line.id]


def _freeze_data(freeze: Freeze) -> dict[str, Any]:
    return vars(freeze) | {"held": freeze.held, "place": _place(freeze.document_kind, freeze.document)}


def _movement_data(call: Call, movement: Movement, people: dict[str, str]) -> dict[str, Any]:
    """A movement with the name of who made it, or the word for the rule that did."""
    rule = ACTORS.get(movement.by, "")
    name = people.get(movement.by) or (translator(call.locale).gettext(rule) if rule else "")
    return vars(movement) | {"by_name": name, "place": _place(movement.document_kind, movement.document)}


def _place(kind: str, id: str) -> str:
    return PLACES[kind].format(id) if kind in PLACES else ""


def groups_form(call: Call) -> dict[str, Any]:
    """The form of the groups of categories."""
    kept = budgets.kept_groups(call)
    values: dict[str, str] = {}
    for row, each in enumerate(kept.items):
        values |= {f"groups.{row}.key": each.key} | {
            f"groups.{row}.title.{name}": each.title[name] for name in each.title
        }
        values |= {f"groups.{row}.categories.{category}": "true" for category in each.categories}
    groups = [vars(each) | {"name": localised(each.title, call.locale)} for each in kept.items]
    return {"groups": groups, "version": kept.version, "categories": CATEGORIES, "values": values}
