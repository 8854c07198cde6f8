"""The audit's entries in words: what was changed, from what to what, in the reader's language and time zone."""

from chalicelib.web.history.fields import Field, Kind, Sort
from chalicelib.web.history.kinds import AREA_WORDS, KINDS, RECORD_WORDS
from chalicelib.web.history.wording import Row, actor_word, kind_word, people_in, rows_of
from chalicelib.web.history.writing import Reader

__all__ = [
    "AREA_WORDS",
    "KINDS",
    "RECORD_WORDS",
    "Field",
    "Kind",
    "Reader",
    "Row",
    "Sort",
    "actor_word",
    "kind_word",
    "people_in",
    "rows_of",
]
