"""The whole story in a real browser: apply, approve on a phone, invite, scan in and out, the ledger."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.decoder import read_code
from tests.e2e.journey import DESKTOP, PHONE, look, signed_in
from tests.e2e.stack import Stack, wait_for

WORDS: dict[str, dict[str, str]] = {
    "zh-CN": {"submit": "提交", "approve": "同意", "save": "存草稿", "checked_out": "已签出"},
    "en": {"submit": "Submit", "approve": "Approve"},
}


def someone() -> tuple[str, str]:
    """A visitor nobody knows yet: name and phone."""
    number = random.randrange(10**8)
    return f"王{number % 997}", f"+86138{number:08}"


@pytest.mark.parametrize(("locale", "size"), [("zh-CN", PHONE), ("en", DESKTOP)], ids=["zh-phone", "en-desktop"])
def test_a_visit_from_application_to_the_ledger(
    browser: Browser, stack: Stack, locale: str, size: dict[str, int]
) -> None:
    name, phone = someone()
    tag = f"{locale}-{size['width']}"
    with signed_in(browser, stack, "lin.mei", locale, size) as page:
        look(page, f"1-home-{tag}")
        visit = _apply(page, name, phone, locale, tag)
    with signed_in(browser, stack, "chen.jun", locale, size) as page:
        _approve(page, name, locale, tag)
    link = wait_for(lambda: _link(stack, phone), "the invitation")
    code = _invitation(browser, link, locale, size, tag)
    with signed_in(browser, stack, "he.gang", locale, size) as page:
        _gate(page, code, name, tag)
    with signed_in(browser, stack, "zheng.kai", locale, size) as page:
        page.goto("/ledger/visits")
        expect(page.get_by_text(name).first).to_be_visible()
        look(page, f"8-ledger-{tag}")
    found = stack.person("lin.mei").get(visit)
    assert [passage["direction"] for passage in found["passages"]] == ["in", "out"]


def _apply(page: Page, name: str, phone: str, locale: str, tag: str) -> str:
    page.goto("/visits/new")
    page.fill("[name=purpose]", "项目评审")
    page.fill("[name='visitors.0.name']", name)
    page.fill("[name='visitors.0.phone']", "12345")
    page.fill("[name='visitors.0.company']", "ACME")
    page.get_by_role("button", name=WORDS[locale]["submit"], exact=True).click()
    expect(page.locator("[name='visitors.0.phone']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name='visitors.0.name']")).to_have_value(name)
    look(page, f"2-form-refused-{tag}")
    page.fill("[name='visitors.0.phone']", phone)
    start = datetime.now(UTC) + timedelta(hours=8, minutes=5)  # the site's own time
    page.fill("[name=starts]", start.strftime("%Y-%m-%dT%H:%M"))
    page.fill("[name=ends]", (start + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name=WORDS[locale]["submit"], exact=True).click()
    page.wait_for_url(re.compile(r"/visits/[0-9A-Z]{26}$"))
    look(page, f"3-visit-pending-{tag}")
    return page.url.removeprefix(page.url.split("/visits/")[0])


def _approve(page: Page, name: str, locale: str, tag: str) -> None:
    page.goto("/approvals")
    look(page, f"4-inbox-{tag}")
    page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
    page.wait_for_url(re.compile("/approvals/visit-"))
    look(page, f"5-approval-{tag}")
    page.get_by_role("button", name=WORDS[locale]["approve"], exact=True).click()
    page.wait_for_url(re.compile("/approvals$"))


def _link(stack: Stack, phone: str) -> str | None:
    messages = stack.messages_to(phone)
    return re.search(r"http://\S+/i/[\w-]+", messages[0])[0] if messages else None  # type: ignore[index]


def _invitation(browser: Browser, link: str, locale: str, size: dict[str, int], tag: str) -> str:
    context = browser.new_context(locale=locale, viewport=size, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(link)
    code = read_code(page.screenshot())
    page.locator("button[value=accept_rules]").click()
    expect(page.locator(".notice")).to_be_visible()
    context.close()
    context = browser.new_context(locale=locale, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(link)
    look(page, f"6-invite-{tag}")
    context.close()
    return code


def _gate(page: Page, code: str, name: str, tag: str) -> None:
    page.goto("/gate")
    page.locator("button[name=gate]").first.click()
    result = page.locator(".gate-result")
    scanner(page)(code)
    expect(result).to_contain_text(name, timeout=15_000)
    look(page, f"7-gate-in-{tag}")
    scanner(page)(code)
    out = result.get_by_role("button").first
    expect(out).to_be_visible(timeout=15_000)
    look(page, f"7-gate-already-{tag}")
    page.goto("/gate/onsite")
    expect(page.get_by_text(name).first).to_be_visible()
    look(page, f"7-onsite-{tag}")
    page.goto("/gate/evacuation")
    expect(page.get_by_text(name).first).to_be_visible()
    look(page, f"7-evacuation-{tag}")
    page.goto("/gate")
    scanner(page)(code)
    result.get_by_role("button").first.click()
    expect(result).to_have_attribute("data-shown", "checked_out", timeout=15_000)


def scanner(page: Page) -> Callable[[str], None]:
    """A hand scanner: types into whatever has the focus, then Enter."""

    def scan(code: str) -> None:
        page.wait_for_selector("#code")
        page.keyboard.type(code)
        page.keyboard.press("Enter")

    return scan


def test_a_short_visit_is_closed_and_archived_by_itself(stack: Stack) -> None:
    applicant, manager = stack.person("lin.mei"), stack.person("chen.jun")
    site = applicant.get("/sites")["items"][0]["id"]
    name, phone = someone()
    now = datetime.now(UTC)
    body: dict[str, Any] = {
        "site": site,
        "starts": now.isoformat(),
        "ends": (now + timedelta(seconds=15)).isoformat(),
        "purpose": "短访",
        "visitors": [{"name": name, "phone": phone}],
        "submit": True,
    }
    visit = applicant.post("/visits", body, 201)
    manager.post(f"/approvals/visit-{visit['id']}/actions", {"action": "approve"})
    path = f"/visits/{visit['id']}"
    wait_for(lambda: applicant.get(path)["visit"]["status"] == "archived", "the archive", 120)
    found = applicant.get(path)
    assert [each["status"] for each in found["passes"]] == ["no_show"]
    assert len(stack.messages_to(phone)) == 1
    answer = applicant.send("POST", f"{path}/actions", {"action": "cancel"})
    assert (answer.status_code, answer.json()["state"]) == (409, "archived")
