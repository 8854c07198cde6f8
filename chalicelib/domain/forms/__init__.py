"""Forms (表单) of custom processes: what an administrator lays down, and what somebody fills in.

A form is data. `check_form` says whether it may be saved, `read` turns what was filled in into values, `facts` gives
what conditions may ask about, `json_schema` describes it to programs. Values are kept as texts and whole numbers, so
that JSON and DynamoDB hold them exactly:

| kind                    | kept as                                                                       |
|-------------------------|-------------------------------------------------------------------------------|
| text, long_text         | text without blanks around it                                                 |
| number                  | a whole number, or the shortest decimal text ("12.5")                         |
| money                   | minor units of the field's currency; "1,234.50" is taken, too                 |
| date                    | ISO text (2026-03-02)                                                         |
| choice                  | the choice's key                                                              |
| person, department      | the id                                                                        |
| table                   | a list of rows, each with the values of its columns                           |
| file                    | a list of rows with `id`, `name`, `media` and `size`; ids are taken           |
"""

from chalicelib.domain.forms.amounts import major_units, minor_units
from chalicelib.domain.forms.cells import Cell, Row
from chalicelib.domain.forms.check import check_form
from chalicelib.domain.forms.codec import form_from_data, form_to_data
from chalicelib.domain.forms.facts import fact_types, facts
from chalicelib.domain.forms.files import asked_for, files_of, media_of, size_of, without_files
from chalicelib.domain.forms.form import (
    COLUMNS_LIMIT,
    FIELDS_LIMIT,
    FORM_FILES_LIMIT,
    KEY,
    ROWS_LIMIT,
    Choice,
    Field,
    Form,
    Kind,
)
from chalicelib.domain.forms.reading import Value, Values, carry_over, read, read_draft
from chalicelib.domain.forms.schema import json_schema
from chalicelib.domain.forms.world import File, World

__all__ = [
    "COLUMNS_LIMIT",
    "FIELDS_LIMIT",
    "FORM_FILES_LIMIT",
    "KEY",
    "ROWS_LIMIT",
    "Cell",
    "Choice",
    "Field",
    "File",
    "Form",
    "Kind",
    "Row",
    "Value",
    "Values",
    "World",
    "asked_for",
    "carry_over",
    "check_form",
    "fact_types",
    "facts",
    "files_of",
    "form_from_data",
    "form_to_data",
    "json_schema",
    "major_units",
    "media_of",
    "minor_units",
    "read",
    "read_draft",
    "size_of",
    "without_files",
]
