"""Departments and budgets in finance's export."""

from __future__ import annotations

from functools import partial

from chalicelib.domain import budgets
from chalicelib.domain.budgets import FIGURES, Freeze, Line, Movement
from chalicelib.domain.directory import Department
from chalicelib.models.budgets import FreezeItem, LineItem, MovementItem, SpendingTable, shards
from chalicelib.models.directory import DepartmentItem, DirectoryTable
from chalicelib.services.finance_exports.columns import Column, Kind, amount, flag, money, number, text, time
from chalicelib.services.finance_exports.sources import Source
from chalicelib.web.i18n import N_

DEPARTMENTS = Source(DirectoryTable, 3, lambda day: ["departments"], whole=False)
BUDGETS = Source(SpendingTable, 2, lambda day: shards())


def _currency(of_line: Movement | Freeze) -> str:
    return budgets.currency_of(of_line.line)


def _effect(figure: str, movement: Movement) -> int:
    return budgets.changes(movement).get(figure, 0)


_OF_LINE = money(_currency)
_DOCUMENT: tuple[Column, ...] = (
    text("document_kind"),
    text("document"),
    text("document_number", lambda record: record.number),
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "departments",
        N_("Departments"),
        DEPARTMENTS,
        DepartmentItem,
        Department,
        (
            *(text("id"), text("name"), text("parent"), text("cost_centre"), text("head")),
            text("path", lambda department: "/".join(department.path)),
        ),
    ),
    Kind(
        "budget_lines",
        N_("Budget lines"),
        BUDGETS,
        LineItem,
        Line,
        (
            *(text("id"), text("department"), text("category"), *money()),
            *(text("period"), text("control"), flag("carries"), flag("borrows"), text("status")),
            *(amount(figure) for figure in FIGURES),
        ),
    ),
    Kind(
        "budget_movements",
        N_("Movements of budgets"),
        BUDGETS,
        MovementItem,
        Movement,
        (
            *(text("id"), text("line"), *_OF_LINE),
            text("movement", lambda movement: movement.what),
            number("amount"),
            *(amount(figure, partial(_effect, figure)) for figure in FIGURES),
            *(time("at_time"), text("made_by", lambda movement: movement.by), text("reason"), *_DOCUMENT),
            text("other_line", lambda movement: movement.other),
        ),
    ),
    Kind(
        "budget_freezes",
        N_("What documents hold of budgets"),
        BUDGETS,
        FreezeItem,
        Freeze,
        (
            *(text("line"), *_OF_LINE, *_DOCUMENT, text("status")),
            *(amount("amount"), amount("converted"), amount("released"), amount("held")),
        ),
    ),
)
