"""Visits and approvals as a browser sends them: forms, refusals on the same page, redirects, pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.sites import Resource, Site
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import DynamoStore, create
from tests import company
from tests.client import Client

SITE = Site(
    id="hq",
    name={"zh-CN": "总部", "en": "Head office"},
    address={},
    rules={},
    time_zone="Asia/Shanghai",
    resources=(Resource("r1", "room", {"zh-CN": "星海厅", "en": "Xinghai"}, 8),),
)
BOSS = company.person("wang.fang", name="王芳")
ME = company.person("chen.yu", name="陈宇", manager=BOSS.id)
FORM = {
    "site": "hq",
    "purpose": "方案评审",
    "visitors.0.name": "李娜",
    "visitors.0.phone": "13912345678",
    "visitors.0.language": "zh-CN",
}


@pytest.fixture
def applicant(client: Client, store: DynamoStore) -> Client:
    store.write(create(SiteItem.from_site(SITE)))
    company.add_person(store, BOSS)
    return signed_in(client, store, ME)


def signed_in(client: Client, store: DynamoStore, person: Person, known: bool = False) -> Client:
    if not known:
        company.add_person(store, person)
    company.with_password(person)
    answer = client.post("/session", {"login": person.login, "password": company.PASSWORD})
    assert answer.status == 200, answer.text
    return Client(client.app, answer.json["access_token"])


def near() -> dict[str, str]:
    """The form a week from now, in the site's time."""
    day = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%d")
    return FORM | {"starts": f"{day}T10:00", "ends": f"{day}T12:00"}


def value(html: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', html)
    assert found, name
    return found[1]


def test_the_new_form_is_filled_so_that_three_fields_are_enough(applicant: Client) -> None:
    html = applicant.page("/visits/new").text
    fields = {name: value(html, name) for name in ("starts", "ends", "idempotency_key")}
    chosen = {"site": "hq", "purpose": "评审", "visitors.0.name": "李娜", "visitors.0.phone": "13912345678"}
    answer = applicant.submit("/visits", fields | chosen | {"submit": "true"})
    assert answer.status == 303, answer.text
    assert applicant.get(answer.headers["location"]).json["visit"]["status"] == "pending"


def test_a_refused_form_keeps_what_was_typed_and_names_the_row_that_is_wrong(applicant: Client) -> None:
    typed = near() | {
        "team.0.person": "",
        "team.0.task": "",
        "team.3.person": BOSS.id,
        "team.3.task": "翻译",
        "visitors.4.name": "赵敏 <script>",
        "visitors.4.phone": "123",
        "host": BOSS.id,
    }
    answer = applicant.submit("/visits", typed)
    assert answer.status == 422
    assert value(answer.text, "visitors.1.name") == "赵敏 &lt;script&gt;"
    assert 'id="f-visitors-1-phone-error"' in answer.text
    assert value(answer.text, "team.0.task") == "翻译"
    assert f'<option value="{BOSS.id}" selected>王芳</option>' in answer.text


def test_a_taken_room_is_told_on_the_form_with_its_booking(applicant: Client) -> None:
    room = near() | {"resources.0.resource": "r1", "submit": "true"}
    first = applicant.get(applicant.submit("/visits", room).headers["location"]).json["visit"]
    answer = applicant.submit("/visits", room)
    assert answer.status == 409
    assert first["number"] in answer.text
    assert value(answer.text, "purpose") == "方案评审"


def test_a_room_without_times_is_booked_for_the_whole_visit(applicant: Client) -> None:
    where = applicant.submit("/visits", near() | {"resources.0.resource": "r1"}).headers["location"]
    visit = applicant.get(where).json["visit"]
    assert (visit["bookings"][0]["starts"], visit["bookings"][0]["ends"]) == (visit["starts"], visit["ends"])


def test_a_form_that_met_a_newer_version_can_be_saved_over_it_knowingly(applicant: Client) -> None:
    where = applicant.submit("/visits", near()).headers["location"]
    assert applicant.submit(where, near() | {"version": "1", "purpose": "甲"}).status == 303
    stale = applicant.submit(where, near() | {"version": "1", "purpose": "乙"})
    assert stale.status == 412
    assert value(stale.text, "purpose") == "乙"
    assert value(stale.text, "version") == "2"
    assert applicant.submit(where, near() | {"version": "2", "purpose": "乙"}).status == 303


def test_a_submitted_visit_has_no_form(applicant: Client) -> None:
    where = applicant.submit("/visits", near() | {"submit": "true"}).headers["location"]
    assert applicant.page(f"{where}/edit").status == 409


def test_from_application_to_approval_by_pages_alone(applicant: Client, client: Client, store: DynamoStore) -> None:
    where = applicant.submit("/visits", near() | {"submit": "true"}).headers["location"]
    assert "待王芳审批" in applicant.page(where).text
    boss = signed_in(client, store, BOSS, known=True)
    task = re.findall(r'href="(/approvals/[^"]+)"', boss.page("/approvals").text)[0]
    version = value(boss.page(task).text, "version")
    refused = boss.submit(f"{task}/actions", {"action": "return", "version": version})
    assert (refused.status, 'id="f-comment-error"' in refused.text) == (422, True)
    assert boss.submit(f"{task}/actions", {"action": "approve", "version": version}).status == 303
    again = boss.submit(f"{task}/actions", {"action": "reject", "comment": "晚了", "version": ""})
    assert again.status == 409
    assert "王芳已同意" in again.text
    assert "邀请" in applicant.page(where).text
    assert "李娜" in boss.page("/approvals?box=decided").text


def test_the_list_names_the_site_and_links_to_each_visit(applicant: Client) -> None:
    where = applicant.submit("/visits", near()).headers["location"]
    html = applicant.page("/visits").text
    assert f'href="{where}"' in html
    assert "总部" in html


def test_an_approver_elsewhere_reads_the_visit_in_its_sites_time_and_the_trail_in_their_own(
    client: Client, store: DynamoStore
) -> None:
    store.write(create(SiteItem.from_site(SITE)))
    boss_zone = "Pacific/Kiritimati"
    boss = signed_in(client, store, replace(BOSS, locale="en", time_zone=boss_zone))
    applicant = signed_in(client, store, ME)
    assert applicant.submit("/visits", near() | {"submit": "1"}).status == 303
    inbox = boss.page("/approvals").text
    assert "10:00–12:00 (China Standard Time)" in inbox
    (link,) = re.findall(r'href="(/approvals/visit-[^"]+)"', inbox)
    document = boss.page(link).text
    assert "10:00–12:00 (China Standard Time)" in document
    (at, shown) = re.findall(r'class="trail-note"><time datetime="([^"]+)">([^<]+)', document)[0]
    assert shown.endswith(f"{datetime.fromisoformat(at).astimezone(ZoneInfo(boss_zone)):%H:%M}")
    assert "10:00–12:00<" in applicant.page("/visits").text
