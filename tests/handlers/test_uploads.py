"""Files over HTTP: announced, brought, put into a request, had back; by real tables and a bucket in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
import pytest

from chalicelib.models.store import DynamoStore
from chalicelib.services import uploads
from chalicelib.settings import settings
from tests import company
from tests.client import PAGE, Client
from tests.handlers.test_processes import ADMIN, ME, field, people  # noqa: F401 - a fixture
from tests.services.conftest import new_id

PROCESS: dict[str, Any] = {
    "key": "buying",
    "prefix": "BUY",
    "title": {"en": "Purchase", "zh": "采购"},
    "fields": [field("why", "text"), field("offers", "file", types=["pdf", "image"], max=2)],
    "steps": [{"key": "boss", "title": {"en": "Boss", "zh": "上级"}, "rules": [{"kind": "manager", "levels": 1}]}],
}
PDF = b"%PDF-1.7 an offer"


class Bucket:
    """The bucket as the browser and the tests reach it."""

    def __init__(self) -> None:
        self.client = boto3.client("s3")
        self.name = settings().files_bucket

    def bring(self, id: str, content: bytes) -> None:
        """What S3 does with what a browser posts."""
        self.client.put_object(Bucket=self.name, Key=f"uploads/{id}", Body=content)

    def read(self, key: str) -> bytes:
        content: bytes = self.client.get_object(Bucket=self.name, Key=key)["Body"].read()
        return content


@pytest.fixture
def bucket(people: dict[str, Client]) -> Iterator[Bucket]:  # noqa: F811
    made = Bucket()
    made.client.create_bucket(Bucket=made.name)
    made.client.put_bucket_versioning(Bucket=made.name, VersioningConfiguration={"Status": "Enabled"})
    people["admin"].post("/processes", PROCESS)
    people["admin"].post("/processes/buying/actions", {"action": "publish"})
    yield made
    boto3.resource("s3").Bucket(made.name).object_versions.delete()
    made.client.delete_bucket(Bucket=made.name)


def announce(client: Client, name: str = "报价.pdf", **facts: Any) -> Any:
    body = {"name": name, "content_type": "application/pdf", "size": len(PDF), "purpose": "request"} | facts
    answer = client.post("/uploads", body)
    assert answer.status == 201, answer.text
    return answer.json


def brought(client: Client, bucket: Bucket, content: bytes = PDF, **facts: Any) -> str:
    id = str(announce(client, **facts)["id"])
    bucket.bring(id, content)
    return id


def asked(*files: str, **facts: Any) -> dict[str, Any]:
    return {"process": "buying", "values": {"why": "x", "offers": [*files]}} | facts


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status == 422, answer.text
    return [(each["path"], each["code"]) for each in answer.json["errors"]]


def test_the_browser_learns_where_to_post_exactly_this_file(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    said = announce(people["chen.yu"])
    assert said["url"].startswith(settings().files_origin)
    assert (said["fields"]["key"], said["fields"]["Content-Type"]) == (f"uploads/{said['id']}", "application/pdf")


def test_a_file_belongs_to_its_request_and_whoever_sees_that_may_have_it(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    me, boss = people["chen.yu"], people["wang.fang"]
    file = brought(me, bucket)
    assert me.get(f"/files/{file}").status == 404  # nobody holds it yet
    request = me.post("/requests", asked(file, submit=True)).json
    shown = me.get(f"/requests/{request['id']}").json
    assert shown["request"]["values"]["offers"] == [
        {"id": file, "name": "报价.pdf", "media": "application/pdf", "size": len(PDF)}
    ]
    answer = boss.get(f"/files/{file}")
    link = urlsplit(answer.headers["location"])
    assert (answer.status, answer.headers["x-content-type-options"]) == (302, "nosniff")
    told = parse_qs(link.query)
    assert unquote(told["response-content-disposition"][0]) == "attachment; filename*=UTF-8''报价.pdf"
    assert told["versionId"], "the version that was checked, as long as the browser may post another one"


def test_others_do_not_learn_that_there_is_a_file(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
    store: DynamoStore,
) -> None:
    file = brought(people["chen.yu"], bucket)
    people["chen.yu"].post("/requests", asked(file, submit=True))
    stranger = company.add_person(store, company.person("stranger"))
    client = people["chen.yu"].__class__(people["chen.yu"].app, stranger.id)
    assert client.get(f"/files/{file}").status == 404
    assert client.get("/files/unknown").status == 404


def test_a_file_that_is_kept_lies_where_no_browser_writes(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
    store: DynamoStore,
) -> None:
    from chalicelib.services.call import Call

    me = people["chen.yu"]
    file = brought(me, bucket)
    me.post("/requests", asked(file))
    bucket.bring(file, b"MZ something else, posted again with the same form")
    call = Call(store, company.NOW, new_id, None, "system:drive")
    call.permit_public("the stream")
    for _ in range(2):
        uploads.keep(call, file)
    assert bucket.read(f"files/{file}") == PDF
    assert f"/files/{file}?" in me.get(f"/files/{file}").headers["location"]


def test_what_is_not_as_it_says_is_refused_at_its_place(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    me = people["chen.yu"]
    program = brought(me, bucket, b"MZ\x90\x00\x03" + bytes(100), name="setup.pdf")
    assert faults(me.post("/requests", asked(brought(me, bucket), program))) == [
        ("values.offers.1", "file_not_as_named")
    ]
    assert faults(me.post("/requests", asked(str(announce(me)["id"])))) == [("values.offers.0", "file_missing")]
    notes = brought(me, bucket, b"notes", name="notes.txt", content_type="text/plain")
    assert faults(me.post("/requests", asked(notes))) == [("values.offers.0", "file_type_not_taken")]


def test_nobody_hands_in_what_somebody_else_brought_nor_twice(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    me, boss = people["chen.yu"], people["wang.fang"]
    file = brought(boss, bucket)
    assert faults(me.post("/requests", asked(file))) == [("values.offers.0", "file_unknown")]
    mine = brought(me, bucket)
    first = me.post("/requests", asked(mine)).json
    assert faults(me.post("/requests", asked(mine))) == [("values.offers.0", "file_unknown")]
    again = me.post(f"/requests/{first['id']}", {"values": {"why": "y", "offers": [mine]}})
    assert again.status == 200, again.text


def test_a_repetition_of_the_command_gives_the_first_answer(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    me = people["chen.yu"]
    body = asked(brought(me, bucket))
    first, again = (me.post("/requests", body, key="one-key") for _ in range(2))
    assert (again.status, again.json) == (first.status, first.json)


def test_the_form_may_reach_the_bucket_and_shows_what_was_brought_again_after_a_refusal(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    me = people["chen.yu"]
    page = me.get("/requests/new?process=buying", headers={"Accept": PAGE})
    assert f"connect-src 'self' {settings().files_origin};" in page.headers["content-security-policy"]
    assert 'accept="application/pdf,image/png' in page.text
    elsewhere = me.get("/requests", headers={"Accept": PAGE})
    assert "connect-src 'self';" in elsewhere.headers["content-security-policy"]
    file = brought(me, bucket)
    request = me.post("/requests", asked(file)).json
    edit = me.get(f"/requests/{request['id']}/edit", headers={"Accept": PAGE}).text
    assert f'name="values.offers.0" value="{file}"' in edit
    assert "报价.pdf" in edit
    assert f"/files/{file}" in me.get(f"/requests/{request['id']}", headers={"Accept": PAGE}).text


def test_a_sheet_has_the_names_of_the_files(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
) -> None:
    me = people["chen.yu"]
    me.post("/requests", asked(brought(me, bucket), submit=True))
    sheet = people["admin"].get("/requests?process=buying&format=csv")
    rows = list(csv.reader(io.StringIO(sheet.body.decode("utf-8-sig"))))
    assert rows[1][-1] == "报价.pdf"


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"name": "setup.exe", "content_type": "application/x-msdownload"}, ("content_type", "file_type_refused")),
        ({"size": 11 * 1024 * 1024}, ("size", "file_too_large")),
        ({"size": 0}, ("size", "file_empty")),
        ({"purpose": "anything"}, ("purpose", "bad_choice")),
    ],
)
def test_what_nobody_takes_is_refused_before_it_is_brought(
    people: dict[str, Client],  # noqa: F811
    bucket: Bucket,
    facts: dict[str, Any],
    fault: tuple[str, str],
) -> None:
    body = {"name": "a.pdf", "content_type": "application/pdf", "size": 5, "purpose": "request"} | facts
    assert faults(people["chen.yu"].post("/uploads", body)) == [fault]
