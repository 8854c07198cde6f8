"""Changing people: joining, changing, leaving, and the first password."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

from chalicelib.domain.directory import Department, Person, Profile
from chalicelib.domain.errors import Conflict, FieldError, IllegalMove, Invalid, NotFound, Stale
from chalicelib.gateways.cognito import user_pool
from chalicelib.models import store as write
from chalicelib.models.directory import DepartmentItem, LoginItem, PersonItem, ReportItem, RoleItem
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.store import Check, Delete, Operation, Put
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import last_administrator, reading
from chalicelib.services.permissions import COMPANY, Resource

MANAGE = "directory:manage"


def view(call: Call, person_id: str) -> Person:
    """A person's profile, for themselves and administrators; raises NotFound for everybody else."""
    call.permit("profile:view", Resource("Profile", person_id, {"owner": person_id}), unseen=True)
    return reading.person(call.store, person_id, call.now, fresh=True)


def managed(call: Call, person_id: str) -> Person:
    """A person as administrators see them; raises NotFound."""
    call.permit(MANAGE, COMPANY)
    return reading.person(call.store, person_id, call.now, fresh=True)


def create(call: Call, profile: Profile) -> Answer:
    """Somebody joins. The account in the user pool follows from the stream (services/accounts.py).

    Raises Invalid for taken sign-in names, unknown departments, managers and roles.
    """
    call.permit(MANAGE, COMPANY)
    profile.check()
    (found,) = call.store.get(DepartmentItem.at(profile.department))
    department = _known(found)
    person = _person(call.new_id(), profile, department)
    listed = [*_names(person), *_roles(person, frozenset()), *_reporting(person)]
    return _commit(call, person, *_settled(person.id, profile, department), *listed)


def change(call: Call, person_id: str, profile: Profile) -> Answer:
    """State a person's facts anew.

    Raises NotFound, Stale, IllegalMove for who left, Conflict last_administrator, Invalid as create does.
    """
    call.permit(MANAGE, COMPANY)
    profile.check()
    found, department = call.store.get(PersonItem.at(person_id), DepartmentItem.at(profile.department))
    before, department = _working(_expected(call, found)), _known(department)
    person = replace(
        before,
        **asdict(profile) | {"roles": profile.roles | {"employee"}},
        department_path=department.path,
        version=before.version + 1,
    )
    listed = [*_renamed(before, person), *_roles(person, before.roles), *_reporting(person)]
    stays = last_administrator.another_stays(call, before, person)
    settled = [each for each in _settled(person.id, profile, department) if each.key not in {one.key for one in stays}]
    return _commit(call, person, *settled, *stays, *listed)


def prefer(call: Call, locale: str, time_zone: str) -> Answer:
    """My own language and time zone. Raises Stale."""
    call.permit("profile:change", Resource("Profile", call.me.id, {"owner": call.me.id}))
    before = _working(_current(call, call.me.id))
    after = replace(before, locale=locale, time_zone=time_zone, version=before.version + 1)
    return _commit(call, after, location="/me")


def depart(call: Call, person_id: str) -> Answer:
    """Somebody leaves: no sign-in counts from now on, no role is held; the user pool follows from the stream."""
    call.permit(MANAGE, COMPANY)
    if person_id == call.me.id:
        raise Conflict("not_yourself")
    person = _current(call, person_id).departed()
    gone = [Delete(RoleItem.of_person(person.id, role).key, {}) for role in sorted(_listed(person.roles))]
    return _commit(call, person, *gone, *_reporting(person), Delete(LeaveItem.at(person.id), {}))


def reset_second_factor(call: Call, person_id: str) -> Answer:
    """Somebody lost their authenticator: sessions end, and a new one is set up at the next sign-in.

    The user pool follows from the stream (services/accounts.py); until then it goes on asking for the old code.
    """
    call.permit(MANAGE, COMPANY)
    before = _working(_current(call, person_id))
    after = replace(before, second_factor_since=None, account="pending", version=before.version + 1)
    return _commit(call, after)


