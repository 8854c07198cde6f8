"""A visit's archive: all that the spec asks for, counted, and found out when it is not what was written."""

from __future__ import annotations

import zlib
from datetime import timedelta

import pytest

from chalicelib.domain.archives import PARTS
from chalicelib.domain.errors import NotFound
from chalicelib.domain.visits import Visit, move
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.store import Update
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services import archives
from chalicelib.services.call import Call
from tests import company
from tests.reception import ENDS
from tests.services.conftest import Company
from tests.services.test_visits import decide, submitted
from tests.workflows.stage import PUBLIC_URL, Stage


def archived(stage: Stage) -> str:
    visit = stage.visit(2, status="closed", ended_at=ENDS)
    archives.archive(stage.call(now=ENDS + timedelta(hours=1)), visit, PUBLIC_URL)
    return visit.id


def reader(stage: Stage, *roles: str) -> Call:
    person = company.person("wu.fang", roles=frozenset({"employee", *roles}))
    return Call(stage.store, ENDS, lambda: "id", person, person.id)


def test_an_archive_says_how_much_it_holds_and_is_whole() -> None:
    stage = Stage()
    archive = archives.view(reader(stage, "auditor"), archived(stage))
    assert archive.whole
    assert set(archive.content["holds"]) == set(PARTS)
    assert archive.content["holds"]["visitors"] == len(archive.content["visitors"]) == 2
    assert {"bookings", "estimate", "starts", "ends"} <= set(archive.content["visit"])


def test_an_archive_names_who_decided_and_in_which_step(company: Company) -> None:
    visit_id = submitted(company)
    decide(company, "approve", "欢迎")
    (head,) = company.store.get(VisitItem.at(visit_id))
    closed = move(head.to(Visit), "close", ENDS)
    company.store.write(replace_item(VisitItem.from_visit(closed)))
    call = company.call(None, now=ENDS)
    call.permit_public("the workflow")
    archives.archive(call, closed, PUBLIC_URL)
    (kept,) = archives.view(company.call(company.applicant), visit_id).content["approvals"]
    assert [(line["what"], kept["names"][line["who"]], line["comment"]) for line in kept["trail"]] == [
        ("submitted", "林梅", ""),
        ("approved", "陈经理", "欢迎"),
    ]
    assert kept["trail"][1]["step"] in kept["steps"]


def test_an_archive_that_was_touched_is_not_whole() -> None:
    stage = Stage()
    id = archived(stage)
    (item,) = stage.store.all(ArchiveItem)
    changed = zlib.compress(item.document().replace("访客".encode(), "别人".encode()))
    stage.store.write(Update(ArchiveItem.at(id), {"content": changed}, {}))
    assert not archives.view(reader(stage, "auditor"), id).whole


def test_who_may_not_see_the_visit_sees_no_archive_of_it() -> None:
    stage = Stage()
    id = archived(stage)
    with pytest.raises(NotFound):
        archives.view(reader(stage), id)
