"""A draft that saves itself and a list from a file, in a real browser; the answers of the server are played."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.web.visit_server import Server

PAUSE = 3000


class Played:
    """Answers posts with what the test says, and keeps what was sent."""

    def __init__(self, page: Page, path: str, *answers: tuple[int, dict[str, Any]]) -> None:
        self.answers = list(answers)
        self.bodies: list[str] = []
        page.route(f"**{path}", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        self.bodies.append(route.request.post_data or "")
        status, body = self.answers.pop(0)
        return route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    def fields(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.bodies[-1]).items()}


def filled(page: Page, server: Server) -> None:
    page.clock.install()
    page.goto(f"{server[0]}/form?lang=en")
    page.fill("[name=purpose]", "Review")
    page.fill("[name='visitors.0.name']", "Li Na")
    page.fill("[name='visitors.0.phone']", "13912345678")


def test_a_draft_saves_itself_and_the_next_saving_changes_the_same_one(page: Page, server: Server) -> None:
    new = Played(page, "/visits", (201, {"id": "V1", "version": 1}))
    filled(page, server)
    page.clock.run_for(PAUSE)
    expect(page.locator("[data-draft]")).to_contain_text("Draft saved at")
    assert new.fields()["purpose"] == "Review"
    changed = Played(page, "/visits/V1", (200, {"id": "V1", "version": 2}))
    first = new.fields()["idempotency_key"]
    page.fill("[name=purpose]", "Review of the plan")
    page.clock.run_for(PAUSE)
    expect(page.locator("[name=version]")).to_have_value("2")
    assert (changed.fields()["version"], changed.fields()["purpose"]) == ("1", "Review of the plan")
    assert changed.fields()["idempotency_key"] != first
    assert page.url.endswith("/visits/V1/edit")


def test_what_is_not_complete_is_not_sent_and_says_so(page: Page, server: Server) -> None:
    sent = Played(page, "/visits")
    page.clock.install()
    page.goto(f"{server[0]}/form?lang=en")
    page.fill("[name=purpose]", "Review")
    page.clock.run_for(PAUSE)
    expect(page.locator("[data-draft]")).to_have_text("Not saved yet.")
    assert sent.bodies == []


def test_a_draft_that_was_changed_elsewhere_is_not_overwritten_and_says_so(page: Page, server: Server) -> None:
    sent = Played(page, "/visits", (409, {"code": "stale_version", "title": "Changed"}))
    filled(page, server)
    page.clock.run_for(PAUSE)
    expect(page.locator("[data-draft]")).to_contain_text("changed in another window")
    page.fill("[name=purpose]", "Again")
    page.clock.run_for(PAUSE)
    assert len(sent.bodies) == 1
    assert page.input_value("[name=purpose]") == "Again"


def test_what_was_lost_on_the_way_is_sent_again_as_it_was_and_then_as_it_is(page: Page, server: Server) -> None:
    page.route("**/visits", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    filled(page, server)
    key = page.input_value("[name=idempotency_key]")
    page.clock.run_for(PAUSE)
    expect(page.locator("[data-draft]")).to_contain_text("no connection")
    page.unroute("**/visits")
    first = Played(page, "/visits", (201, {"id": "V1", "version": 1}))
    then = Played(page, "/visits/V1", (200, {"id": "V1", "version": 2}))
    page.fill("[name=purpose]", "Review of the plan")
    page.clock.run_for(PAUSE)
    expect(page.locator("[name=version]")).to_have_value("1")
    page.clock.run_for(PAUSE)
    expect(page.locator("[name=version]")).to_have_value("2")
    assert (first.fields()["purpose"], first.fields()["idempotency_key"]) == ("Review", key)
    assert then.fields()["purpose"] == "Review of the plan"


def test_what_the_server_refuses_is_told_and_stays_in_the_form(page: Page, server: Server) -> None:
    Played(page, "/visits", (422, {"code": "invalid_fields", "errors": [{"path": "ends", "message": "Too early."}]}))
    filled(page, server)
    page.clock.run_for(PAUSE)
    expect(page.locator("[data-draft]")).to_have_text("Not saved yet. Too early.")


def chosen(page: Page, server: Server, answer: dict[str, Any]) -> None:
    Played(
        page, "/visits/import", (200, {"rows": 0, "visitors": [], "wrong": 0, "problems": [], "ignored": []} | answer)
    )
    page.goto(f"{server[0]}/form?lang=en")
    page.set_input_files("#visitor-file", {"name": "list.csv", "mimeType": "text/csv", "buffer": b"name,phone"})


def test_visitors_from_a_file_fill_the_rows_of_the_form(page: Page, server: Server) -> None:
    visitors = [{"name": f"Guest {n}", "phone": f"+86139{n:08}", "language": "en", "plate": "A1"} for n in range(200)]
    chosen(page, server, {"rows": 200, "visitors": visitors})
    expect(page.locator("[data-list-said]")).to_have_text("Visitors taken from the file: 200.")
    assert page.locator("[data-rows=visitors] [data-row]").count() == 200
    assert page.input_value("[name='visitors.199.name']") == "Guest 199"
    assert page.input_value("[name='visitors.0.language']") == "en"


def test_what_is_wrong_in_a_file_is_told_by_row_and_column_and_nothing_is_filled_in(page: Page, server: Server) -> None:
    problems = [{"row": 14, "column": "Phone", "code": "phone_not_real", "message": "This is no phone number."}]
    chosen(page, server, {"rows": 3, "wrong": 1, "problems": problems, "ignored": ["Notes"]})
    expect(page.locator("[data-list-places] li")).to_have_text("Row 14, Phone: This is no phone number.")
    expect(page.locator("[data-list-said]")).to_contain_text("Columns that were left out: Notes.")
    assert page.input_value("[name='visitors.0.name']") == ""
    assert Axe().run(page).violations_count == 0


def test_a_series_tells_its_days_as_it_is_typed(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form?lang=en")
    assert not page.locator("[name='series.count']").is_visible()
    page.select_option("[name='series.every']", "2")
    page.fill("[name='series.count']", "3")
    days = page.locator(".series-day")
    expect(days).to_have_count(3)
    assert days.all_text_contents() == ["Tue, Mar 3", "Tue, Mar 17", "Tue, Mar 31"]