def set_password(call: Call, person_id: str, password: str, temporary: bool) -> Answer:
    """Set a password, which ends the sessions there were; a temporary one must be changed at the next sign-in.

    The one command that calls the user pool itself: a password may stand in no table, so it cannot wait for the
    stream. Repeating it does the same again, but not once it was answered: the person may have another password by
    then. Raises Invalid for a weak password, IllegalMove for who left.
    """
    first, (actor, found) = call.first_answer_with(PersonItem.at(call.me.id), PersonItem.at(person_id))
    call = replace(call, person=actor.to(Person))
    call.permit(MANAGE, COMPANY)
    if first is not None:
        return first
    before = _working(_expected(call, found))
    user_pool().create(before.id)
    user_pool().set_password(before.id, password, temporary)
    # The second before, so that a sign-in with the new password counts at once (times of sign-ins are whole seconds).
    ended = call.now.replace(microsecond=0) - timedelta(seconds=1)
    return _commit(call, replace(before, account="ready", signed_out_at=ended, version=before.version + 1))


def _current(call: Call, person_id: str) -> Person:
    (found,) = call.store.get(PersonItem.at(person_id))
    return _expected(call, found)


def _expected(call: Call, found: PersonItem | None) -> Person:
    """The person that was read, in the version that the caller has seen."""
    if found is None:
        raise NotFound
    if call.expected_version not in (None, found.version):
        raise Stale
    return found.to(Person)


def _working(person: Person) -> Person:
    """The person, who still works here."""
    if not person.active:
        raise IllegalMove(state="departed")
    return person


def _known(found: DepartmentItem | None) -> Department:
    if found is None:
        raise Invalid(FieldError("department", "unknown_department"))
    return found.to(Department)


def _person(person_id: str, profile: Profile, department: Department) -> Person:
    facts = asdict(profile) | {"roles": profile.roles | {"employee"}}
    return Person(id=person_id, department_path=department.path, **facts)


def _settled(person_id: str, profile: Profile, department: Department) -> list[Check]:
    """The department is where it was read, and the manager works here, in the moment of writing."""
    if profile.manager == person_id:
        raise Invalid(FieldError("manager", "not_yourself"))
    unknown = Invalid(FieldError("manager", "unknown_person"))
    manager = [Check(PersonItem.at(profile.manager), {"active": True}, unknown)] if profile.manager else []
    return [Check(DepartmentItem.at(department.id), {"version": department.version}), *manager]


def _names(person: Person) -> list[Operation]:
    return [_claimed(person, text, field) for text, field in _fields(person).items()]


def _renamed(before: Person, after: Person) -> list[Operation]:
    old, new = _fields(before), _fields(after)
    given_up = [Delete(LoginItem.at(text), {"person_id": before.id}) for text in sorted(old.keys() - new.keys())]
    return [*given_up, *(_claimed(after, text, new[text]) for text in sorted(new.keys() - old.keys()))]


def _fields(person: Person) -> dict[str, str]:
    """The texts with which the person signs in, and the field that each stands in."""
    return {person.email.lower(): "email", person.login.lower(): "login"}


def _claimed(person: Person, text: str, field: str) -> Operation:
    _, pk, sk = LoginItem.at(text)
    return write.create(LoginItem(pk, sk, person_id=person.id), Invalid(FieldError(field, "name_taken")))


def _roles(person: Person, before: frozenset[str]) -> list[Operation]:
    """The changes of the list of who holds which role."""
    old, new = _listed(before), _listed(person.roles)
    gone = [Delete(RoleItem.of_person(person.id, role).key, {}) for role in sorted(old - new)]
    return [*gone, *(Put(RoleItem.of_person(person.id, role), {}) for role in sorted(new - old))]


def _reporting(person: Person) -> list[Operation]:
    """The person's place in the list of who reports to whom."""
    if person.active and person.manager:
        return [Put(ReportItem.of_person(person.id, person.manager), {})]
    return [Delete(ReportItem.at(person.id), {})]


def _listed(roles: frozenset[str]) -> frozenset[str]:
    return roles - {"employee"}


def _commit(call: Call, person: Person, *operations: Operation, location: str = "") -> Answer:
    answer = {"id": person.id, "version": person.version, "location": location or f"/people/{person.id}"}
    done = call.commit(answer, write.save(PersonItem.from_person(person)), *operations)
    reading.forget()
    return done
