"""What the routes of processes take and answer. What fits together is for the domain to say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.handlers.fields import Answered, Bilingual, Id, Line, Strict, Text
from chalicelib.services.processes import Sent

Key = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Bound = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class LongBilingual(Strict):
    """A longer text in both languages."""

    en: Text = ""
    zh: Text = ""


class ChoiceForm(Strict):
    """One thing to choose."""

    key: Key = ""
    title: Bilingual = Field(default_factory=Bilingual)


class ColumnForm(Strict):
    """A field of the form, or a column of a table.

    `min` and `max` are, by kind: characters, a number, an amount (whole numbers are minor units, texts amounts in the
    currency's own unit), a day (YYYY-MM-DD), rows or files. `check` is a reference list's key. `types` are families of
    files (pdf, image, word, excel, text; none: all), `size` the megabytes that one may have.
    """

    key: Key = ""
    title: Bilingual = Field(default_factory=Bilingual)
    kind: Literal["text", "long_text", "number", "money", "date", "choice", "person", "department", "file", "table"]
    required: bool = False
    help: LongBilingual | None = None
    min: int | Bound | None = None
    max: int | Bound | None = None
    decimals: int | None = None
    currency: Key = ""
    choices: list[ChoiceForm] = Field(default_factory=list, max_length=200)
    pattern: Annotated[str, Field(max_length=400)] = ""
    check: Key = ""
    types: list[Key] = Field(default_factory=list, max_length=20)
    size: int | None = None


class FieldForm(ColumnForm):
    """A field of the form; `fields` are the columns of a table."""

    fields: list[ColumnForm] = Field(default_factory=list, max_length=100)


class RuleForm(Strict):
    """Who decides: by kind a person (id), a role, the manager so many levels up, or a person field of the form."""

    kind: Literal["person", "role", "manager", "department_head", "budget_department_head", "field"]
    person: Id | None = None
    role: Key | None = None
    levels: int | None = None
    field: Key | None = None


class ConditionForm(Strict):
    """A tree: all or any of `parts`, not `part`, or a comparison of a field (`items.amount` is a column's sum)."""

    kind: Literal["all", "any", "not", "compare"]
    parts: list[ConditionForm] | None = None
    part: ConditionForm | None = None
    field: Annotated[str, Field(max_length=100)] | None = None
    operator: Key | None = None
    value: int | list[Line] | Line | None = None


class StepForm(Strict):
    """One tier of decisions."""

    key: Key = ""
    title: Bilingual = Field(default_factory=Bilingual)
    rules: list[RuleForm] = Field(default_factory=list, max_length=100)
    mode: Literal["one_of", "all_of", "share_of", "in_order"] = "one_of"
    share: int | None = None
    condition: ConditionForm | None = None
    auto_approve: ConditionForm | None = None
    hours: int | None = None
    on_timeout: Literal["remind", "escalate", "approve", "reject"] | None = None
    when_empty: Literal["escalate", "skip"] = "escalate"
    when_self: Literal["manager", "leave_out"] = "manager"
    when_repeated: Literal["once", "again"] = "once"


class ProcessForm(Strict):
    """A process: what its requests' numbers begin with, its form and its steps."""

    prefix: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20)]
    title: Bilingual = Field(default_factory=Bilingual)
    description: LongBilingual = Field(default_factory=LongBilingual)
    fields: list[FieldForm] = Field(default_factory=list, max_length=100)
    steps: list[StepForm] = Field(default_factory=list, max_length=100)
    copies: list[RuleForm] = Field(default_factory=list, max_length=100)

    def sent(self) -> Sent:
        """The process as the service takes it."""
        data = self.model_dump(exclude_none=True)
        _tidy(data["fields"], "field")
        _tidy(data["steps"], "step")
        data["copies"] = [_rule(rule) for rule in data["copies"]]
        names = ("prefix", "title", "description", "fields", "steps", "copies")
        return Sent(**{name: data[name] for name in names})


_BOUNDS = frozenset({"min", "max"})
_PARTS: Mapping[str, frozenset[str]] = {
    "text": _BOUNDS | {"pattern", "check"},
    "long_text": _BOUNDS,
    "number": _BOUNDS | {"decimals"},
    "money": _BOUNDS | {"currency"},
    "date": _BOUNDS,
    "choice": frozenset({"choices"}),
    "person": frozenset(),
    "department": frozenset(),
    "table": _BOUNDS | {"fields"},
    "file": _BOUNDS | {"types", "size"},
    "manager": frozenset({"levels"}),
    "role": frozenset({"role"}),
    "field": frozenset({"field"}),
    "department_head": frozenset(),
    "budget_department_head": frozenset(),
}
"""What belongs to a kind of field or rule. A browser without scripts sends the parts of every kind."""
_OF_EVERY_FIELD = frozenset({"key", "title", "kind", "required", "help"})


def _tidy(items: list[dict[str, Any]], word: str) -> None:
    """Leave out what belongs to other kinds, name what has no key, and drop conditions without a comparison."""
    _name(items, word)
    for item in items:
        if "kind" in item:
            for name in set(item) - _OF_EVERY_FIELD - _PARTS[item["kind"]]:
                del item[name]
        if "rules" in item:
            item["rules"] = [_rule(rule) for rule in item["rules"]]
        if item.get("mode") != "share_of":
            item.pop("share", None)
        for inner in ("fields", "choices"):
            _tidy(item.get(inner, []), inner[:-1])
        for name in ("condition", "auto_approve"):
            if name in item and _is_empty(item[name]):
                del item[name]


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    wanted = _PARTS[rule["kind"]] if rule["kind"] != "person" else frozenset({"person"})
    return {name: value for name, value in rule.items() if name == "kind" or name in wanted}


def _name(items: list[dict[str, Any]], word: str) -> None:
    """Give what has no key one of its English title."""
    taken = {item["key"] for item in items}
    for number, item in enumerate(items, 1):
        if not item["key"]:
            slug = re.sub("[^a-z0-9]+", "_", item["title"]["en"].lower()).strip("_")[:30]
            base = slug if slug[:1].isalpha() else f"{word}_{number}"
            item["key"] = next(name for name in _names(base) if name not in taken)
            taken.add(item["key"])


def _names(base: str) -> Iterator[str]:
    return itertools.chain([base], (f"{base}_{number}" for number in itertools.count(2)))


def _is_empty(tree: Mapping[str, Any]) -> bool:
    """Whether a browser sent the group of a condition without a comparison in it."""
    return tree["kind"] in ("all", "any") and not tree.get("parts")


class NewProcessForm(ProcessForm):
    """A new process; its key never changes."""

    key: Key


class ProcessAction(Strict):
    """A move, or a dry run of the draft for a sample applicant (a person's id) with sample values."""

    action: Literal["publish", "retire", "dry_run"]
    applicant: Id | None = None
    values: dict[str, Any] = Field(default_factory=dict)


class ProcessChanged(Answered):
    """Where a process stands after a command."""

    key: str
    status: str
    published: int
    version: int
    location: str
