"""What a form asks of the world around it; the caller answers from its directory, its lists and its libraries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class File:
    """A file that was brought and may be put into the form; `size` in bytes."""

    id: str
    name: str
    media: str
    size: int


class World(Protocol):
    """Everything is asked in bulk, so that a table of 200 rows costs no more questions than one field."""

    def people(self, ids: Collection[str]) -> Mapping[str, bool]:
        """By id, whether the person works here; ids of nobody are left out."""

    def department(self, id: str) -> Sequence[str] | None:
        """The department's path from the root, itself last; None where there is none."""

    def matches(self, pattern: str, text: str) -> bool | None:
        """Whether the pattern matches the whole text, in time linear in the text; None if it is no pattern."""

    def digits(self, currency: str) -> int | None:
        """How many digits the currency's minor unit has (ISO 4217); None where there is no such currency."""

    def reference(self, key: str) -> bool:
        """Whether there is a reference list of that key."""

    def listed(self, reference: str, values: Collection[str]) -> Collection[str]:
        """Those of the values that are in the reference list."""

    def files(self, ids: Collection[str]) -> Mapping[str, File | str]:
        """By id, the file, or the code of why it cannot be put into the form."""
