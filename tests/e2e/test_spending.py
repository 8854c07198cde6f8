"""What a visit costs, from budget to bank: frozen, advanced, claimed with invoices, paid, reported, exported."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.journey import DESKTOP, PHONE, look, signed_in
from tests.e2e.stack import Stack, wait_for

WORDS = {
    "zh-CN": {"submit": "提交", "approve": "同意", "batch": "生成批次", "release": "放行"},
    "en": {"submit": "Submit", "approve": "Approve", "batch": "Make a batch", "release": "Release"},
}
SHANGHAI = timedelta(hours=8)
REASON = "客户方二十人参加验收"
ACCOUNT = {
    "form": "cn",
    "holder": "林梅",
    "number": "6222021001116245702",
    "bank": "中国工商银行",
    "cnaps": "102290000013",
}


@pytest.mark.parametrize(("locale", "size"), [("zh-CN", PHONE), ("en", DESKTOP)], ids=["zh-phone", "en-desktop"])
def test_what_a_visit_costs_from_its_budget_to_the_bank(
    browser: Browser, stack: Stack, locale: str, size: dict[str, int]
) -> None:
    story = Spending(browser, stack, locale, size)
    story.freeze()
    story.lend()
    story.claim()
    story.approve()
    story.pay()
    story.look_back()


class Spending:
    """One visit and what it costs, in one language and at one size of the screen."""

    def __init__(self, browser: Browser, stack: Stack, locale: str, size: dict[str, int]) -> None:
        self.browser, self.stack, self.locale, self.size = browser, stack, locale, size
        self.words, self.tag = WORDS[locale], f"{locale}-{size['width']}"
        self.applicant, self.manager = stack.person("lin.mei"), stack.person("chen.jun")
        self.accountant, self.cashier = stack.person("sun.li"), stack.person("qian.hui")
        self.now = datetime.now(UTC)
        self.day = (self.now + SHANGHAI).date().isoformat()
        self.visit = self.advance = self.claimed = ""

    def person(self, login: str) -> Any:
        """Somebody's browser."""
        return signed_in(self.browser, self.stack, login, self.locale, self.size)

    def look(self, page: Page, name: str) -> None:
        """A picture of this story."""
        look(page, f"s-{name}-{self.tag}")

    def freeze(self) -> None:
        """A submitted visit has its estimate frozen in its department's budget."""
        before = self._line()
        meal = {"type": "meal", "meal": "dinner", "day": self.day, "guests": 4, "hosts": 2, "venue": "星河厅"}
        asked = {
            "site": self.applicant.get("/sites")["items"][0]["id"],
            "starts": (self.now + timedelta(minutes=5)).isoformat(),
            "ends": (self.now + timedelta(hours=3)).isoformat(),
            "purpose": "项目验收",
            "resources": [],
            "level": "C",
            "visitors": [{"name": "周明", "phone": f"+86139{random.randrange(10**8):08}"}],
            "items": [meal | {"price": "100"}],
            "submit": True,
        }
        self.visit = self.applicant.post("/visits", asked, 201)["id"]
        self._decide(self.manager, f"visit-{self.visit}")
        after = self._line()
        assert after["frozen"] - before["frozen"] == before["available"] - after["available"] == 60_000

    def _line(self, department: str = "华东区") -> dict[str, Any]:
        listed = self.accountant.get("/budgets")
        names = {each["id"]: each["name"] for each in self.accountant.get("/payments")["departments"]}
        found: dict[str, Any] = next(
            each
            for each in listed["items"]
            if names[each["department"]] == department and each["category"] == "reception"
        )
        return found

    def _decide(self, person: Any, approval: str) -> None:
        person.post(f"/approvals/{approval}/actions", {"action": "approve"})

    def lend(self) -> None:
        """An advance for the visit is approved by two and paid by a third."""
        self.applicant.post("/me/accounts", ACCOUNT)
        due = (self.now + timedelta(days=20)).date().isoformat()
        asked = {"purpose": "接待备用金", "amount": "300", "due": due, "visit": self.visit, "submit": True}
        self.advance = self.applicant.post("/advances", asked, 201)["id"]
        for person in (self.manager, self.accountant):
            self._decide(person, f"advance-{self.advance}")
        batch = self.accountant.post("/payment-batches", {"payables": [self._payable(self.advance)]}, 201)["id"]
        self.cashier.post(f"/payment-batches/{batch}/actions", {"action": "release", "acknowledged": True})
        self._mark(batch, self.advance)
        assert self.applicant.get(f"/advances/{self.advance}")["advance"]["outstanding"] == 30_000

    def _payable(self, document: str) -> str:
        found = next(each for each in self.accountant.get("/payments")["items"] if each["document"] == document)
        return str(found["id"])

    def _mark(self, batch: str, document: str) -> bytes:
        """The batch's file as the bank gets it; then it is paid."""

        def released() -> dict[str, Any] | None:
            found: dict[str, Any] = self.cashier.get(f"/payment-batches/{batch}")["batch"]
            return found if found["status"] == "released" else None

        facts = wait_for(released, "the file for the bank")["file"]
        answer = self.cashier.send("GET", f"/payment-batches/{batch}/file")
        assert answer.status_code == 200, answer.text
        assert hashlib.sha256(answer.content).hexdigest() == facts["sha256"]
        payable = f"{'claim' if document == self.claimed else 'advance'}-{document}-1"
        self.cashier.post(f"/payment-batches/{batch}/actions", {"action": "paid", "payable": payable})
        return answer.content

    def claim(self) -> None:
        """Three invoices over two departments, linked to the visit and cleared against the advance."""
        digital = f"01,32,,{random.randrange(10**20):020},1240.00,{self.day.replace('-', '')},,A1B2"
        papers = [
            {"qr": digital, "seller": "星河酒店"},
            {"type": "receipt", "number": str(random.randrange(10**9)), "seller": "湖畔餐厅", "total": "1200.00"},
            {"type": "receipt", "number": str(random.randrange(10**9)), "seller": "强生出租", "total": "60.00"},
        ]
        stated = [paper if "qr" in paper else paper | {"day": self.day, "currency": "CNY"} for paper in papers]
        ids = [self.applicant.post("/received", paper, 201)["id"] for paper in stated]
        with self.person("lin.mei") as page:
            page.goto(f"/claims/new?visit={self.visit}&invoices={','.join(ids)}")
            self._fill(page)
            self.look(page, "1-claim-form")
            page.get_by_role("button", name=self.words["submit"], exact=True).click()
            page.wait_for_url(re.compile(r"/claims/[0-9A-Z]{26}$"))
            self.look(page, "2-claim-pending")
            self.claimed = page.url.rpartition("/")[2]
        claim = self.applicant.get(f"/claims/{self.claimed}")["claim"]
        assert (claim["status"], claim["total"]) == ("pending", 250_000)

    def _fill(self, page: Page) -> None:
        page.fill("[name=purpose]", "项目验收接待")
        for row, (category, amount) in enumerate((("meal", "1240"), ("meal", "1200"), ("local_transport", "60"))):
            page.select_option(f"[name='lines.{row}.category']", category)
            page.fill(f"[name='lines.{row}.place']", "上海")
            page.fill(f"[name='lines.{row}.reason']", REASON)
            if category == "meal":
                page.fill(f"[name='lines.{row}.heads']", "6")
            page.fill(f"[name='lines.{row}.amount']", amount)
        expect(page.locator("#estimate")).to_contain_text("2,500.00")  # what it puts into the page moves the rest of it
        self._share(page)
        page.check("[name='offsets.0.advance']")
        page.check("[name='links.0.finished']")

    def _share(self, page: Page) -> None:
        """The second line is shared 60 to 40."""
        rows = page.locator("[data-rows='lines.1.allocations']")
        rows.locator("xpath=ancestor::details").locator("summary").click()
        for row, (department, share) in enumerate((("华东区", "60"), ("销售部", "40"))):
            rows.locator("> [data-rows-add]").click()
            page.select_option(f"[name='lines.1.allocations.{row}.department']", label=department)
            page.fill(f"[name='lines.1.allocations.{row}.share']", share)

    def approve(self) -> None:
        """The manager reads the claim in full beside the decision; then finance."""
        with self.person("chen.jun") as page:
            page.goto(f"/approvals/claim-{self.claimed}")
            expect(page.locator("main")).to_contain_text("强生出租")
            expect(page.locator("main")).to_contain_text("1,240.00")
            self.look(page, "3-approval")
            page.get_by_role("button", name=self.words["approve"], exact=True).click()
            page.wait_for_url(re.compile("/approvals$"))
        self._decide(self.accountant, f"claim-{self.claimed}")
        assert self.applicant.get(f"/claims/{self.claimed}")["claim"]["payable"] == 220_000

    def pay(self) -> None:
        """Whoever approved makes the batch, another releases it, and the bank's file names what is paid."""
        with self.person("sun.li") as page:
            page.goto("/payments")
            page.locator(f"[name^='payables.'][value='{self._payable(self.claimed)}']").check()
            self.look(page, "4-payments")
            page.get_by_role("button", name=self.words["batch"], exact=True).click()
            page.wait_for_url(re.compile(r"/payment-batches/[0-9A-Z]{26}$"))
            batch = page.url.rpartition("/")[2]
        with self.person("qian.hui") as page:
            page.goto(f"/payment-batches/{batch}")
            if page.locator("[name=acknowledged]").count():
                page.check("[name=acknowledged]")
            self.look(page, "5-batch")
            page.get_by_role("button", name=self.words["release"], exact=True).click()
            with page.expect_navigation():
                page.locator("dialog#confirm [value=yes]").click()
        assert b"2200.00" in self._mark(batch, self.claimed)

    def look_back(self) -> None:
        """All is settled: claim, advance, budget; finance's figures and its export say so, and the proof is silent."""
        with self.person("lin.mei") as page:
            page.goto(f"/claims/{self.claimed}")
            self.look(page, "6-paid")
        assert self.applicant.get(f"/claims/{self.claimed}")["claim"]["status"] == "paid"
        assert self.applicant.get(f"/advances/{self.advance}")["advance"]["status"] == "settled"
        held = self.accountant.get(f"/budgets/{self._line()['id']}")["freezes"]
        assert all(each["held"] == 0 for each in held if each["document"] in (self.visit, self.claimed))
        self._export()
        self._prove()

    def _export(self) -> None:
        made = self.accountant.post("/finance-exports", {}, 201)["id"]

        def done() -> bool:
            return bool(self.accountant.get(f"/finance-exports/{made}")["run"]["status"] == "done")

        wait_for(done, "the export")
        with self.person("sun.li") as page:
            for number, path in ((7, f"/finance-exports/{made}"), (8, "/reports")):
                page.goto(path)
                self.look(page, f"{number}-{path.split('/')[1]}")

    def _prove(self) -> None:
        movements = self.accountant.get(f"/budgets/{self._line()['id']}")["movements"]
        used = [each["amount"] for each in movements if each["what"] == "use" and each["document"] == self.claimed]
        assert used == [1240_00 + 720_00 + 60_00]

        def proved(module: str) -> Callable[[], bool]:
            return lambda: self.stack.command(module)[0] == 0  # the stream may still be bringing a change

        for module in ("infra.prove_budgets", "infra.prove_advances"):
            wait_for(proved(module), module)
