"""Received invoices in Chromium: clean for axe, photographed, scanned and brought as a person does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from chalicelib.gateways.files import PostForm
from chalicelib.services import qr, received
from chalicelib.services.received import Named, reading
from chalicelib.services.uploads import announcing, giving
from chalicelib.settings import settings
from tests import company, desk, invoices
from tests.conftest import CHROMIUM
from tests.handlers.test_received import OTHER, OWNER, Posting, brought, use
from tests.services.received.desk import PNG, STATED
from tests.web.looking import Eye, on_phone_and_desktop


@dataclass(frozen=True)
class Places:
    """Where the pages are, and the bucket that browsers bring files to."""

    mine: str
    other: str
    kept: str
    backing: str
    bucket: Posting

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "list": f"{self.mine}/received",
            "empty": f"{self.other}/received",
            "none": f"{self.other}/received?state=used",
            "new": f"{self.mine}/received/new",
            "kept": f"{self.mine}/received/{self.kept}",
            "backing": f"{self.mine}/received/{self.backing}",
        }[name]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter, bucket = desk.open_desk(patch), Posting()
        place = settings().files_origin
        patch.setattr(bucket, "post_form", lambda *given: PostForm(place, {"key": str(given[0])}), raising=False)
        for module in (announcing, giving, reading):
            patch.setattr(module, "files", lambda: bucket)
        patch.setitem(received.DOCUMENTS, "claim", lambda call, id: Named("CL-20260007", "林梅", f"/claims/{id}"))
        company.add_department(counter.store)
        for someone in (OWNER, OTHER):
            company.add_person(counter.store, someone)
        program = counter.client(OWNER)
        pdf = brought(program, bucket, "Rechnung.pdf", invoices.pdf(invoices.cii()))
        kept = program.post("/received", {"file": [pdf], "total": "200", "tax": "19", "net": "181"}).json["id"]
        photo = brought(program, bucket, "晚餐.png", PNG)
        facts = {"file": [photo], "seller": "上海锦江大酒店有限公司", "qr": invoices.DIGITAL_QR, "type": "vat_ordinary"}
        backing = program.post("/received", facts).json["id"]
        use(counter, backing, 10_600)
        program.post("/received", STATED)
        with desk.serving(counter, OWNER) as mine, desk.serving(counter, OTHER) as other:
            yield Places(mine, other, kept, backing, bucket)


def with_bucket(page: Page, places: Places, content: bytes) -> None:
    """Let what the browser posts to the bucket arrive as these bytes."""

    def arrive(route: Route) -> None:
        (key,) = re.findall(rb"uploads/[0-9A-Z]{26}", route.request.post_data_buffer or b"")
        places.bucket.contents[key.decode()] = content
        route.fulfill(status=204, headers={"Access-Control-Allow-Origin": "*"})

    page.route(f"{settings().files_origin}/**", arrive)


@on_phone_and_desktop
@pytest.mark.parametrize("name", ["list", "empty", "none", "new", "kept", "backing"])
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"received-{name}")


def test_a_file_fills_the_form_in_and_what_one_changes_is_told(page: Page, places: Places) -> None:
    with_bucket(page, places, invoices.ubl(number="UBL-1"))
    page.goto(f"{places.address('new')}?lang=en")
    page.fill("[name=seller]", "My own words")
    upload = {"name": "r.xml", "mimeType": "text/xml", "buffer": invoices.ubl(number="UBL-1")}
    page.set_input_files("#f-file", upload)  # type: ignore[arg-type]
    expect(page.locator("[name=number]")).to_have_value("UBL-1")
    expect(page.locator("[name=total]")).to_have_value("119.00")
    expect(page.locator("[name=currency]")).to_have_value("EUR")
    expect(page.locator("[name=seller]")).to_have_value("My own words")
    expect(page.locator("[data-said]")).to_contain_text("Read from the invoice")
    expect(page.locator(".received-note", has_text="Müller Catering GmbH")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    with page.expect_navigation():
        page.get_by_role("button", name="Register").click()
    expect(page.locator(".next-careful")).to_contain_text("Seller: the invoice says Müller Catering GmbH")
    page.get_by_role("button", name="Discard").click()
    page.locator("dialog[open]").get_by_role("button", name="Discard").click()
    expect(page.locator("h1")).to_have_text("Received invoices")
    expect(page.get_by_text("UBL-1")).to_have_count(0)


def test_a_hostile_file_is_told_at_once_and_nothing_typed_is_lost(page: Page, places: Places) -> None:
    content = b"<a>" + b" " * 5000 + b'<!DOCTYPE a [<!ENTITY b "c">]>'
    with_bucket(page, places, content)
    page.goto(f"{places.address('new')}?lang=zh-CN")
    page.fill("[name=seller]", "上海饭店")
    page.set_input_files("#f-file", {"name": "r.xml", "mimeType": "text/xml", "buffer": content})  # type: ignore[arg-type]
    expect(page.locator("[data-said]")).to_contain_text("XML文件")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=seller]")).to_have_value("上海饭店")
    expect(page.locator(".file-name")).to_have_text("r.xml")


def test_a_hand_scanner_types_the_code_and_enter_reads_it(page: Page, places: Places) -> None:
    page.goto(f"{places.address('new')}?lang=en")
    page.fill("[name=qr]", invoices.OLD_QR)
    page.press("[name=qr]", "Enter")
    expect(page.locator("[name=code]")).to_have_value("033001700211")
    expect(page.locator("[name=net]")).to_have_value("100.00")
    expect(page.locator("[name=type]")).to_have_value("vat_ordinary")
    page.fill("[name=qr]", "junk")
    page.press("[name=qr]", "Enter")
    expect(page.locator("[data-said]")).to_contain_text("no code of a fapiao")


def code_on_a_scene() -> Image.Image:
    """What a camera sees of an invoice."""
    code = Image.open(BytesIO(qr.png(invoices.DIGITAL_QR))).convert("RGB").resize((440, 440))
    scene = Image.new("RGB", (640, 480), "#777")
    scene.paste(code, (100, 20))
    return scene


def test_the_code_in_a_photo_is_found(page: Page, places: Places) -> None:
    photo = BytesIO()
    code_on_a_scene().save(photo, "PNG")
    with_bucket(page, places, photo.getvalue())
    page.goto(f"{places.address('new')}?lang=en")
    upload = {"name": "p.png", "mimeType": "image/png", "buffer": photo.getvalue()}
    page.set_input_files("#f-file-photo", upload)  # type: ignore[arg-type]
    expect(page.locator("[name=number]")).to_have_value("24312000000012345678", timeout=20_000)
    expect(page.locator("[name=total]")).to_have_value("106.00")
    expect(page.locator("input[name='file.0']:enabled")).to_have_count(1)


def test_the_camera_scans_the_code_of_an_invoice(places: Places, browser: Browser, tmp_path: Path) -> None:
    frame, film = BytesIO(), tmp_path / "camera.mjpeg"
    code_on_a_scene().save(frame, "JPEG", quality=90)
    film.write_bytes(frame.getvalue() * 10)
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    arguments = ["--no-sandbox", "--disable-gpu", *fake, f"--use-file-for-fake-video-capture={film}"]
    seeing = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    context = seeing.new_context(locale="zh-CN", permissions=["camera"], viewport={"width": 390, "height": 844})
    scanning = context.new_page()
    scanning.goto(f"{places.address('new')}?lang=zh-CN")
    scanning.get_by_role("button", name="扫描二维码").click()
    expect(scanning.locator("[name=number]")).to_have_value("24312000000012345678", timeout=20_000)
    expect(scanning.locator("video")).to_be_hidden()
    seeing.close()


def test_without_script_an_invoice_is_registered_by_its_code(browser: Browser, places: Places) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{places.other}/received/new?lang=en")
    plain.fill("[name=qr]", invoices.DIGITAL_QR.replace("12345678,", "87654321,"))
    plain.fill("[name=seller]", "上海饭店")
    plain.get_by_role("button", name="Register").click()
    expect(plain.locator("dl.facts")).to_contain_text("106.00 CNY")
    context.close()
