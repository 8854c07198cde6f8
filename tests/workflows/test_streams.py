"""Stream consumers: the same tables in whatever order, however often, and whatever fails in between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Contention
from chalicelib.domain.passes import Pass, enter, leave
from chalicelib.models.approvals import TaskItem
from chalicelib.models.audit import AUDITED, SHARDS, EntryItem, chain
from chalicelib.models.gate import PassItem
from chalicelib.models.notifications import IntentItem, NoticeItem
from chalicelib.models.statistics import CellItem
from chalicelib.models.store import Put
from chalicelib.models.store import replace as replace_item
from chalicelib.models.work import opening
from chalicelib.services import archives, closing, statistics
from chalicelib.services.audit import verify_chain
from chalicelib.services.inviting import invite
from chalicelib.workflows import context, deliver, drive, record
from tests.company import add_person, person
from tests.reception import ENDS, STARTS
from tests.workflows.stage import PUBLIC_URL, FakeFiles, Stage
from tests.workflows.stream import StreamingStore, batches

AREAS = AUDITED


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A stage whose tables, clock and gateways the functions use."""
    stage = Stage(StreamingStore())
    put_on(stage, monkeypatch)
    monkeypatch.setattr("chalicelib.services.qr.png", str.encode)
    monkeypatch.setattr("chalicelib.services.qr.svg", str.encode)
    yield stage


def put_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "store", lambda: stage.store)
    monkeypatch.setattr(context, "clock", lambda: stage.now)
    monkeypatch.setattr(drive, "visit_executions", lambda: stage.executions)
    monkeypatch.setattr(deliver, "sms", lambda: stage.sms)
    monkeypatch.setattr(record, "bucket", lambda: stage.files)


def a_visits_life(stage: Stage) -> None:
    """Submitted, approved, invited; one comes and goes, one does not come; closed and archived."""
    visit = stage.visit(visitors=2, status="pending", approved_at=None)
    add_person(stage.store, person("boss", id="P-boss"))
    stage.store.write(opening(visit, stage.now))
    task = TaskItem(
        *TaskItem.at("visit-V", "visit-V.1")[1:],
        id="visit-V.1",
        approval="visit-V",
        document_kind="visit",
        document_id=visit.id,
        definition_key="visit",
        definition_version=1,
        origin="rule",
        subject=visit.party,
        facts={},
        person="P-boss",
        applicant=visit.applicant,
        applicant_name=visit.applicant_name,
        step="manager",
        status="open",
        opened_at=stage.now,
    )
    stage.store.write(Put(task.listed()))
    approved = stage.become(visit, "approved")
    invite(stage.call(), stage.means, approved, 0)
    held = stage.store.all(PassItem)[0].to(Pass)
    came = enter(held, STARTS + timedelta(minutes=5), "east")
    for each in (came, leave(came, STARTS + timedelta(minutes=65), "east")):
        stage.store.write(replace_item(PassItem.from_pass(each)))
    closing.close(stage.call(ENDS), stage.read(visit))
    archives.archive(stage.call(ENDS), stage.read(visit), PUBLIC_URL)


def figures(stage: Stage, scope: str = "company") -> dict[str, int]:
    return {name: n for name, n in statistics.read(stage.store, scope, ["2026-03"])["2026-03"].items() if n}


def test_a_visits_life_is_counted_once_in_every_scope(stage: Stage) -> None:
    a_visits_life(stage)
    for event in batches(stage.store.taken(*AREAS)):
        record.run(event, None)
    expected = {
        "submitted": 1,
        "closed": 1,
        "arrivals": 1,
        "check_ins": 1,
        "no_shows": 1,
        "on_time": 1,
        "stays": 1,
        "stay_minutes": 60,
    }
    assert figures(stage) == expected
    assert figures(stage, "site#hq") == figures(stage, "department#D-sales") == expected


def tables(stage: Stage) -> tuple[Any, Any]:
    """Figures by cell, and what the chains say of each record's items without their places in the chain."""
    cells = {item.pk: dict(item.figures()) for item in stage.store.all(CellItem)}
    entries = sorted((item.event, item.record, item.item, str(item.new)) for item in stage.store.all(EntryItem))
    return cells, entries


