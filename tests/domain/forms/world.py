"""A small world for forms: people, departments, one reference list; and short ways to make fields."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.errors import Invalid
from chalicelib.domain.forms import Choice, Field, File, Form, Kind

DIGITS = {"CNY": 2, "JPY": 0, "KWD": 3}


@dataclass
class SmallWorld:
    """`asked` lists the questions that cost a call."""

    staff: dict[str, bool] = field(default_factory=lambda: {"ann": True, "bob": True, "gone": False})
    lists: dict[str, set[str]] = field(default_factory=lambda: {"contracts": {"C-1", "C-2"}})
    brought: dict[str, File | str] = field(
        default_factory=lambda: {
            "F1": File("F1", "报价.pdf", "application/pdf", 2_000_000),
            "F2": File("F2", "机柜.jpg", "image/jpeg", 500_000),
            "F3": "file_not_as_named",
        }
    )
    asked: list[str] = field(default_factory=list)

    def people(self, ids: Collection[str]) -> Mapping[str, bool]:
        self.asked.append("people")
        return {id: self.staff[id] for id in ids if id in self.staff}

    def department(self, id: str) -> Sequence[str] | None:
        return {"root": ("root",), "sales": ("root", "sales")}.get(id)

    def matches(self, pattern: str, text: str) -> bool | None:
        try:
            return re.fullmatch(pattern, text) is not None
        except re.error:
            return None

    def digits(self, currency: str) -> int | None:
        return DIGITS.get(currency)

    def reference(self, key: str) -> bool:
        return key in self.lists

    def listed(self, reference: str, values: Collection[str]) -> Collection[str]:
        self.asked.append(reference)
        return self.lists[reference] & set(values)

    def files(self, ids: Collection[str]) -> Mapping[str, File | str]:
        self.asked.append("files")
        return {id: self.brought[id] for id in ids if id in self.brought}


def titled(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def a(kind: str, key: str = "it", **facts: Any) -> Field:
    """A field of that kind."""
    if kind == "choice":
        facts.setdefault("choices", (Choice("red", titled("Red")), Choice("blue", titled("Blue"))))
    if kind == "money":
        facts.setdefault("currency", "CNY")
    return Field(key, titled(key.title()), Kind(kind), **facts)


def form(*fields: Field) -> Form:
    return Form(fields)


def faults_of(refused: Invalid) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in refused.fields]
