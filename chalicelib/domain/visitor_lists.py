"""Lists of visitors in files (访客名单): which column says what, and where a file is wrong."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.imports import Problem

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "访客", "访客姓名", "name", "full name", "visitor"),
    "phone": ("手机", "手机号", "手机号码", "电话", "联系电话", "phone", "mobile", "mobile phone", "phone number"),
    "company": ("单位", "公司", "工作单位", "company", "organisation", "organization"),
    "title": ("职务", "职位", "title", "job title", "position"),
    "email": ("邮箱", "电子邮箱", "邮件", "email", "e-mail"),
    "language": ("语言", "邀请语言", "language"),
    "plate": ("车牌", "车牌号", "plate", "licence plate", "license plate", "car"),
}
"""What the column of each field may be called, in small letters."""

NEEDED = ("name", "phone")
LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("", "中文", "汉语", "zh", "zh-cn", "chinese"), "zh-CN"),
    **dict.fromkeys(("英文", "英语", "en", "english"), "en"),
}
HEADING_ROW = 1
_FORMULA = re.compile(r"[=@]|[+-](?![\d\s()-]*$)")
"""What a spreadsheet would run when the text comes back to it: more than a number with its sign."""


@dataclass(frozen=True)
class Entry:
    """A row of the list: which row of the file it is, and its texts by field."""

    row: int
    fields: dict[str, str]


@dataclass(frozen=True)
class VisitorList:
    """A list as it stands in the file: its rows, headings by field, headings of nothing we know, what is wrong."""

    entries: Sequence[Entry]
    headings: Mapping[str, str]
    ignored: Sequence[str]
    problems: Sequence[Problem]


def listed(rows: Iterable[Sequence[str]]) -> VisitorList:
    """The list in the rows of a file, the first of which has the headings; empty rows are left out."""
    numbered = iter(enumerate(rows, HEADING_ROW))
    _, first = next(numbered, (0, ()))
    fields = {number: field for number, text in enumerate(first) if (field := _field(text))}
    headings = {field: first[number].strip() for number, field in fields.items()}
    problems = [
        Problem(HEADING_ROW, HEADINGS[each][0], "column_missing", {}) for each in NEEDED if each not in headings
    ]
    if len(headings) < len(fields):
        problems.append(Problem(HEADING_ROW, _twice(fields, first), "column_twice", {}))
    entries = []
    for row, cells in numbered:
        entry = Entry(row, {field: cells[number].strip() for number, field in fields.items() if number < len(cells)})
        if any(entry.fields.values()):
            entries.append(Entry(row, entry.fields | _language(entry.fields)))
            problems += _formulas(entry, headings)
    ignored = [text.strip() for number, text in enumerate(first) if text.strip() and number not in fields]
    return VisitorList(entries, headings, ignored, problems)


def _field(heading: str) -> str | None:
    plain = unicodedata.normalize("NFKC", heading).strip().strip("*").strip().casefold()
    return next((field for field, words in HEADINGS.items() if plain in words), None)


def _twice(fields: Mapping[int, str], first: Sequence[str]) -> str:
    seen: set[str] = set()
    for number, field in fields.items():
        if field in seen:
            return first[number].strip()
        seen.add(field)
    return ""


def _language(fields: Mapping[str, str]) -> dict[str, str]:
    said = fields.get("language", "")
    return {"language": LANGUAGES.get(said.casefold(), said)}


def _formulas(entry: Entry, headings: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(entry.row, headings[field], "looks_like_formula", {})
        for field, text in entry.fields.items()
        if _FORMULA.match(text)
    ]


def twice(entries: Sequence[Entry], headings: Mapping[str, str]) -> list[Problem]:
    """Who stands in the list more than once, by name and phone."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for entry in entries:
        first = seen.setdefault((entry.fields.get("name", ""), entry.fields.get("phone", "")), entry.row)
        if first != entry.row:
            found.append(Problem(entry.row, headings["phone"], "visitor_twice", {"row": str(first)}))
    return found
