"""Reference lists (参照表): values that administrators keep and that fields of forms are checked against."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.approvals import LANGUAGES
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.forms import KEY

VALUES_LIMIT = 5000
LENGTH_LIMIT = 120
TITLE_LIMIT = 80


@dataclass(frozen=True)
class Reference:
    """A list of `size` values; `id` is the key by which fields name it."""

    id: str
    title: Mapping[str, str]
    size: int
    version: int = 1


def cleaned(values: Iterable[str]) -> tuple[str, ...]:
    """The values in order, without blanks around them, each once, empty ones left out."""
    return tuple(dict.fromkeys(text for value in values if (text := value.strip())))


def check_reference(id: str, title: Mapping[str, str], values: tuple[str, ...]) -> None:
    """Raise Invalid naming everything that cannot stand; a wrong value by its line, from 1, among those cleaned."""
    faults = [] if re.fullmatch(KEY, id) else [FieldError("key", "bad_key")]
    for language in LANGUAGES:
        text = title.get(language, "").strip()
        if not text:
            faults.append(FieldError(f"title.{language}", "required"))
        elif len(text) > TITLE_LIMIT:
            faults.append(FieldError(f"title.{language}", "too_long", {"max_length": str(TITLE_LIMIT)}))
    if len(values) > VALUES_LIMIT:
        faults.append(FieldError("values", "too_many_rows", {"max_length": str(VALUES_LIMIT)}))
    wrong = (line for line, value in enumerate(values, 1) if not _fits(value))
    if (line := next(wrong, None)) is not None:
        faults.append(FieldError("values", "bad_value_in_line", {"line": str(line), "max_length": str(LENGTH_LIMIT)}))
    if faults:
        raise Invalid(*faults)


def _fits(value: str) -> bool:
    return len(value) <= LENGTH_LIMIT and value.isprintable()
