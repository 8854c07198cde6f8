"""What an administrator lays down: the fields of a form, what each takes, and the bounds of all forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

KEY = r"[a-z][a-z0-9_]{0,39}"
"""What keys of fields and choices look like."""
FIELDS_LIMIT = 60
COLUMNS_LIMIT = 30
ROWS_LIMIT = 200
CHOICES_LIMIT = 100
TITLE_LIMIT = 80
HELP_LIMIT = 300
PATTERN_LIMIT = 200
LINE_LIMIT = 200
TEXT_LIMIT = 5000
DECIMALS_LIMIT = 6
FILES_LIMIT = 10
FORM_FILES_LIMIT = 30
"""Files of all fields of a form together: each takes its place in the transaction that saves it."""
WHOLE_DIGITS_LIMIT = 15


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"  # one line
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"  # one of the field's own choices
    PERSON = "person"  # somebody who works here
    DEPARTMENT = "department"
    FILE = "file"  # one or several, brought beforehand (domain/uploads.py)
    TABLE = "table"  # rows of fields, not nested


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is kept, and what people read in each language."""

    key: str
    title: Mapping[str, str]


type Bound = int | str
"""See Field.min."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `title` and `help` are per language; `check` names a reference list that the value must be in.

    `min` and `max` bound, by kind: the length of a text; a number, as whole number or decimal text; money, as minor
    units or as an amount in text; a date, as ISO text; the rows of a table; files. `decimals` are those that a
    number may have; `currency` is money's ISO 4217 code; `pattern` must match a whole line of text (linear-time
    syntax); `fields` are a table's columns; `types` are the families of files that are taken (none: all), `size` is how
    many MB a file may have (0: what every file may).
    """

    key: str
    title: Mapping[str, str]
    kind: Kind
    required: bool = False
    help: Mapping[str, str] = field(default_factory=dict)
    min: Bound | None = None
    max: Bound | None = None
    decimals: int = 0
    currency: str = ""
    choices: tuple[Choice, ...] = ()
    pattern: str = ""
    check: str = ""
    fields: tuple["Field", ...] = ()
    types: tuple[str, ...] = ()
    size: int = 0

    def choice(self, key: str) -> Choice | None:
        """The choice of that key."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields in the order in which they are asked."""

    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        """The field of that key."""
        return next((each for each in self.fields if each.key == key), None)

    def each(self) -> Iterator[tuple[str, Field]]:
        """Every field and every column, with its path in the form's data (`fields.3.fields.0`)."""
        for index, outer in enumerate(self.fields):
            yield f"fields.{index}", outer
            for column, inner in enumerate(outer.fields):
                yield f"fields.{index}.fields.{column}", inner
