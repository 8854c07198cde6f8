"""Files are brought straight to the bucket by a browser, looked at, and given to whoever decides."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.e2e.journey import DESKTOP, PHONE, look, signed_in
from tests.e2e.stack import Stack, wait_for

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2_000_000)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(3000)
WORDS = {
    "zh-CN": {
        "submit": "提交",
        "save": "保存草稿",
        "not_as_named": "文件内容与扩展名不符，请重新选择文件。",
        "many": "最多上传3个文件。",
    },
    "en": {
        "submit": "Submit",
        "save": "Save the draft",
        "not_as_named": "The content of this file is not what its name says. Please choose the right file.",
        "many": "At most 3 files.",
    },
}


def _process(key: str) -> dict[str, object]:
    files = {"key": "offers", "title": {"en": "Offers", "zh": "报价单"}, "kind": "file", "required": True, "max": 3}
    manager = {"key": "manager", "title": {"en": "Manager", "zh": "上级"}, "rules": [{"kind": "manager", "levels": 1}]}
    why = {"key": "why", "title": {"en": "Purpose", "zh": "用途"}, "kind": "text", "required": True}
    fields = [why, files | {"types": ["pdf", "image"]}]
    title = {"en": "Purchase with offers", "zh": "附报价采购"}
    return {"key": key, "prefix": f"F{key[6:]}", "title": title, "fields": fields, "steps": [manager]}


@pytest.mark.parametrize(("locale", "size"), [("zh-CN", PHONE), ("en", DESKTOP)], ids=["zh-phone", "en-desktop"])
def test_a_pdf_is_handed_in_and_a_program_that_calls_itself_one_is_not(
    browser: Browser, stack: Stack, tmp_path: Path, locale: str, size: dict[str, int]
) -> None:
    tag, key = f"{locale}-{size['width']}", f"files_{random.randrange(10**6)}"
    admin = stack.person("admin")
    admin.post("/processes", _process(key), 201)
    admin.post(f"/processes/{key}/actions", {"action": "publish"})
    with signed_in(browser, stack, "admin", locale, size) as page:
        _change(page, key, locale, tag)
    assert admin.get(f"/processes/{key}")["draft"]["fields"][1]["types"] == ["pdf", "image", "excel"]
    with signed_in(browser, stack, "lin.mei", locale, size) as page:
        where = _hand_in(page, key, tmp_path, locale, tag)
    _decide(browser, stack, where, locale, size, tag)
    _lies_apart(stack, where)


def _change(page: Page, key: str, locale: str, tag: str) -> None:
    """The administrator lets spreadsheets be handed in, too."""
    page.goto(f"/processes/{key}/edit")
    types = page.locator("[name^='fields.1.types.']")
    types.first.locator("xpath=ancestor::details").locator("summary").click()
    expect(types.nth(1)).to_be_checked()
    types.nth(3).check()
    look(page, f"f1-builder-{tag}")
    page.get_by_role("button", name=WORDS[locale]["save"], exact=True).click()
    page.wait_for_url(re.compile(rf"/processes/{key}$"))


def _hand_in(page: Page, key: str, folder: Path, locale: str, tag: str) -> str:
    page.goto(f"/requests/new?process={key}")
    page.fill("[name='values.why']", "测试服务器")
    choose = page.locator("#f-values-offers")
    for name, content in {"报价.pdf": PDF, "机柜照片.png": PNG, "setup.pdf": PROGRAM, "4.pdf": PDF}.items():
        (folder / name).write_bytes(content)
    choose.set_input_files([folder / "报价.pdf", folder / "机柜照片.png", folder / "setup.pdf", folder / "4.pdf"])
    expect(page.locator("[data-upload-error]")).to_contain_text(WORDS[locale]["many"])
    expect(page.locator("input[type=hidden][name^='values.offers.']:enabled")).to_have_count(3, timeout=20_000)
    look(page, f"f2-uploaded-{tag}")
    page.get_by_role("button", name=WORDS[locale]["submit"], exact=True).click()
    expect(page.locator("#f-values-offers-2 .field-error")).to_contain_text(WORDS[locale]["not_as_named"])
    expect(page.locator(".file-name").first).to_contain_text("报价.pdf")
    look(page, f"f3-refused-{tag}")
    page.locator("#f-values-offers-2 [data-file-remove]").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=WORDS[locale]["submit"], exact=True).click()
    page.wait_for_url(re.compile(r"/requests/[0-9A-Z]{26}$"))
    look(page, f"f4-request-{tag}")
    return page.url.removeprefix(page.url.split("/requests/")[0])


def _decide(browser: Browser, stack: Stack, where: str, locale: str, size: dict[str, int], tag: str) -> None:
    """The approver sees the files and has them; nobody else does."""
    with signed_in(browser, stack, "chen.jun", locale, size) as page:
        page.goto(f"/approvals/request-{where.rpartition('/')[2]}")
        look(page, f"f5-approval-{tag}")
        with page.expect_download() as download:
            page.locator(".files a").first.click()
        assert download.value.suggested_filename == "报价.pdf"
        assert download.value.path().read_bytes() == PDF
    first = stack.person("lin.mei").get(where)["shown"][1]["files"][0]["id"]
    assert stack.person("wu.fang").send("GET", f"/files/{first}").status_code == 404


def _lies_apart(stack: Stack, where: str) -> None:
    """The stream has copied what was checked; posting to the old place again would change nothing."""
    lin = stack.person("lin.mei")
    first = lin.get(where)["shown"][1]["files"][0]["id"]

    def link() -> str:
        answer = lin.send("GET", f"/files/{first}")
        return answer.url if f"/files/{first}" in answer.url and "X-Amz-Signature" in answer.url else ""

    answer = requests.get(wait_for(link, "the copy"), timeout=30)
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
