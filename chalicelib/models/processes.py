"""Processes in table `approvals`, their versions and the counters of their requests' numbers.

| question | key |
|---|---|
| a process, how far it is | pk `process#KEY`, sk `head` |
| its draft | pk `process#KEY`, sk `draft` |
| one of its versions (never changed) | pk `process#KEY`, sk `version#NNNN` |
| all processes | index1 `processes`, KEY (a company has tens, seldom changed) |
| the last number given out in a year | pk `process#KEY`, sk `counter#YYYY` |
| whose numbers begin so | pk `prefix#PREFIX`, sk `prefix` -> process key; makes them unique |
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.approvals import definition_from_data, definition_to_data
from chalicelib.domain.forms import form_from_data, form_to_data
from chalicelib.domain.processes import Design, Process
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key


class ProcessItem(ApprovalsTable, discriminator="process"):
    """A process without its form and steps."""

    id = UnicodeAttribute()
    prefix = UnicodeAttribute()
    title = DataAttribute[Mapping[str, str]](dict[str, str])
    description = DataAttribute[Mapping[str, str]](dict[str, str])
    changed = InstantAttribute()
    status = UnicodeAttribute()
    published = IntegerAttribute()
    edited = BooleanAttribute()

    @classmethod
    def at(cls, process: str) -> Key:
        """Where the process lives."""
        return cls, f"process#{process}", "head"

    @classmethod
    def from_process(cls, process: Process) -> "ProcessItem":
        """The item of a process, in the list of all of them."""
        return cls.of(process, pk=f"process#{process.id}", sk="head", index1_pk="processes", index1_sk=process.id)


class DesignItem(ApprovalsTable):
    """Form and steps as data."""

    form = DataAttribute[list[dict[str, Any]]](list[dict[str, Any]])
    definition = DataAttribute[dict[str, Any]](dict[str, Any])

    @property
    def design(self) -> Design:
        """Form and steps."""
        return Design(form_from_data(self.form), definition_from_data(self.definition))


class DraftItem(DesignItem, discriminator="process_draft"):
    """What the next version is going to be."""

    @classmethod
    def at(cls, process: str) -> Key:
        """Where the draft of a process lives."""
        return cls, f"process#{process}", "draft"

    @classmethod
    def from_design(cls, process: str, design: Design) -> "DraftItem":
        """The draft of a process."""
        return cls(f"process#{process}", "draft", **_data_of(design))


class VersionItem(DesignItem, discriminator="process_version"):
    """A published version; `number` counts from 1."""

    number = IntegerAttribute()
    published_at = InstantAttribute()
    published_by = UnicodeAttribute()

    @classmethod
    def at(cls, process: str, number: int) -> Key:
        """Where a version lives."""
        return cls, f"process#{process}", f"version#{number:04}"

    @classmethod
    def from_design(cls, process: str, design: Design, at: datetime, by: str) -> "VersionItem":
        """The version that a design becomes, by the number in its definition."""
        number = design.definition.version
        _, pk, sk = cls.at(process, number)
        return cls(pk, sk, number=number, published_at=at, published_by=by, **_data_of(design))


def _data_of(design: Design) -> dict[str, Any]:
    return {"form": form_to_data(design.form), "definition": definition_to_data(design.definition)}


class CounterItem(ApprovalsTable, discriminator="counter"):
    """How many requests of a process were begun in a year."""

    last = IntegerAttribute()

    @classmethod
    def at(cls, process: str, year: int) -> Key:
        """Where the counter stands."""
        return cls, f"process#{process}", f"counter#{year}"


class PrefixItem(ApprovalsTable, discriminator="prefix"):
    """A beginning of numbers that is taken, and by which process."""

    process = UnicodeAttribute()

    @classmethod
    def at(cls, prefix: str) -> Key:
        """Where the owner of a prefix stands."""
        return cls, f"prefix#{prefix}", "prefix"
