"""How a value of a record is called and written: the shapes from which the tables of labels are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Sort(StrEnum):
    """What kind of value it is, and so how it is written."""

    TEXT = "text"
    CODE = "code"  # an id or an address, as it is
    NUMBER = "number"
    MINUTES = "minutes"
    FLAG = "flag"
    PERSON = "person"  # one id or several
    DEPARTMENT = "department"  # one id, or the path down to it
    SITE = "site"
    STEP = "step"  # the key of a step of the approval
    MOMENT = "moment"
    DAY = "day"
    CLOCK = "clock"
    QUARTER = "quarter"  # what has a quarter of an hour; quarters that follow each other are told together
    STATUS = "status"
    WORD = "word"  # one or several of a few words
    BY_LANGUAGE = "by_language"
    ROWS = "rows"  # one or several groups of fields
    VALUES = "values"  # whatever names there are


@dataclass(frozen=True)
class Field:
    """An attribute: `label` is an English msgid, `words` are the meanings of a WORD, `fields` those of each of ROWS.

    What is `aside` only serves the machinery and is shown to those who ask for everything.
    """

    label: str
    sort: Sort = Sort.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, "Field"] = field(default_factory=dict)
    aside: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of item: its word (an English msgid) and its attributes."""

    word: str
    fields: Mapping[str, Field]


def aside(each: Field) -> Field:
    """The same, shown only to those who ask for everything."""
    return replace(each, aside=True)


def rows(label: str, **fields: Field) -> Field:
    """Nested values, each group with these fields."""
    return Field(label, Sort.ROWS, fields=fields)


def words(label: str, **meanings: str) -> Field:
    """A value that is one of a few words, or several of them."""
    return Field(label, Sort.WORD, words=meanings)


def values(label: str, **meanings: str) -> Field:
    """Values of whatever names; `meanings` has words for names and for values."""
    return Field(label, Sort.VALUES, words=meanings)