@pytest.mark.parametrize("seed", range(5))
def test_events_twice_and_shuffled_give_the_same_figures_and_entries(stage: Stage, seed: int) -> None:
    a_visits_life(stage)
    records = stage.store.taken(*AREAS)
    twice = [*records, *records]
    random.Random(seed).shuffle(twice)
    for event in batches(twice, size=seed + 1):
        record.run(event, None)
    shuffled = tables(stage)
    _forget(stage)
    for event in batches(records):
        record.run(event, None)
    assert tables(stage) == shuffled


def _forget(stage: Stage) -> None:
    for place in [place for place in stage.store.items if place[0] in ("audit", "statistics")]:
        del stage.store.items[place]


def test_the_chains_hold_and_their_copies_say_the_same(stage: Stage) -> None:
    a_visits_life(stage)
    for event in batches(stage.store.taken(*AREAS), size=3):
        record.run(event, None)
    chains = [chain(area, shard) for area in AREAS for shard in range(SHARDS)]
    results = [verify_chain(stage.store, name, stage.files) for name in chains]
    assert [each.broken for each in results if each.broken] == []
    assert sum(each.entries for each in results) == sum(each.copied for each in results)
    assert sum(each.entries for each in results) == len(stage.store.all(EntryItem))


def test_a_copy_that_failed_is_made_with_the_next_change(stage: Stage) -> None:
    a_visits_life(stage)
    first, *rest = batches(stage.store.taken("reception"))

    class NoBucket(FakeFiles):
        def put(self, key: str, content: bytes, content_type: str) -> None:
            raise Contention

    working = stage.files
    stage.files = NoBucket()
    with pytest.raises(Contention):
        record.run(first, None)
    stage.files = working
    for event in (first, *rest):
        record.run(event, None)
    copied = b"".join(content for key, content in working.kept.items() if key.startswith("chain/"))
    assert copied.count(b"\n") == len(stage.store.all(EntryItem))


def test_a_recount_finds_no_difference_and_names_a_wrong_figure(stage: Stage) -> None:
    a_visits_life(stage)
    for event in batches(stage.store.taken(*AREAS)):
        record.run(event, None)

    def differences() -> list[Any]:
        return list(statistics.differences(stage.store, ["hq"], ["D-sales"], ["2026-03"]))

    assert differences() == []
    item = next(item for item in stage.store.all(CellItem) if item.pk.startswith("cell#company"))
    item.visitors = 7
    stage.store.write(Put(item, {}))
    (found,) = differences()
    assert (found.cell.scope, found.measure, found.kept, found.counted) == ("company", "visitors", 7, 0)


def test_driving_shuffled_and_twice_tells_everybody_once(stage: Stage) -> None:
    a_visits_life(stage)
    records = stage.store.taken(*AREAS)
    twice = [*records, *records]
    random.Random(1).shuffle(twice)
    for event in batches(twice):
        assert drive.run(event, None) == {"batchItemFailures": []}
    told = sorted((item.person, item.template) for item in stage.store.all(NoticeItem))
    assert told == [("P-boss", "task_opened"), ("P-host", "guest_arrived")]


def test_a_record_that_fails_is_named_and_those_after_it_wait(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    a_visits_life(stage)
    event = {"Records": stage.store.taken("reception")}

    def busy(*_: Any) -> None:
        raise Contention

    monkeypatch.setattr("chalicelib.services.workflows.advance", busy)
    failed = drive.run(event, None)["batchItemFailures"]
    first_move = next(
        each for each in event["Records"] if each["dynamodb"].get("NewImage", {}).get("kind", {}).get("S") == "visit"
    )
    assert failed == [{"itemIdentifier": first_move["dynamodb"]["SequenceNumber"]}]


def test_messages_are_sent_once_though_their_events_come_twice(stage: Stage) -> None:
    a_visits_life(stage)
    events = batches(stage.store.taken("notifications"))
    for event in (*events, *events):
        deliver.run(event, None)
    invitations, survey = ["+8613900000001", "+8613900000002"], "+8613900000001"
    assert [phone for phone, _ in stage.sms.sent] == [*invitations, survey]
    assert {(item.status, item.attempts) for item in stage.store.all(IntentItem)} == {("sent", 1)}
    assert all(f"{PUBLIC_URL}/i/" in text for _, text in stage.sms.sent)
