"""An administrator makes a process without code; people run it on phones; every kind of move is made by hand."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.journey import DESKTOP, PHONE, look, signed_in
from tests.e2e.stack import Stack, wait_for

WORDS = {
    "zh-CN": {"submit": "提交", "approve": "同意", "approved": "已通过", "save": "保存草稿", "publish": "发布"}
    | {"try": "试运行", "way": "查看审批路径"},
    "en": {
        "submit": "Submit",
        "approve": "Approve",
        "approved": "Approved",
        "save": "Save the draft",
        "publish": "Publish",
    }
    | {"try": "Try it out", "way": "Show the way"},
}


@pytest.mark.parametrize(
    ("locale", "building", "deciding"),
    [("zh-CN", PHONE, PHONE), ("en", DESKTOP, PHONE)],
    ids=["zh-phone", "en-desktop"],
)
def test_racking_is_built_in_the_browser_and_run_on_phones(
    browser: Browser, stack: Stack, locale: str, building: dict[str, int], deciding: dict[str, int]
) -> None:
    tag = f"{locale}-{building['width']}"
    key = f"racking_{random.randrange(10**6)}"
    serial = f"HT-{random.randrange(10**6)}"
    with signed_in(browser, stack, "admin", locale, building) as page:
        _list_of_contracts(page, key, serial, tag)
        _build(page, key, locale, tag)
    with signed_in(browser, stack, "lin.mei", locale, deciding) as page:
        where = _apply(page, key, serial, locale, tag)
        with signed_in(browser, stack, "chen.jun", locale, deciding) as other:
            _decide(other, serial, locale, tag)
        # The applicant's page was open all the time and tells of the decision by itself.
        expect(page.locator("#document-status")).to_contain_text(WORDS[locale]["approved"], timeout=60_000)
    applicant = stack.person("lin.mei")
    found = applicant.get(where)
    assert found["request"]["status"] == "approved"
    assert [entry["what"] for entry in found["approval"]["trail"]] == ["submitted", "commented", "approved"]
    told = wait_for(lambda: [each for each in applicant.get("/notices")["items"] if serial in each["text"]], "a notice")
    assert told[0]["path"] == where


def _list_of_contracts(page: Page, key: str, serial: str, tag: str) -> None:
    page.goto("/references/new")
    page.fill("[name='title.zh']", "合同编号")
    page.fill("[name='title.en']", "Contract serials")
    page.fill("[name=key]", f"{key}_contracts")
    page.fill("[name=values]", f"{serial}\nHT-2")
    look(page, f"p1-list-{tag}")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(rf"/references/{key}_contracts$"))


def _build(page: Page, key: str, locale: str, tag: str) -> None:
    words = WORDS[locale]
    page.goto("/processes")
    look(page, f"p2-processes-{tag}")
    page.goto("/processes/new")
    for name, text in {
        "title.zh": "服务器上架",
        "title.en": "Server racking",
        "key": key,
        "prefix": f"R{key[8:]}",
    }.items():
        page.fill(f"[name='{name}']", text)
    page.fill("[name='fields.0.title.zh']", "合同编号")
    page.fill("[name='fields.0.title.en']", "Contract serial")
    page.locator("[name='fields.0.check']").locator("xpath=ancestor::details").locator("summary").click()
    page.select_option("[name='fields.0.check']", f"{key}_contracts")
    page.locator("[data-rows='fields'] > [data-rows-add]").click()
    page.fill("[name='fields.1.title.zh']", "安装位置")
    page.select_option("[name='fields.1.kind']", "choice")
    page.fill("[name='fields.1.choices.0.title.zh']", "一号机房")
    page.fill("[name='fields.1.choices.0.title.en']", "Room one")
    page.locator("[data-rows='fields.1.choices'] > [data-rows-add]").click()
    page.fill("[name='fields.1.choices.1.title.zh']", "二号机房")
    page.fill("[name='fields.1.choices.1.title.en']", "Room two")
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator("[name='fields.1.title.en']")).to_have_attribute("aria-invalid", "true")
    look(page, f"p3-builder-refused-{tag}")
    page.fill("[name='fields.1.title.en']", "Where to")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.wait_for_url(re.compile(rf"/processes/{key}$"))
    look(page, f"p4-process-{tag}")
    page.get_by_role("link", name=words["try"]).click()
    page.wait_for_url(re.compile("/trial$"))
    page.fill("[name='values.contract_serial']", "HT-2")
    page.get_by_role("button", name=words["way"]).click()
    expect(page.locator("#path")).to_be_visible()
    look(page, f"p5-trial-{tag}")
    page.goto(f"/processes/{key}")
    page.get_by_role("button", name=words["publish"], exact=True).click()
    page.wait_for_url(re.compile(rf"/processes/{key}$"))


def _apply(page: Page, key: str, serial: str, locale: str, tag: str) -> str:
    start = page.locator(f"a[href$='process={key}']")
    wait_for(lambda: page.goto("/") and start.count(), "the new process")  # processes are remembered for half a minute
    look(page, f"p6-home-{tag}")
    start.click()
    page.wait_for_url(re.compile("/requests/new"))
    page.fill("[name='values.contract_serial']", "HT-0")
    page.select_option("[name='values.where_to']", index=1)
    page.get_by_role("button", name=WORDS[locale]["submit"], exact=True).click()
    expect(page.locator("[name='values.contract_serial']")).to_have_attribute("aria-invalid", "true")
    look(page, f"p7-request-refused-{tag}")
    page.fill("[name='values.contract_serial']", serial)
    page.get_by_role("button", name=WORDS[locale]["submit"], exact=True).click()
    page.wait_for_url(re.compile(r"/requests/[0-9A-Z]{26}$"))
    look(page, f"p8-request-{tag}")
    return page.url.removeprefix(page.url.split("/requests/")[0])


def _decide(page: Page, serial: str, locale: str, tag: str) -> None:
    page.goto("/approvals")
    look(page, f"p9-inbox-{tag}")
    page.get_by_role("link", name=serial).first.click()
    page.wait_for_url(re.compile("/approvals/request-"))
    page.locator("#more > summary").click()
    look(page, f"p10-approval-{tag}")
    page.fill("#f-more-comment", "请确认机柜位置")
    with page.expect_navigation():
        page.locator("#more button[type=submit]").click()
    page.get_by_role("button", name=WORDS[locale]["approve"], exact=True).click()
    page.wait_for_url(re.compile("/approvals$"))
