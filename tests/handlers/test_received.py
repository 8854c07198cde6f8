"""Received invoices over HTTP: read, registered, listed, had as a file; by a store and a bucket in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.gateways.files import PostForm
from chalicelib.services import received
from chalicelib.services.call import Call
from chalicelib.services.received import Named, reading
from chalicelib.services.uploads import announcing, giving
from chalicelib.settings import settings
from tests import company, desk, invoices
from tests.client import Client
from tests.services.conftest import new_id
from tests.services.received.bucket import Bucket
from tests.services.received.desk import PNG, STATED

OWNER = company.person("applicant", name="林梅")
OTHER = company.person("other", name="何先生")
FINANCE = company.person(
    "finance", name="钱会", roles=frozenset({"employee", "finance"}), second_factor_since=company.LONG_AGO
)


class Posting(Bucket):
    """A bucket to which browsers post, and from which they are sent links."""

    def post_form(self, *given: Any) -> PostForm:
        return PostForm("https://bucket.example", {"key": str(given[0])})

    def link(self, *given: Any) -> str:
        return f"https://bucket.example/{given[0]}"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Posting:
    made = Posting()
    for module in (announcing, giving, reading):
        monkeypatch.setattr(module, "files", lambda: made)
    return made


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch, bucket: Posting) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (OWNER, OTHER, FINANCE):
        company.add_person(opened.store, someone)
    yield opened


def me(counter: desk.Desk) -> Client:
    return counter.client(OWNER)


def brought(client: Client, bucket: Posting, name: str, content: bytes) -> str:
    body = {"name": name, "size": len(content), "purpose": "received"}
    answer = client.post("/uploads", body)
    assert answer.status == 201, answer.text
    bucket.contents[f"uploads/{answer.json['id']}"] = content
    return str(answer.json["id"])


def make(client: Client, **facts: Any) -> str:
    answer = client.post("/received", STATED | facts)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def use(counter: desk.Desk, id: str, amount: int) -> None:
    call = Call(counter.store, counter.now, new_id, OWNER, OWNER.id, permitted=["the claim's own transaction"])
    call.commit({}, *received.using(call, "C1", {}, {id: amount}))


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status == 422, answer.text
    return [(each["path"], each["code"]) for each in answer.json["errors"]]


def test_an_invoice_is_registered_listed_and_shown(counter: desk.Desk) -> None:
    id = make(me(counter), tax="18.00")
    listed = me(counter).get("/received").json["items"]
    assert [(each["id"], each["total"], each["left"], each["state"]) for each in listed] == [
        (id, 30_000, 30_000, "unused")
    ]
    shown = me(counter).get(f"/received/{id}").json
    assert (shown["invoice"]["net"], shown["backs"], shown["moves"]) == (28_200, [], ["discard"])


def test_a_program_may_state_sums_in_minor_units(counter: desk.Desk) -> None:
    id = make(me(counter), total=30_050, currency="EUR")
    assert me(counter).get(f"/received/{id}").json["invoice"]["total"] == 30_050


def test_what_is_read_is_told_and_kept_beside_what_is_stated(counter: desk.Desk, bucket: Posting) -> None:
    file = brought(me(counter), bucket, "Rechnung.pdf", invoices.pdf(invoices.cii()))
    told = me(counter).post("/received/read", {"file": [file], "qr": ""}).json["values"]
    assert (told["number"], told["total"]) == ("RE-2026/17", "119.00")
    answer = me(counter).post("/received", {"file": [file], "total": "200", "tax": "19", "net": "181"})
    assert (answer.status, answer.json["differs"]) == (201, ["total", "net"])
    page = me(counter).page(f"/received/{answer.json['id']}?lang=en").text
    assert "the invoice says 119.00" in page
    assert "Rechnung.pdf" in page
    link = counter.client(FINANCE).get(f"/files/{file}")
    assert (link.status, counter.client(OTHER).get(f"/files/{file}").status) == (302, 404)


def test_a_code_that_is_none_is_told_at_its_field(counter: desk.Desk) -> None:
    assert faults(me(counter).post("/received/read", {"qr": "https://example.com"})) == [("qr", "fapiao_unknown")]
    assert faults(me(counter).post("/received", STATED | {"qr": "01,32,,1"})) == [("qr", "fapiao_number")]
    told = me(counter).post("/received/read?lang=zh-CN", {"qr": "junk"}).json["errors"][0]["message"]
    assert "二维码" in told


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "file_not_as_named"),
        ("a.xml", b"<a>" + b"x" * 5000 + b"<!DOCTYPE", "xml_not_well_formed"),
        ("a.pdf", invoices.pdf(b"<a>" + b" " * (11 * 1024 * 1024) + b"</a>"), "file_unpacks_too_large"),
        ("a.ofd", invoices.zipped({"OFD.xml": b"<a>" + b" " * 5_000_000 + b"</a>"}), "file_unpacks_too_large"),
        ("a.ofd", invoices.zipped({"a.xml": b"<a/>"}), "file_not_as_named"),
        ("a.png", b"GIF89a", "file_not_as_named"),
    ],
    ids=["entities", "broken", "bomb in a pdf", "bomb in an ofd", "any zip", "another picture"],
)
def test_a_hostile_file_is_a_clear_error_of_its_field(
    counter: desk.Desk, bucket: Posting, name: str, content: bytes, code: str
) -> None:
    file = brought(me(counter), bucket, name, content)
    for path, body in (("/received/read", {}), ("/received", STATED)):
        assert faults(me(counter).post(path, body | {"file": [file]})) == [("file", code)]
    assert me(counter).get("/received").json["items"] == []


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"total": "-1"}, ("total", "bad_amount")),
        ({"total": 10**15}, ("total", "bad_amount")),
        ({"total": "1.0001", "currency": "JPY"}, ("total", "bad_amount")),
        ({"currency": "XYZ"}, ("currency", "unknown_currency")),
        ({"currency": None, "total": 300}, ("currency", "required")),
        ({"day": "2026-02-30"}, ("day", "bad_format")),
        ({"day": ""}, ("day", "bad_format")),
        ({"type": "banknote"}, ("type", "bad_choice")),
        ({"number": "x" * 41}, ("number", "too_long")),
        ({"file": ["a", "b"]}, ("file", "too_many_rows")),
        ({"total": "300", "tax": "400"}, ("tax", "tax_above_total")),
    ],
)
def test_what_cannot_be_is_named(counter: desk.Desk, facts: dict[str, Any], fault: tuple[str, str]) -> None:
    assert fault in faults(me(counter).post("/received", STATED | facts))


def test_a_repetition_of_the_command_gives_the_first_answer(counter: desk.Desk, bucket: Posting) -> None:
    file = brought(me(counter), bucket, "a.png", PNG)
    first, again = (me(counter).post("/received", STATED | {"file": [file]}, key="one-key") for _ in range(2))
    assert (again.status, again.json) == (first.status, first.json)
    assert len(me(counter).get("/received").json["items"]) == 1


def test_the_list_is_narrowed_down_and_had_as_a_file(counter: desk.Desk) -> None:
    used, other = make(me(counter)), make(me(counter), number="=18", seller="@cmd")
    use(counter, used, 10_000)
    for state, id in (("used", used), ("unused", other)):
        assert [each["id"] for each in me(counter).get(f"/received?state={state}").json["items"]] == [id]
    answer = me(counter).get("/received?format=csv&lang=en")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Type of invoice", "Invoice code", "Invoice number"]
    assert [(row[2], row[3], row[9], row[12], row[13]) for row in rows[1:]] == [
        ("'=18", "'@cmd", "300.00", "0.00", "Can be claimed"),
        ("17", "上海饭店", "300.00", "100.00", "Used"),
    ]
    assert me(counter).get("/received?format=xlsx&state=used").status == 200


def test_a_used_invoice_shows_its_claim_to_those_who_may_see_it_and_stays(
    counter: desk.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = make(me(counter))
    use(counter, id, 10_000)
    unnamed = me(counter).get(f"/received/{id}").json["backs"]
    assert unnamed == [{"amount": 10_000, "live": True, "number": ""}]
    assert "A document that you may not see" in me(counter).page(f"/received/{id}?lang=en").text
    monkeypatch.setitem(received.DOCUMENTS, "claim", lambda call, document: Named("CL-7", "林梅", "/claims/C1"))
    assert "CL-7" in me(counter).page(f"/received/{id}").text
    refused = me(counter).post(f"/received/{id}/actions", {"action": "discard"})
    assert (refused.status, refused.json["code"]) == (409, "invoice_in_use")
    assert counter.client(OTHER).get(f"/received/{id}").status == 200  # who sees the claim sees what backs it


def test_an_invoice_is_discarded(counter: desk.Desk) -> None:
    id = make(me(counter))
    assert counter.client(OTHER).post(f"/received/{id}/actions", {"action": "discard"}).status == 404
    assert counter.client(FINANCE).post(f"/received/{id}/actions", {"action": "discard"}).status == 403
    answer = me(counter).post(f"/received/{id}/actions", {"action": "discard"})
    assert (answer.status, answer.json["location"]) == (200, "/received")
    assert me(counter).get("/received").json["items"] == []
    assert "已移除" in me(counter).page(f"/received/{id}?lang=zh-CN").text


def test_only_the_form_may_compile_the_scanner_and_reach_the_bucket(counter: desk.Desk) -> None:
    policy = me(counter).page("/received/new").headers["content-security-policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert f"connect-src 'self' {settings().files_origin};" in policy
    elsewhere = me(counter).page("/received").headers["content-security-policy"]
    assert "wasm" not in elsewhere
    assert "connect-src 'self';" in elsewhere


def test_a_browser_that_was_refused_finds_what_it_typed_and_its_file(counter: desk.Desk, bucket: Posting) -> None:
    file = brought(me(counter), bucket, "a.png", PNG)
    answer = me(counter).submit("/received", {"seller": "上海饭店", "file.0": file, "total": "x"})
    assert answer.status == 422
    assert 'value="上海饭店"' in answer.text
    assert f'name="file.0" value="{file}"' in answer.text
    assert "a.png" in answer.text


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("path", ["/received", "/received?state=used", "/received/new", "/received/{id}"])
def test_pages_are_made_in_both_languages(counter: desk.Desk, path: str, language: str) -> None:
    id = make(me(counter))
    joint = "&" if "?" in path else "?"
    answer = me(counter).page(path.format(id=id) + f"{joint}lang={language}")
    assert answer.status == 200
    assert {"en": "nvoice", "zh-CN": "发票"}[language] in answer.text
