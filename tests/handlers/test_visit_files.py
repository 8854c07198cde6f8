"""Files of a visit over HTTP: brought, put into its form, seen by those who see it; real tables, a bucket in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from chalicelib.models.sites import SiteItem
from chalicelib.models.store import DynamoStore, create
from chalicelib.settings import settings
from tests import company
from tests.client import PAGE, Client
from tests.handlers.test_processes import people  # noqa: F401 - a fixture
from tests.handlers.test_uploads import PDF, Bucket, announce, faults
from tests.handlers.test_visit_forms import FORM, SITE, near

People = dict[str, Client]


@pytest.fixture
def bucket(people: People, store: DynamoStore) -> Iterator[Bucket]:  # noqa: F811
    store.write(create(SiteItem.from_site(SITE)))
    made = Bucket()
    made.client.create_bucket(Bucket=made.name)
    made.client.put_bucket_versioning(Bucket=made.name, VersioningConfiguration={"Status": "Enabled"})
    yield made
    boto3.resource("s3").Bucket(made.name).object_versions.delete()
    made.client.delete_bucket(Bucket=made.name)


def brought(client: Client, bucket: Bucket, content: bytes = PDF, **facts: Any) -> str:
    id = str(announce(client, **{"purpose": "visit"} | facts)["id"])
    bucket.bring(id, content)
    return id


def asked(*files: str, days: int = 7, **facts: Any) -> dict[str, Any]:
    starts = (datetime.now(UTC) + timedelta(days=days)).replace(hour=2, minute=0, second=0, microsecond=0)
    times = {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=2)).isoformat()}
    visitors = [{"name": "李娜", "phone": "13912345678"}]
    return {"site": "hq", "purpose": "方案评审", "visitors": visitors, "attachments": [*files]} | times | facts


def applied(client: Client, *files: str, **facts: Any) -> str:
    answer = client.post("/visits", asked(*files, **facts))
    assert answer.status == 201, answer.text
    return str(answer.headers["location"])


def approve(people: People, where: str) -> None:  # noqa: F811
    id = where.rpartition("/")[2]
    answer = people["wang.fang"].post(f"/approvals/visit-{id}/actions", {"action": "approve"})
    assert answer.status == 200, answer.text


def named(client: Client, where: str) -> list[str]:
    return [each["id"] for each in client.get(where).json["visit"]["attachments"]]


def test_whoever_sees_the_visit_sees_its_files_and_has_them(people: People, bucket: Bucket) -> None:  # noqa: F811
    me, boss = people["chen.yu"], people["wang.fang"]
    file = brought(me, bucket, name="日程.pdf")
    where = applied(me, file, submit=True)
    assert me.get(where).json["visit"]["attachments"] == [
        {"id": file, "name": "日程.pdf", "media": "application/pdf", "size": len(PDF)}
    ]
    for page in (where, f"/approvals/visit-{where.rpartition('/')[2]}"):
        html = boss.get(page, headers={"Accept": PAGE}).text
        assert f'href="/files/{file}"' in html
        assert "日程.pdf" in html
    answer = boss.get(f"/files/{file}")
    assert (answer.status, f"/uploads/{file}?" in answer.headers["location"]) == (302, True)


def test_others_do_not_learn_that_there_is_a_file(
    people: People,  # noqa: F811
    bucket: Bucket,
    store: DynamoStore,
) -> None:
    me = people["chen.yu"]
    file = brought(me, bucket)
    applied(me, file, submit=True)
    stranger = company.add_person(store, company.person("stranger"))
    assert Client(me.app, stranger.id).get(f"/files/{file}").status == 404


def test_what_is_not_as_it_says_is_refused_at_its_place(people: People, bucket: Bucket) -> None:  # noqa: F811
    me = people["chen.yu"]
    program = brought(me, bucket, b"MZ\x90\x00\x03" + bytes(100), name="setup.pdf")
    missing = str(announce(me, purpose="visit")["id"])
    answer = me.post("/visits", asked(brought(me, bucket), program, missing))
    assert faults(answer) == [("attachments.1", "file_not_as_named"), ("attachments.2", "file_missing")]


def test_nobody_takes_somebody_elses_file_or_one_of_another_document(people: People, bucket: Bucket) -> None:  # noqa: F811
    me, boss = people["chen.yu"], people["wang.fang"]
    for file in (brought(boss, bucket), brought(me, bucket, purpose="request")):
        assert faults(me.post("/visits", asked(file))) == [("attachments.0", "file_unknown")]
    mine = brought(me, bucket)
    applied(me, mine)
    assert faults(me.post("/visits", asked(mine))) == [("attachments.0", "file_unknown")]


def test_more_than_ten_files_are_refused(people: People, bucket: Bucket) -> None:  # noqa: F811
    ((path, _),) = faults(people["chen.yu"].post("/visits", asked(*(f"F{n}" for n in range(11)))))
    assert path == "attachments"


def test_a_draft_that_is_saved_again_keeps_its_files_until_one_is_taken_out(
    people: People,  # noqa: F811
    bucket: Bucket,
) -> None:
    me = people["chen.yu"]
    first, second = brought(me, bucket), brought(me, bucket)
    where = applied(me, first)
    assert me.post(where, asked(first, second)).status == 200
    assert named(me, where) == [first, second]
    assert me.post(where, asked(second, submit=True)).status == 200
    assert named(me, where) == [second]


def test_a_repetition_of_the_command_gives_the_first_answer(people: People, bucket: Bucket) -> None:  # noqa: F811
    me = people["chen.yu"]
    body = asked(brought(me, bucket))
    first, again = (me.post("/visits", body, key="one-key") for _ in range(2))
    assert (again.status, again.json) == (first.status, first.json)


def test_an_approved_visit_takes_a_file_and_loses_it_at_once(people: People, bucket: Bucket) -> None:  # noqa: F811
    me = people["chen.yu"]
    first, second = brought(me, bucket), brought(me, bucket)
    where = applied(me, first, submit=True)
    approve(people, where)
    assert me.post(where, asked(second)).json["status"] == "approved"
    shown = me.get(where).json
    assert ([each["id"] for each in shown["visit"]["attachments"]], shown["change"]) == ([second], None)


def test_the_file_of_a_change_that_waits_is_seen_by_who_decides_it(people: People, bucket: Bucket) -> None:  # noqa: F811
    me, boss = people["chen.yu"], people["wang.fang"]
    where = applied(me, submit=True)
    approve(people, where)
    file = brought(me, bucket, name="预算.pdf")
    body = asked(file)
    longer = (datetime.fromisoformat(body["ends"]) + timedelta(days=1)).isoformat()
    assert me.post(where, body | {"ends": longer}).status == 200
    shown = boss.get(where).json
    assert (shown["visit"]["attachments"], shown["change"]["parts"]) == ([], ["attachments", "times"])
    page = boss.get(f"/approvals/visit-{where.rpartition('/')[2]}", headers={"Accept": PAGE}).text
    assert f'href="/files/{file}"' in page
    assert boss.get(f"/files/{file}").status == 302
    approve(people, where)
    assert named(me, where) == [file]


def test_a_copy_takes_no_files(people: People, bucket: Bucket) -> None:  # noqa: F811
    me = people["chen.yu"]
    file = brought(me, bucket)
    where = applied(me, file)
    assert f'name="attachments.0" value="{file}"' in me.get(f"{where}/edit", headers={"Accept": PAGE}).text
    assert file not in me.get(f"{where}/copy", headers={"Accept": PAGE}).text


def test_every_form_of_a_visit_may_reach_the_bucket(people: People, bucket: Bucket) -> None:  # noqa: F811
    me = people["chen.yu"]
    where = applied(me, brought(me, bucket))
    for path in ("/visits/new", f"{where}/edit", f"{where}/copy"):
        policy = me.get(path, headers={"Accept": PAGE}).headers["content-security-policy"]
        assert f"connect-src 'self' {settings().files_origin};" in policy, path
    page = me.get(where, headers={"Accept": PAGE}).headers["content-security-policy"]
    assert "connect-src 'self';" in page


def test_a_form_that_was_refused_shows_what_was_brought(people: People, bucket: Bucket) -> None:  # noqa: F811
    me = people["chen.yu"]
    file = brought(me, bucket, name="日程.pdf")
    html = me.submit("/visits", near() | {"purpose": "", "attachments.0": file, "submit": "true"})
    assert html.status == 422
    assert f'name="attachments.0" value="{file}"' in html.text
    assert "日程.pdf" in html.text
    sent = me.submit("/visits", near() | FORM | {"attachments.0": file, "submit": "true"})
    assert sent.status == 303, sent.text
