"""Table `directory`: people, departments, sites, resources; sign-in names; requests already answered.

| question | key |
|---|---|
| a person by id | pk `person#ID`, sk `profile` |
| whose login or e-mail is this | pk `login#TEXT` (lower case), sk `login` -> person id; makes both unique |
| people of a department, by name | index1 `department#ID`, `person#NAME#ID` |
| who holds a role | items pk `person#ID`, sk `role#ROLE`, in index2 `role#ROLE`, `ID` |
| find people by the beginning of their name | index3 `name#FIRST CHARACTER`, `NAME#ID` |
| whose account has yet to be made or closed (reconciler) | index2 `accounts#SHARD` (4), `ID`, gone once it is |
| who reports to a manager | items pk `person#ID`, sk `manager`, in index2 `reports#MANAGER`, `ID`; active people only |
| a person's leave | pk `person#ID`, sk `leave` (models/leaves.py) |
| a department by id | pk `department#ID`, sk `profile` |
| the department tree | index1 `departments#PARENT` (`departments#-` for the root), `NAME#ID` |
| all departments, by name | index3 `departments`, `NAME#ID` (hundreds, seldom changed) |
| whose path is on its way down (reconciler) | pk `spreading`, sk DEPARTMENT: written with the path, removed by the |
| | reconciler once nothing below has another one |
| which departments somebody heads | index2 `head#PERSON`, `ID` |
| a site with its gates and resources | pk `site#ID`, sk `profile` (models/sites.py) |
| all sites | index1 `sites`, `ID` (a group has tens, not thousands) |
| the office calendar | pk `calendar#office`, sk `profile` (models/office_calendar.py) |
| the answer to a repeated request | pk `request#PERSON#KEY`, sk `request` |
| failed sign-ins of a login | pk `attempts#LOGIN`, sk `attempts` |
"""

from datetime import datetime
from zlib import crc32

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.directory import Department, Person
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta

ACCOUNT_SHARDS = 4


def unsettled_accounts(shard: int) -> str:
    """The index partition of one of ACCOUNT_SHARDS shards of the people whose account is not where it should be."""
    return f"accounts#{shard}"


class DirectoryTable(Item):
    """Any item of the directory."""

    area = "directory"
    Meta = table_meta("directory")


class PersonItem(DirectoryTable, discriminator="person"):
    """A person's profile."""

    id = UnicodeAttribute()
    login = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    phone = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    manager = UnicodeAttribute(null=True)
    roles = DataAttribute[frozenset[str]](frozenset[str])
    locale = UnicodeAttribute()
    time_zone = UnicodeAttribute()
    site = UnicodeAttribute(null=True)
    active = BooleanAttribute()
    second_factor_since = InstantAttribute(null=True)
    signed_out_at = InstantAttribute(null=True)
    account = UnicodeAttribute(default="pending")
    grade = UnicodeAttribute(null=True)
    region = UnicodeAttribute(null=True)
    substitute = UnicodeAttribute(null=True)
    away_from = InstantAttribute(null=True)
    away_until = InstantAttribute(null=True)

    @classmethod
    def at(cls, person_id: str) -> Key:
        """Where the profile of `person_id` lives."""
        return cls, f"person#{person_id}", "profile"

    @classmethod
    def from_person(cls, person: Person) -> "PersonItem":
        """The item of a person; those who left are in no list of active people."""
        keys = {"index1_pk": f"department#{person.department}", "index1_sk": f"person#{person.name}#{person.id}"}
        if person.active:
            keys |= {"index3_pk": f"name#{person.name[:1].lower()}", "index3_sk": f"{person.name.lower()}#{person.id}"}
        if person.account != ("ready" if person.active else "closed"):
            shard = crc32(person.id.encode()) % ACCOUNT_SHARDS
            keys |= {"index2_pk": unsettled_accounts(shard), "index2_sk": person.id}
        return cls.of(person, pk=f"person#{person.id}", sk="profile", **keys)


class RoleItem(DirectoryTable, discriminator="role"):
    """One role of one active person. `employee` has no such items: its key would hold the whole company."""

    @classmethod
    def of_person(cls, person_id: str, role: str) -> "RoleItem":
        """The membership of a person in a role."""
        return cls(f"person#{person_id}", f"role#{role}", index2_pk=f"role#{role}", index2_sk=person_id)


class ReportItem(DirectoryTable, discriminator="report"):
    """That an active person reports to `manager`."""

    manager = UnicodeAttribute()

    @classmethod
    def at(cls, person_id: str) -> Key:
        """Where the manager of a person stands."""
        return cls, f"person#{person_id}", "manager"

    @classmethod
    def of_person(cls, person_id: str, manager: str) -> "ReportItem":
        """The person among those who report to `manager`."""
        return cls(*cls.at(person_id)[1:], manager=manager, index2_pk=f"reports#{manager}", index2_sk=person_id)


class LoginItem(DirectoryTable, discriminator="login"):
    """A login or e-mail address that is taken."""

    person_id = UnicodeAttribute()

    @classmethod
    def at(cls, text: str) -> Key:
        """Where the owner of a login or e-mail stands."""
        return cls, f"login#{text.strip().lower()}", "login"


class DepartmentItem(DirectoryTable, discriminator="department"):
    """A department."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    parent = UnicodeAttribute(null=True)
    head = UnicodeAttribute(null=True)
    cost_centre = UnicodeAttribute()
    path = DataAttribute[tuple[str, ...]](tuple[str, ...])

    @classmethod
    def at(cls, department_id: str) -> Key:
        """Where the department lives."""
        return cls, f"department#{department_id}", "profile"

    @classmethod
    def from_department(cls, department: Department) -> "DepartmentItem":
        """The item of a department, listed under its parent, its head and among all."""
        head = {"index2_pk": f"head#{department.head}", "index2_sk": department.id} if department.head else {}
        return cls.of(
            department,
            pk=f"department#{department.id}",
            sk="profile",
            index1_pk=f"departments#{department.parent or '-'}",
            index1_sk=f"{department.name}#{department.id}",
            index3_pk="departments",
            index3_sk=f"{department.name}#{department.id}",
            **head,
        )


SPREADING = "spreading"
"""The partition of the departments whose path is on its way down: a few at most, and mostly none."""


class SpreadItem(DirectoryTable, discriminator="spread"):
    """A department whose path may not have reached what lies directly below it; `since` is when it changed."""

    since = InstantAttribute()

    @classmethod
    def of_department(cls, department_id: str, since: datetime) -> "SpreadItem":
        """The note, to be written with the path."""
        return cls(SPREADING, department_id, since=since)


class RequestItem(DirectoryTable, discriminator="request"):
    """The first answer to a request that carried an Idempotency-Key; kept for good, so that late repeats find it."""

    fingerprint = UnicodeAttribute()
    answer = DataAttribute[dict[str, object]](dict[str, object])
    at_time = InstantAttribute()

    @classmethod
    def at(cls, actor: str, key: str) -> Key:
        """Where the answer to `key` of `actor` lives."""
        return cls, f"request#{actor}#{key}", "request"


class AttemptsItem(DirectoryTable, discriminator="attempts"):
    """Failed sign-ins of one login since the last success; `until` is the end of the lock-out."""

    failures = IntegerAttribute(default=0)
    until = InstantAttribute(null=True)

    @classmethod
    def at(cls, login: str) -> Key:
        """Where the counter of a login lives."""
        return cls, f"attempts#{login.strip().lower()}", "attempts"
