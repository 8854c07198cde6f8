"""Whatever a program sends that the description allows, or nearly allows, it is answered as the description says."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.stack import Stack

SEED = 20261122
EXAMPLES = 5
"""Requests of each kind to each operation."""

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
UNDERSTOOD = 20
"""Of so many operations at least some request must do what it asks: refusals alone would prove nothing."""
LEFT_OUT = {"POST /session/end"}
"""It would sign out who asks."""

BOUNDED = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Asker:
    """Asks as one person; `asked` is the last request, `understood` the operations that did what was asked."""

    def __init__(self, stack: Stack, login: str) -> None:
        self._url, self._session = stack.url, requests.Session()
        self._headers = {"Authorization": f"Bearer {stack.person(login).token}"}
        self.asked = ""
        self.understood: set[str] = set()

    def ask(self, case: Any) -> None:
        """One request; raises a group of what is wrong with its answer."""
        self.asked = case.as_curl_command()
        answer = case.call(base_url=self._url, session=self._session, headers=self._headers, timeout=30)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code < 300:
            self.understood.add(case.operation.label)


@pytest.mark.slow
@pytest.mark.parametrize("login", ["admin", "emma.brown"])
def test_every_operation_answers_as_described(stack: Stack, login: str) -> None:
    known, asker = records(stack), Asker(stack, login)
    schema = schemathesis.openapi.from_url(f"{stack.url}/openapi.json")
    found: dict[str, str] = {}
    for each in schema.get_all_operations():
        operation = each.ok()
        if operation.label not in LEFT_OUT:
            found |= _complaints(operation, known, asker)
    assert found == {}
    assert len(asker.understood) > UNDERSTOOD


def records(stack: Stack) -> Mapping[str, str]:
    """Something of each kind to ask about, by the first part of its path: made here, so that nobody misses it."""
    admin, applicant = stack.person("admin"), stack.person("emma.brown")
    number, start = random.randrange(10**6), datetime.now(UTC) + timedelta(days=2)
    department = admin.post("/departments", {"name": "试验部", "cost_centre": str(number)}, 201)["id"]
    facts = {"login": f"try.{number}", "name": "试", "email": f"try.{number}@example.com", "phone": "13912345678"}
    site = admin.post("/sites", {"name": {"zh-CN": "试验园区", "en": "Trial site"}}, 201)["id"]
    body: dict[str, Any] = {
        "site": site,
        "starts": start.isoformat(),
        "ends": (start + timedelta(hours=1)).isoformat(),
        "purpose": "试验",
        "visitors": [{"name": "钱进", "phone": "13912345678"}],
    }
    visit = applicant.post("/visits", body | {"submit": True}, 201)["id"]
    return {
        "departments": department,
        "people": admin.post("/people", facts | {"department": department}, 201)["id"],
        "sites": site,
        "visits": visit,
        "approvals": f"visit-{visit}",
    }


def _complaints(operation: Any, known: Mapping[str, str], asker: Asker) -> dict[str, str]:
    """What is wrong with the answers of an operation, by its name; empty if nothing is."""

    @seed(SEED)
    @BOUNDED
    @given(case=operation.as_strategy(), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        record = known.get(operation.path.split("/")[1])
        if real and record and "id" in case.path_parameters:
            case.path_parameters["id"] = record
        asker.ask(case)

    try:
        ask()
    except BaseExceptionGroup as failures:
        return {operation.label: "\n".join([asker.asked, *(str(each) for each in failures.exceptions)])}
    return {}
