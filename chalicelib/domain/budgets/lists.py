"""Budgets in files (预算导入): which column says what, and where a file is wrong. A row is a line, by its key."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.budgets.line import CONTROLS, Line, check_line, line_id
from chalicelib.domain.errors import Invalid
from chalicelib.domain.imports import Problem

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "department": ("部门", "department"),
    "category": ("类别", "预算类别", "category"),
    "period": ("期间", "月份", "年度", "period", "month", "year"),
    "amount": ("预算", "预算金额", "金额", "amount", "budget"),
    "currency": ("币种", "货币", "currency"),
    "control": ("控制", "控制方式", "control"),
    "carries": ("结转", "余额结转", "carried over", "carries"),
    "borrows": ("预借", "可向下月借用", "may borrow", "borrows"),
}
"""What the column of each field may be called, in small letters."""

NEEDED = ("department", "category", "period", "amount")
_CONTROL_WORDS = {"刚性": "hard", "柔性": "soft", "不控制": "none"} | {each: each for each in CONTROLS}
_YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "true", "y", "1", "是"), True),
    **dict.fromkeys(("no", "false", "n", "0", "否"), False),
}
LINES_LIMIT = 2000
_MONTH = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})(月|[-/.]0?1( 00:00:00)?)?")
"""A month as people and spreadsheets write it: 2026-03, 2026/3, 2026年3月, or its first day."""


@dataclass(frozen=True)
class Names:
    """What a file may say, in small letters: ids of departments by id and name (several of one name), categories and
    groups by key and name; `minor` reads a sum of a currency (None for what is none), `currency` knows currencies."""

    departments: Mapping[str, Sequence[str]]
    categories: Mapping[str, str]
    minor: Callable[[str, str], int | None]
    currency: Callable[[str], bool]


@dataclass(frozen=True)
class Row:
    """A row of the file: the line that it states, without figures, its amount, and the terms that it names."""

    row: int
    line: Line
    amount: int
    terms: Mapping[str, str | bool]


@dataclass(frozen=True)
class BudgetList:
    """The rows of a file, the headings by field, headings of nothing we know, and what is wrong."""

    rows: Sequence[Row]
    count: int
    headings: Mapping[str, str]
    ignored: Sequence[str]
    problems: Sequence[Problem]


class _Wrong(Exception):
    """A cell that cannot be used: its field and the code."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code


def listed(cells: Iterable[Sequence[str]], names: Names) -> BudgetList:
    """The lines in the rows of a file, the first of which has the headings; empty rows are left out."""
    numbered = iter(enumerate(cells, 1))
    _, first = next(numbered, (0, ()))
    fields = {number: field for number, text in enumerate(first) if (field := _field(text))}
    headings = {field: first[number].strip() for number, field in fields.items()}
    ignored = [text.strip() for number, text in enumerate(first) if text.strip() and number not in fields]
    problems = [Problem(1, HEADINGS[each][0], "column_missing") for each in NEEDED if each not in headings]
    if len(headings) < len(fields):
        problems.append(Problem(1, _twice(fields, first), "column_twice"))
    if problems:
        return BudgetList((), 0, headings, ignored, problems)
    texts = [(row, _texts(fields, each)) for row, each in numbered]
    said = [(row, each) for row, each in texts if any(each.values())]
    return _read(said, headings, ignored, names)


def _read(
    said: Sequence[tuple[int, dict[str, str]]], headings: Mapping[str, str], ignored: Sequence[str], names: Names
) -> BudgetList:
    problems: list[Problem] = []
    if not said:
        problems.append(Problem(0, "", "file_is_empty"))
    if len(said) > LINES_LIMIT:
        problems.append(Problem(0, "", "file_too_many_rows", {"limit": str(LINES_LIMIT)}))
    rows: dict[str, Row] = {}
    for number, texts in said[:LINES_LIMIT]:
        try:
            row = _row(number, texts, names)
        except _Wrong as wrong:
            problems.append(Problem(number, headings.get(wrong.field, wrong.field), wrong.code))
            continue
        if row.line.id in rows:
            told = {"row": str(rows[row.line.id].row)}
            problems.append(Problem(number, headings["department"], "budget_twice", told))
        rows.setdefault(row.line.id, row)
    return BudgetList([*rows.values()], len(said), headings, ignored, problems)


def _field(heading: str) -> str | None:
    plain = unicodedata.normalize("NFKC", heading).strip().strip("*").strip().casefold()
    return next((field for field, words in HEADINGS.items() if plain in words), None)


def _twice(fields: Mapping[int, str], first: Sequence[str]) -> str:
    kept = list(fields.values())
    return next(first[number].strip() for number, field in fields.items() if kept.count(field) > 1)


def _texts(fields: Mapping[int, str], cells: Sequence[str]) -> dict[str, str]:
    return {field: cells[number].strip() for number, field in fields.items() if number < len(cells)}


def _row(number: int, texts: Mapping[str, str], names: Names) -> Row:
    for field in NEEDED:
        if not texts.get(field):
            raise _Wrong(field, "required")
    department = _department(texts["department"], names)
    category = names.categories.get(texts["category"].casefold())
    if category is None:
        raise _Wrong("category", "unknown_category")
    currency = (texts.get("currency") or "CNY").upper()
    if not names.currency(currency):
        raise _Wrong("currency", "unknown_currency")
    amount = names.minor(texts["amount"].replace(",", ""), currency)
    if amount is None or amount < 0:
        raise _Wrong("amount", "bad_amount")
    terms = dict(_terms(texts))
    period = _period(texts["period"])
    id = line_id(department, category, currency, period)
    line = Line(id, department, category, currency, period, **terms)  # type: ignore[arg-type]
    _check(line)
    return Row(number, line, amount, terms)


def _period(text: str) -> str:
    month = _MONTH.fullmatch(text)
    return f"{month[1]}-{int(month[2]):02}" if month else text.removesuffix("年")


def _department(text: str, names: Names) -> str:
    found = names.departments.get(text.casefold(), ())
    if len(found) != 1:
        raise _Wrong("department", "department_twice" if found else "unknown_department")
    return found[0]


def _terms(texts: Mapping[str, str]) -> Iterator[tuple[str, str | bool]]:
    """The terms that the row names; an empty cell names none."""
    if control := texts.get("control", "").casefold():
        if control not in _CONTROL_WORDS:
            raise _Wrong("control", "bad_choice")
        yield "control", _CONTROL_WORDS[control]
    for field in ("carries", "borrows"):
        if flag := texts.get(field, "").casefold():
            if flag not in _YES_NO:
                raise _Wrong(field, "bad_choice")
            yield field, _YES_NO[flag]


def _check(line: Line) -> None:
    try:
        check_line(line)
    except Invalid as refused:
        raise _Wrong(refused.fields[0].path, refused.fields[0].code) from None
