"""What the approvals engine asks of each kind of document: its key, its facts, and what an outcome changes in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from chalicelib.domain.approvals import Facts
from chalicelib.domain.errors import NotFound
from chalicelib.models.item import Key
from chalicelib.models.store import Operation
from chalicelib.services.call import Call


@dataclass(frozen=True)
class Summary:
    """What inboxes show of a document, and what its process's conditions read.

    `subject` is one line, `facts` a few words by name for lists; `values` are typed, by the names that conditions use.
    """

    subject: str
    applicant_name: str
    facts: Mapping[str, str]
    values: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document that can be approved.

    `at` gives its key, `path` its page for its applicant, `version` its present version, `summary` what inboxes show,
    `outcome` the operations that a status of its approval (approved, rejected, returned) brings to it, in the same
    transaction as the decision.
    """

    name: str
    at: Callable[[str], Key]
    path: Callable[[str], str]
    version: Callable[[Any], int]
    summary: Callable[[Any], Summary]
    outcome: Callable[[Call, Any, str], Sequence[Operation]]


KINDS: dict[str, DocumentKind] = {}
"""The kinds that were imported, by name."""

_MODULES = {
    "visit": "chalicelib.services.visits.record",
    "request": "chalicelib.services.requests.record",
    "application": "chalicelib.services.applications.record",
    "advance": "chalicelib.services.advances.record",
    "claim": "chalicelib.services.claims.record",
    "budget_change": "chalicelib.services.budget_changes.record",
}
"""By kind: the module that adds it to KINDS."""


def kind_of(name: str) -> DocumentKind:
    """The kind of that name, imported when it is first asked for; raises NotFound where there is none."""
    if name not in _MODULES:
        raise NotFound
    import_module(_MODULES[name])
    return KINDS[name]
