"""The world that forms ask about (domain/forms/world.py): directory, reference lists, currencies, patterns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from chalicelib.domain.forms import File
from chalicelib.models.references import ReferenceItem, ReferencePartItem
from chalicelib.models.store import Store
from chalicelib.services.directory import reading
from chalicelib.web.money import digits_of


def no_files(ids: Collection[str]) -> Mapping[str, File | str]:
    """Where nobody hands anything in."""
    return {}


@dataclass(frozen=True)
class CompanyWorld:
    """The company at this moment; `brought` answers for files, where a form is filled in for a document."""

    store: Store
    now: datetime
    brought: Callable[[Collection[str]], Mapping[str, File | str]] = no_files

    def people(self, ids: Collection[str]) -> Mapping[str, bool]:
        """See World."""
        return {id: person.active for id, person in reading.people(self.store, ids, self.now).items()}

    def department(self, id: str) -> Sequence[str] | None:
        """See World."""
        departments = reading.departments(self.store, self.now)
        return next((each.path for each in departments if each.id == id), None)

    def matches(self, pattern: str, text: str) -> bool | None:
        """See World."""
        validator = _compiled(pattern)
        return None if validator is None else bool(validator.isinstance_python(text))

    def digits(self, currency: str) -> int | None:
        """See World."""
        return digits_of(currency)

    def reference(self, key: str) -> bool:
        """See World."""
        return self.store.get(ReferenceItem.at(key)) != [None]

    def listed(self, reference: str, values: Collection[str]) -> Collection[str]:
        """See World: one read, however many values."""
        keys = {ReferencePartItem.at(reference, value) for value in values}
        found = self.store.get(*sorted(keys, key=lambda key: key[2]))
        return {value for part in found if part for value in part.held} & set(values)

    def files(self, ids: Collection[str]) -> Mapping[str, File | str]:
        """See World."""
        return self.brought(ids)


@lru_cache(512)
def _compiled(pattern: str) -> Any:
    """What matches whole texts by Rust's regular expressions, which take time linear in the text; None for what they
    do not know (looking ahead or back, references) or what would take too much memory."""
    from pydantic_core import SchemaError, SchemaValidator, core_schema

    try:
        for each in (pattern, rf"\A(?:{pattern})\z"):  # alone, too: "a)|(b" must not reach out of the brackets
            validator = SchemaValidator(core_schema.str_schema(pattern=each, regex_engine="rust-regex"))
    except SchemaError:
        return None
    return validator
