"""A small company in memory, with a site, for the tests of use cases."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.sites import Gate, Resource, Site
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import DynamoStore, create
from chalicelib.services.call import Call, RequestKey
from tests.company import NOW, add_department, add_person, person
from tests.fakes import MemoryStore
from tests.workflows.stage import Stage

SITE = Site(
    id="hq",
    name={"zh-CN": "总部", "en": "Head office"},
    address={"zh-CN": "中山路 1 号", "en": "1 Zhongshan Road"},
    rules={"zh-CN": "请佩戴访客证", "en": "Please wear your badge"},
    time_zone="Asia/Shanghai",
    gates=(Gate("north", {"zh-CN": "北门", "en": "North gate"}), Gate("south", {"zh-CN": "南门", "en": "South gate"})),
    resources=(
        Resource("r1", "room", {"zh-CN": "一号会议室", "en": "Room 1"}, 8),
        Resource("r2", "room", {"zh-CN": "二号会议室", "en": "Room 2"}, 20),
    ),
)
_ids = count(1)


def new_id() -> str:
    """Another id of a ULID's form."""
    return f"01TESTS{next(_ids):019}"


class Company:
    """Applicant, manager, host, guard and administrator over one store, in memory unless another one is given."""

    def __init__(self, store: Any = None) -> None:
        self.store: MemoryStore = store or MemoryStore()
        self.now = NOW
        add_department(self.store)
        self.admin = self._hire("admin", roles=frozenset({"employee", "administrator"}))
        self.manager = self._hire("manager", name="陈经理", manager=self.admin.id)
        self.applicant = self._hire("applicant", name="林梅", manager=self.manager.id)
        self.host = self._hire("host", name="何先生")
        self.stranger = self._hire("stranger")
        self.reception = self._hire("reception", roles=frozenset({"employee", "reception"}))
        self.guard = self._hire("guard", roles=frozenset({"employee", "gate"}), site="hq")
        self.store.write(create(SiteItem.from_site(SITE)))

    def _hire(self, login: str, **facts: Any) -> Person:
        return add_person(self.store, person(login, **facts))

    def call(self, who: Person | None, **facts: Any) -> Call:
        """A call of that person now."""
        key = facts.pop("key", None)
        facts["key"] = RequestKey(key, facts.pop("fingerprint", key)) if key else None
        actor = who.id if who else "public"
        return Call(self.store, facts.pop("now", self.now), new_id, who, actor, **facts)


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.fixture
def stage() -> Stage:
    """A visit on its way through the workflow."""
    return Stage()


@pytest.fixture
def plain_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """QR pictures that cost nothing: their text."""
    monkeypatch.setattr("chalicelib.services.qr.png", str.encode)
    monkeypatch.setattr("chalicelib.services.qr.svg", str.encode)


@pytest.fixture(params=["memory", "dynamodb"])
def on_either_store(request: pytest.FixtureRequest) -> Company:
    """A company on the store in memory, and the same on DynamoDB."""
    if request.param == "memory":
        return Company()
    request.getfixturevalue("aws")
    return Company(DynamoStore())
