"""The routes of standards."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.standards.forms import (
    LevelsChanged,
    LevelsForm,
    StandardChanged,
    StandardForm,
    StandardsQuery,
)
from chalicelib.handlers.standards.shown import choices, list_data, page_data, today
from chalicelib.services import standards
from chalicelib.services.call import Answer, Call

area = Area("chalicelib.handlers.standards")

MANAGE = "standard:manage"


@area.endpoint("GET", "/standards", action=MANAGE, query=StandardsQuery, page="standards.html")
def list_standards(call: Call, query: StandardsQuery) -> dict[str, Any]:
    """The standards of reception, those that count or will count unless `when` asks for all."""
    return list_data(call, query)


def blank_form(call: Call) -> dict[str, Any]:
    """The form of a new standard."""
    book = standards.all_of(call)
    values = {"valid_from": today(call).isoformat(), "allowed": "true", "excess": "reasoned"}
    return {"standard": None, "others": [], "fixed": False, "values": values} | choices(call, book)


@area.endpoint("GET", "/standards/new", action=MANAGE, page="standard.html")
def new_standard(call: Call) -> dict[str, Any]:
    """The form of a new standard."""
    return blank_form(call)


@area.endpoint(
    "POST",
    "/standards",
    action=MANAGE,
    body=StandardForm,
    answer=StandardChanged,
    status=201,
    page="standard.html",
    refill=blank_form,
)
def create_standard(call: Call, form: StandardForm) -> Answer:
    """Write a standard down; one without an end that it follows ends the day before."""
    return standards.create(call, form.standard(), form.amount)


def levels_form(call: Call) -> dict[str, Any]:
    """The form of the levels."""
    book = standards.all_of(call)
    rows = enumerate(book.levels)
    values = {f"levels.{row}.title.{language}": text for row, each in rows for language, text in each.title.items()}
    values |= {f"levels.{row}.key": each.key for row, each in enumerate(book.levels)}
    return {"levels": book.levels, "version": book.version, "values": values}


@area.endpoint("GET", "/standards/levels", action=MANAGE, page="standard_levels.html")
def show_levels(call: Call) -> Reply:
    """The levels of visitors, the highest first."""
    data = levels_form(call)
    return Reply(data, version=data["version"])


@area.endpoint(
    "POST",
    "/standards/levels",
    action=MANAGE,
    body=LevelsForm,
    answer=LevelsChanged,
    page="standard_levels.html",
    refill=levels_form,
)
def set_levels(call: Call, form: LevelsForm) -> Answer:
    """State all levels anew; one of which there are standards stays."""
    return standards.set_levels(call, form.stated())


@area.endpoint("GET", "/standards/{id}", action=MANAGE, page="standard.html")
def show_standard(call: Call, id: str) -> Reply:
    """A standard, and those before and after it."""
    data = page_data(call, id)
    return Reply(data, version=data["standard"]["version"])


@area.endpoint(
    "POST",
    "/standards/{id}",
    action=MANAGE,
    body=StandardForm,
    answer=StandardChanged,
    page="standard.html",
    refill=page_data,
)
def change_standard(call: Call, id: str, form: StandardForm) -> Answer:
    """State a standard anew; of one in force, only when it ends and its note."""
    return standards.change(call, id, form.standard(), form.amount)
