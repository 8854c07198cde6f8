"""Reference lists over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from chalicelib.domain.references import Reference
from chalicelib.domain.sites import localised
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Bilingual, Strict
from chalicelib.handlers.processes.forms import Key
from chalicelib.services import references
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY

area = Area(__name__)

MANAGE = "process:manage"


def _lines(value: Any) -> Any:
    """A text of lines, as it is pasted, is a list."""
    return value.splitlines() if isinstance(value, str) else value


class ReferenceForm(Strict):
    """A list with all its values, one a line or as a list."""

    title: Bilingual
    values: Annotated[list[str], BeforeValidator(_lines)] = Field(default_factory=list)


class NewReferenceForm(ReferenceForm):
    """A new list; its key never changes."""

    key: Key


class ReferenceChanged(Answered):
    """What was made or changed."""

    key: str
    version: int
    location: str


@area.endpoint("GET", "/references", action=MANAGE, page="references.html")
def list_references(call: Call) -> dict[str, Any]:
    """The reference lists against which fields of forms are checked."""
    return {"items": [_shown(call, each) for each in references.listed(call)]}


def blank_form(call: Call) -> dict[str, Any]:
    """The form of a new list."""
    call.permit(MANAGE, COMPANY)
    return {"reference": None, "values": {}}


def filled_form(call: Call, key: str) -> dict[str, Any]:
    """The form of a list with its values, one a line; raises NotFound."""
    reference, held = references.detail(call, key)
    titles = {f"title.{language}": text for language, text in reference.title.items()}
    return {"reference": _shown(call, reference), "held": held, "values": titles | {"values": "\n".join(held)}}


@area.endpoint("GET", "/references/new", action=MANAGE, page="reference.html")
def new_reference(call: Call) -> dict[str, Any]:
    """The form of a new list."""
    return blank_form(call)


@area.endpoint(
    "POST",
    "/references",
    action=MANAGE,
    body=NewReferenceForm,
    answer=ReferenceChanged,
    status=201,
    page="reference.html",
    refill=blank_form,
)
def create_reference(call: Call, form: NewReferenceForm) -> Answer:
    """Make a reference list."""
    return references.create(call, form.key, form.title.model_dump(), form.values)


@area.endpoint("GET", "/references/{key}", action=MANAGE, page="reference.html")
def show_reference(call: Call, key: str) -> Reply:
    """A reference list with its values."""
    data = filled_form(call, key)
    return Reply(data, version=data["reference"]["version"])


@area.endpoint(
    "POST",
    "/references/{key}",
    action=MANAGE,
    body=ReferenceForm,
    answer=ReferenceChanged,
    page="reference.html",
    refill=filled_form,
)
def change_reference(call: Call, key: str, form: ReferenceForm) -> Answer:
    """State a reference list anew: values that are not named any more are gone."""
    return references.change(call, key, form.title.model_dump(), form.values)


def _shown(call: Call, reference: Reference) -> Mapping[str, Any]:
    facts = {name: value for name, value in vars(reference).items() if name != "id"}
    return {"key": reference.id} | facts | {"name": localised(reference.title, call.locale)}
