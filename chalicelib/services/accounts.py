"""Accounts in the user pool follow the directory: made when somebody joins, closed when they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.directory import Department, Person
from chalicelib.gateways.cognito import UserPool
from chalicelib.models import store as write
from chalicelib.models.directory import DepartmentItem, LoginItem, PersonItem, RoleItem
from chalicelib.models.store import Store, Update

SYSTEM = "system:accounts"
OPERATOR = "system:bootstrap"
UNSIGNED = {"changed_at": None, "changed_from": None, "request_id": None}
"""In the place of the signature of whoever changed the item before."""
ADMINISTRATOR_ROLES = frozenset({"employee", "administrator"})


def provision(store: Store, pool: UserPool, person_id: str, now: datetime) -> None:
    """Bring the account to where the directory says it should be. Safe to repeat; a new account has no known password.

    Raises Contention when somebody changed the person meanwhile: the stream will deliver that change, too.
    """
    (item,) = store.get(PersonItem.at(person_id))
    if item is None:
        return
    person: Person = item.to(Person)
    if person.active and person.account == "pending":
        pool.create(person.id)
        if person.second_factor_since is None:
            pool.forget_second_factor(person.id)
        _note(store, person, "ready", now)
    elif not person.active and person.account != "closed":
        pool.close(person.id)
        _note(store, person, "closed", now)


def _note(store: Store, person: Person, account: str, now: datetime) -> None:
    values = {"account": account, "version": person.version + 1}
    values |= UNSIGNED | {"changed_by": SYSTEM, "changed_at": now}
    values |= {"index2_pk": None, "index2_sk": None}  # it is no longer among those that the reconciler looks after
    store.write(Update(PersonItem.at(person.id), values, {"version": person.version}))


def bootstrap(
    store: Store,
    pool: UserPool,
    new_id: Callable[[], str],
    login: str,
    password: str,
    name: str,
    email: str,
    company: str = "总部",
) -> str:
    """Make the top department and the first administrator, who makes everybody else; returns the person's id.

    For the operator of the installation, not for HTTP. Repeating it lets the same person in again who lost password
    or second factor.
    """
    (taken,) = store.get(LoginItem.at(login))
    person_id = taken.person_id if taken else _first_administrator(store, new_id, login, name, email, company)
    pool.create(person_id)
    pool.forget_second_factor(person_id)
    pool.set_password(person_id, password, temporary=False)
    (person,) = store.get(PersonItem.at(person_id))
    values = {"second_factor_since": None, "version": person.version + 1} | UNSIGNED | {"changed_by": OPERATOR}
    store.write(Update(PersonItem.at(person_id), values, {"version": person.version}))
    return str(person_id)


def _first_administrator(
    store: Store, new_id: Callable[[], str], login: str, name: str, email: str, company: str
) -> str:
    department_id, person_id = new_id(), new_id()
    path = (department_id,)
    person = Person(
        id=person_id,
        login=login,
        name=name,
        email=email,
        phone="",
        department=department_id,
        department_path=path,
        manager=None,
        roles=ADMINISTRATOR_ROLES,
    )
    operations = [
        write.create(DepartmentItem.from_department(Department(department_id, company, None, None, "1000", path))),
        write.create(PersonItem.from_person(person)),
        write.create(RoleItem.of_person(person_id, "administrator")),
    ]
    for text in sorted({login.lower(), email.lower()}):
        _, pk, sk = LoginItem.at(text)
        operations.append(write.create(LoginItem(pk, sk, person_id=person_id)))
    for operation in operations:
        operation.item.changed_by = OPERATOR
    store.write(*operations)
    return person_id
