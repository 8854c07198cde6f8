"""The example company, made through the HTTP API as its administrator would make it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import boto3

from infra import example_data as data
from infra import example_processes as processes
from infra import example_reception as reception
from infra import example_rules as rules
from infra import example_spending as spending
from infra.example_api import Api

STAGE = "local"
REGION = "us-east-1"


def create(url: str, emulator: str) -> list[dict[str, Any]]:
    """Create the company at `url`, whose AWS services answer at `emulator`; the people who can sign in.

    Running it again over what an interrupted run left is safe: every step has its own key. Raises RuntimeError with
    the answer that was not expected.
    """
    bootstrap(emulator)
    api = Api(url)
    secret = api.set_up_second_factor(data.ADMINISTRATOR.login, data.PASSWORD)
    api.sign_in(data.ADMINISTRATOR.login, data.PASSWORD, secret)
    site = _site(api, data.SITE, data.GATES, data.RESOURCES, "")
    laboratory = _site(api, reception.LABORATORY, reception.GATES, reception.RESOURCES, "laboratory-")
    departments = _departments(api)
    people = _people(api, departments, site)
    _heads(api, departments, people)
    _processes(api, people)
    _standards(api, laboratory)
    _budgets(api, departments)
    _spending_rules(api)
    api.post("/advances/terms", reception.ADVANCE_RULES, "advance-rules")
    _applications(url)
    api.post("/payments/settings", data.PAYER, "payer")
    made = [data.ADMINISTRATOR, *data.PEOPLE]
    secrets = {data.ADMINISTRATOR.login: secret} | _second_factors(api, people)
    return [each.signs_in(secrets.get(each.login)) for each in sorted(made, key=data.as_told)]


def bootstrap(emulator: str) -> None:
    """Make the first administrator, as docs/operations.md says for AWS; raises RuntimeError if that fails."""
    functions: Any = boto3.client(
        "lambda",
        endpoint_url=emulator,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's
    )
    event = {
        "login": data.ADMINISTRATOR.login,
        "password": data.PASSWORD,
        "name": data.ADMINISTRATOR.name,
        "email": data.ADMINISTRATOR.email,
        "company": data.COMPANY,
    }
    answer = functions.invoke(FunctionName=f"atrium-{STAGE}-bootstrap", Payload=json.dumps(event))
    if "FunctionError" in answer:
        raise RuntimeError(answer["Payload"].read().decode())


def _site(api: Api, place: Mapping[str, Any], gates: Sequence[Any], resources: Sequence[Any], prefix: str) -> str:
    """The id of the site; `prefix` tells its steps from those of other sites."""
    site = str(api.post("/sites", dict(place), f"{prefix}site")["id"])
    for number, gate in enumerate(gates):
        api.post(f"/sites/{site}/gates", gate, f"{prefix}gate-{number}")
    for number, resource in enumerate(resources):
        api.post(f"/sites/{site}/resources", resource, f"{prefix}resource-{number}")
    return site


def _standards(api: Api, laboratory: str) -> None:
    """The levels first: standards name them."""
    api.post("/standards/levels", {"levels": list(reception.LEVELS)}, "levels")
    for number, standard in enumerate(reception.standards(laboratory)):
        api.post("/standards", standard, f"standard-{number}")


def _budgets(api: Api, departments: dict[str, str]) -> None:
    for number, budget in enumerate((*reception.BUDGETS, *spending.BUDGETS)):
        line = budget | {"department": departments[budget["department"]], "year": str(datetime.now(UTC).year)}
        api.post("/budgets/years", line, f"budget-{number}")


def _spending_rules(api: Api) -> None:
    known = api.get("/spending-rules/settings")["rules"]
    api.post("/spending-rules/settings", rules.stated(known), "spending-rules")


def _applications(url: str) -> None:
    """What people apply for themselves."""
    today = datetime.now(UTC).date()
    for login, application in spending.applications(today).items():
        colleague = Api(url)
        colleague.sign_in_alone(login, data.PASSWORD)
        colleague.post("/applications", application, f"application-{login}-{today}")


def _departments(api: Api) -> dict[str, str]:
    """Ids by name; the top one was made with the administrator."""
    found = api.get("/departments")["items"]
    ids = {each["name"]: each["id"] for each in found if each["parent"] is None}
    for unit in data.DEPARTMENTS:
        body = {"name": unit.name, "cost_centre": unit.cost_centre, "parent": ids[unit.parent]}
        ids[unit.name] = api.post("/departments", body, f"department-{unit.cost_centre}")["id"]
    return ids


def _people(api: Api, departments: dict[str, str], site: str) -> dict[str, str]:
    """Ids by login; those who manage others come first."""
    ids: dict[str, str] = {}
    for person in data.PEOPLE:
        body = person.facts() | {"department": departments[person.department], "manager": ids.get(person.manager)}
        body |= {"site": site} if "gate" in person.roles else {}
        ids[person.login] = api.post("/people", body, f"person-{person.login}")["id"]
        password = {"password": data.PASSWORD, "temporary": False}
        api.post(f"/people/{ids[person.login]}/password", password, f"password-{person.login}")
    return ids


def _heads(api: Api, departments: dict[str, str], people: dict[str, str]) -> None:
    for unit in (data.TOP, *data.DEPARTMENTS):
        body = {"name": unit.name, "cost_centre": unit.cost_centre, "head": people[unit.head]}
        body |= {"parent": departments[unit.parent]} if unit.parent else {}
        api.post(f"/departments/{departments[unit.name]}", body, f"head-{unit.cost_centre}")


def _processes(api: Api, people: dict[str, str]) -> None:
    """The reference list first: a field is checked against it."""
    api.post("/references", processes.CONTRACTS, "reference-contracts")
    for process in processes.PROCESSES:
        api.post("/processes", processes.with_ids(process, people), f"process-{process['key']}")
        api.post(f"/processes/{process['key']}/actions", {"action": "publish"}, f"publish-{process['key']}")


def _second_factors(api: Api, people: dict[str, str]) -> dict[str, str]:
    """Secrets by login, for those whose role needs one."""
    secrets: dict[str, str] = {}
    for person in data.PEOPLE:
        if person.needs_second_factor:
            reset = (f"/people/{people[person.login]}/actions", {"action": "reset_second_factor"})
            secrets[person.login] = api.set_up_second_factor(person.login, data.PASSWORD, reset)
    return secrets
