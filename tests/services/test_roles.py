"""Roles: what each may do as the policies say it, who holds them, giving and taking them."""

from __future__ import annotations

import pytest

from chalicelib.domain.directory import ROLES, Person, not_separate
from chalicelib.domain.errors import Conflict, Forbidden, IllegalMove, Invalid, NotFound
from chalicelib.services import directory
from chalicelib.services.directory import roles
from chalicelib.services.rights import rights, rights_of
from tests.company import NOW, add_person, person
from tests.services.conftest import Company


def held(company: Company, someone: Person) -> frozenset[str]:
    return directory.person(company.store, someone.id, NOW, fresh=True).roles


def test_every_policy_has_a_title_and_asks_only_for_roles_that_exist() -> None:
    assert [right.id for right in rights() if not right.title] == []
    assert {role for right in rights() for role in right.roles} <= set(ROLES)


def test_a_role_may_do_what_the_policies_that_name_it_allow() -> None:
    assert "gate-guard" in {right.id for right in rights_of("gate")}
    assert {"directory:manage", "calendar:manage"} <= {
        action for right in rights_of("administrator") for action in right.actions
    }
    assert "gate-guard" not in {right.id for right in rights_of("auditor")}


def test_everybody_has_what_asks_for_no_role_and_is_forbidden_what_nobody_may() -> None:
    everybody = {right.id: right.allows for right in rights_of("employee")}
    assert everybody["own"] is True
    assert everybody["no-self-approval"] is False
    assert "administrators" not in everybody


def test_a_role_is_given_and_taken(company: Company) -> None:
    given = roles.give(company.call(company.admin), "reception", company.host.id)
    assert given["location"] == "/roles/reception"
    assert "reception" in held(company, company.host)
    found = roles.holders(company.call(company.admin), "reception", None).people
    assert {each.id for each in found} == {company.host.id, company.reception.id}
    roles.take(company.call(company.admin), "reception", company.host.id)
    assert held(company, company.host) == {"employee"}
    assert directory.holders(company.store, "reception", NOW) == (company.reception.id,)


def test_what_is_held_is_not_given_again_and_what_is_not_held_not_taken(company: Company) -> None:
    with pytest.raises(IllegalMove):
        roles.give(company.call(company.admin), "reception", company.reception.id)
    with pytest.raises(IllegalMove):
        roles.take(company.call(company.admin), "reception", company.host.id)


def test_the_last_administrator_keeps_the_role(company: Company) -> None:
    with pytest.raises(Conflict) as error:
        roles.take(company.call(company.admin), "administrator", company.admin.id)
    assert error.value.code == "last_administrator"


@pytest.mark.parametrize("role", ["employee", "king", ""])
def test_only_roles_that_are_given_are_there(company: Company, role: str) -> None:
    call = company.call(company.admin)
    for ask in (lambda: roles.holders(call, role, None), lambda: roles.give(call, role, company.host.id)):
        with pytest.raises(NotFound):
            ask()


def test_nobody_who_left_or_never_was_gets_a_role(company: Company) -> None:
    gone = add_person(company.store, person("gone", active=False))
    for id, code in (("NOBODY", "unknown_person"), (gone.id, "departed_person")):
        with pytest.raises(Invalid) as error:
            roles.give(company.call(company.admin), "gate", id)
        assert [(field.path, field.code) for field in error.value.fields] == [("person", code)]


def test_roles_that_should_be_apart_are_named(company: Company) -> None:
    answer = roles.give(company.call(company.admin), "auditor", company.admin.id)
    assert answer["not_separate"] == [["auditor", "administrator"]]
    company.admin = directory.person(company.store, company.admin.id, NOW, fresh=True)
    found = roles.overlaps(company.call(company.admin))
    assert [(each.id, pair) for each, pair in found] == [(company.admin.id, ("auditor", "administrator"))]


def test_no_pair_is_named_while_roles_are_apart() -> None:
    assert not_separate(frozenset({"employee", "finance", "approver"})) == []
    assert not_separate(frozenset({"finance", "auditor"})) == [("finance", "auditor")]


def test_only_administrators_ask(company: Company) -> None:
    for who in (company.manager, company.reception, company.guard):
        call = company.call(who)
        for ask in (
            lambda call=call: roles.counts(call),
            lambda call=call: roles.overlaps(call),
            lambda call=call: roles.holders(call, "gate", None),
            lambda call=call: roles.give(call, "gate", company.host.id),
        ):
            with pytest.raises(Forbidden):
                ask()
