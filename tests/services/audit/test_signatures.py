"""Every change of a record says who made it: people by Call.commit, the rest by a signature of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.models.directory import DepartmentItem, LoginItem, PersonItem, RoleItem
from chalicelib.models.store import Put
from chalicelib.services import accounts
from tests import company
from tests.fakes import MemoryStore
from tests.web.test_history import models

ROOT = Path(__file__).parents[3] / "chalicelib"
PAST_COMMIT = {
    "services/call.py": "Call.commit itself",
    "services/audit/recording.py": "the audit is nobody's record",
    "services/statistics.py": "figures are nobody's record",
    "services/advances/counting.py": "figures are nobody's record",
    "services/spend/counting.py": "figures are nobody's record",
    "services/sessions.py": "failed sign-ins are nobody's record; enrolling signs with the person",
    "services/accounts.py": "the pool's answer is noted and signed in the system's name",
}
"""The only places that write without Call.commit, and why that loses no signature."""


class Pool:
    """A user pool that does what it is told."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def writers() -> set[str]:
    found = set()
    for path in (ROOT / layer for layer in ("services", "handlers", "workflows")):
        for file in path.rglob("*.py"):
            calls = (node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
            if any(
                isinstance(call, ast.Attribute) and call.attr == "write" and _is_store(call.value) for call in calls
            ):
                found.add(str(file.relative_to(ROOT)))
    return found


def _is_store(value: ast.expr) -> bool:
    return (isinstance(value, ast.Name) and value.id == "store") or (
        isinstance(value, ast.Attribute) and value.attr == "store"
    )


def test_nothing_writes_past_the_commit_without_a_reason() -> None:
    assert writers() == {*PAST_COMMIT}


def removed() -> Iterator[tuple[str, str]]:
    """Where items are deleted, and the class of the items; "" where it does not stand there."""
    for file in sorted((ROOT / "services").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Delete":
                names = [each.id for each in ast.walk(node.args[0]) if isinstance(each, ast.Name)]
                found = next((name for name in names if name.endswith("Item")), "")
                yield str(file.relative_to(ROOT)), found


def test_only_what_repeats_a_record_is_deleted() -> None:
    """The stream does not say who deleted an item. Records are marked instead; what repeats them goes with a signed
    change of the record itself, and is not recorded."""
    records = {model.__name__ for model in models()}
    assert {(place, name) for place, name in removed() if name in records} == {*WITH_THEIR_RECORD}
    assert {place for place, name in removed() if not name} == {*UNNAMED}


WITH_THEIR_RECORD = {
    (
        "services/privacy/forgetting.py",
        "SealedDocumentItem",
    ): "the list of visitors loses it, and says who did that"
}
"""Items of records' own that go with a signed change of the record."""

UNNAMED = {
    "services/workflows.py": "open visits and tokens",
    "services/reconciling.py": "departments whose move has spread",
}
"""Where the class does not stand in the call, and what is deleted there."""


def test_the_note_that_an_account_is_ready_blames_nobody_else() -> None:
    store = MemoryStore()
    item = PersonItem.from_person(company.person("new.one", account="pending"))
    item.changed_by, item.changed_at, item.changed_from, item.request_id = "P-admin", company.LONG_AGO, "10.0.0.1", "R"
    store.write(Put(item))
    accounts.provision(store, Pool(), item.id, company.NOW)  # type: ignore[arg-type]
    (noted,) = store.all(PersonItem)
    assert noted.account == "ready"
    assert (noted.changed_by, noted.changed_at) == ("system:accounts", company.NOW)
    assert (noted.changed_from, noted.request_id) == (None, None)


def test_what_the_operator_sets_up_is_signed() -> None:
    store, ids = MemoryStore(), iter(("D", "P"))
    facts = {"login": "ada", "password": company.PASSWORD, "name": "Ada", "email": "ada@atrium.example"}
    accounts.bootstrap(store, Pool(), lambda: next(ids), **facts)  # type: ignore[arg-type]
    items = [*store.all(PersonItem), *store.all(DepartmentItem), *store.all(RoleItem), *store.all(LoginItem)]
    assert {item.changed_by for item in items} == {"system:bootstrap"}
