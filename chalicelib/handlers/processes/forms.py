"""What the routes of processes take and answer. What fits together is for the domain to say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.handlers.fields import Answered, Id, Line, Strict, Text
from chalicelib.services.processes import Sent

Key = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Bound = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class Bilingual(Strict):
    """A text in both languages."""

    en: Line = ""
    zh: Line = ""


class LongBilingual(Strict):
    """A longer text in both languages."""

    en: Text = ""
    zh: Text = ""


class ChoiceForm(Strict):
    """One thing to choose."""

    key: Key
    title: Bilingual


class ColumnForm(Strict):
    """A field of the form, or a column of a table.

    `min` and `max` are, by kind: characters, a number, an amount (whole numbers are minor units, texts amounts in the
    currency's own unit), a day (YYYY-MM-DD) or rows. `check` is a reference list's key.
    """

    key: Key
    title: Bilingual
    kind: Literal["text", "long_text", "number", "money", "date", "choice", "person", "department", "table"]
    required: bool = False
    help: LongBilingual | None = None
    min: int | Bound | None = None
    max: int | Bound | None = None
    decimals: int | None = None
    currency: Key = ""
    choices: list[ChoiceForm] = Field(default_factory=list, max_length=200)
    pattern: Annotated[str, Field(max_length=400)] = ""
    check: Key = ""


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

    key: Key
    title: Bilingual
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
    title: Bilingual
    description: LongBilingual = Field(default_factory=LongBilingual)
    fields: list[FieldForm] = Field(default_factory=list, max_length=100)
    steps: list[StepForm] = Field(default_factory=list, max_length=100)
    copies: list[RuleForm] = Field(default_factory=list, max_length=100)

    def sent(self) -> Sent:
        """The process as the service takes it."""
        data = self.model_dump(exclude_none=True)
        names = ("prefix", "title", "description", "fields", "steps", "copies")
        return Sent(**{name: data[name] for name in names})


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
