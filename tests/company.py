"""People, departments and sign-ins for tests, written as the services write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.directory import Department, Person
from chalicelib.models.directory import DepartmentItem, LoginItem, PersonItem, ReportItem, RoleItem
from chalicelib.models.store import Operation, Store, create

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PASSWORD = "Correct-Horse-9"
HEAD_OFFICE = Department("01HEADOFFICE00000000000000", "总部", None, None, "1000", ("01HEADOFFICE00000000000000",))


def person(login: str = "lin.mei", **facts: Any) -> Person:
    """Somebody of head office; the id is made of the login."""
    defaults: dict[str, Any] = {
        "id": login.upper().replace(".", "").ljust(26, "0"),
        "login": login,
        "name": "林梅",
        "email": f"{login}@atrium.example",
        "phone": "+8613800138000",
        "department": HEAD_OFFICE.id,
        "department_path": HEAD_OFFICE.path,
        "manager": None,
        "roles": frozenset({"employee"}),
        "account": "ready",
    }
    return Person(**defaults | facts)


def add_person(store: Store, someone: Person) -> Person:
    """Write a person with sign-in names and roles."""
    operations: list[Operation] = [create(PersonItem.from_person(someone))]
    for text in (someone.login, someone.email):
        _, pk, sk = LoginItem.at(text)
        operations.append(create(LoginItem(pk, sk, person_id=someone.id)))
    operations += [create(RoleItem.of_person(someone.id, role)) for role in sorted(someone.roles - {"employee"})]
    if someone.manager:
        operations.append(create(ReportItem.of_person(someone.id, someone.manager)))
    store.write(*operations)
    return someone


def add_department(store: Store, department: Department = HEAD_OFFICE) -> Department:
    """Write a department."""
    store.write(create(DepartmentItem.from_department(department)))
    return department


def with_password(someone: Person, password: str = PASSWORD, temporary: bool = False) -> Person:
    """Give the person an account in the user pool."""
    from chalicelib.gateways.cognito import user_pool

    user_pool().create(someone.id)
    user_pool().set_password(someone.id, password, temporary)
    return someone


def token_of(someone: Person) -> str:
    """An access token, as the user pool gives one after a sign-in (with the second factor, if one is set up)."""
    from chalicelib.domain.sessions import Tokens
    from chalicelib.gateways.cognito import user_pool

    with_password(someone)
    tokens = user_pool().sign_in(someone.id, PASSWORD)
    assert isinstance(tokens, Tokens)
    return tokens.access
