"""A company with one of each record, on the store in memory, and people in every relation to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import app
from chalicelib.domain.directory import Department, Person
from chalicelib.domain.documents import SealedDocument
from chalicelib.domain.gate_issues import Issue
from chalicelib.domain.notifications import Intent
from chalicelib.domain.payments import Batch, PaymentFile
from chalicelib.domain.sites import Gate, Site
from chalicelib.domain.visits import Visit
from chalicelib.gateways import cognito, signer
from chalicelib.gateways.files import Part, PostForm
from chalicelib.handlers import bank_accounts, callers, webhooks
from chalicelib.handlers.gate import watchlist as gate_watchlist
from chalicelib.handlers.payments import batches
from chalicelib.handlers.visits import documents
from chalicelib.models.checklist import ChecklistItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.gate import GuestItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.notifications import IntentItem
from chalicelib.models.payment_batches import BatchItem
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import Operation, Update, create
from chalicelib.models.visits import SealedDocumentItem, VisitItem
from chalicelib.services import checklist, directory, payments, sessions
from chalicelib.services.call import Call
from chalicelib.services.directory import people
from chalicelib.services.ids import new_id
from chalicelib.services.notifications import hooks
from chalicelib.services.payments import batching
from chalicelib.services.received import reading
from chalicelib.services.uploads import announcing, attaching, giving
from tests import company, reception
from tests import payments as paying
from tests.advances import payment
from tests.client import Answer, Client
from tests.cloud import forget_directory
from tests.fakes import MemoryStore
from tests.policies.reference import ROUTES, Line, Who
from tests.policies.reference.bodies import BOTH, LIMIT, RECEIVED, UPLOAD, WATCHED, application, claim, process

ABOVE, OURS, ELSEWHERE = "01ABOVE0000000000000000000", "01OURS00000000000000000000", "01ELSEWHERE000000000000000"
SEEDER = "seeder"
PEOPLE: Mapping[str, tuple[str, str]] = {
    SEEDER: (ELSEWHERE, "hq"),
    "participant": (ELSEWHERE, "hq"),
    "owner": (OURS, "hq"),
    "head": (ELSEWHERE, "hq"),
    "head_above": (ELSEWHERE, "hq"),
    "foreign": (ELSEWHERE, "plant"),
}
"""Where everybody works: department and site."""
PATHS = {ABOVE: (ABOVE,), OURS: (ABOVE, OURS), ELSEWHERE: (ELSEWHERE,)}


class NoAccounts:
    """A user pool that does what it is told."""

    def __getattr__(self, name: str) -> Any:
        return lambda *given: None


class NoSeals:
    """A keeper of secrets without any."""

    def __getattr__(self, name: str) -> Any:
        return lambda *given: "sealed"


class Bucket:
    """A bucket in which everything lies that was announced, as a PDF."""

    def first(self, key: str, count: int) -> Part:
        return Part(b"%PDF-1.7", 20, "v1")

    def post_form(self, *given: Any) -> PostForm:
        return PostForm("https://bucket.example", {})

    def link(self, *given: Any) -> str:
        return "https://bucket.example/file"


class Noting(MemoryStore):
    """A store that knows whether anything was written."""

    written = False

    def write(self, *operations: Operation) -> None:
        self.written = True
        super().write(*operations)


class World:
    """The application over one store; every request finds it as it was made."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.store = Noting()
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.people: dict[str, Person] = {}
        self._connect(patch)
        self._found()
        self.names = {name: person.id for name, person in self.people.items()} | {"department": OURS}
        self.names |= {"now": self.now.isoformat(), "tomorrow": (self.now + timedelta(days=1)).isoformat()}
        self._fill()
        self._made = dict(self.store.items)

    def ask(self, who: Who, route: str, line: Line) -> Answer:
        """The answer to the person's request, after which all is as it was."""
        person = self.people[who.relation]
        roles = frozenset({"employee", who.role})
        self.store.write(Update(PersonItem.at(person.id), {"roles": roles}, {}))
        forget_directory()
        self.store.written = False
        answer = self._send(person.id, route.split()[0], line.path, line.body)
        if self.store.written:
            self.store.items = dict(self._made)
        return answer

    def _send(self, token: str, method: str, path: str, body: Any) -> Answer:
        client, path = Client(app.app, token), path.format(**self.names)
        if method == "GET":
            return client.get(path)
        return client.post(path, body(self.names) if callable(body) else body)

    def _connect(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(callers, "store", lambda: self.store)
        patch.setattr(sessions, "authenticate", self._signed_in)
        patch.setattr(cognito, "user_pool", NoAccounts)
        for module in (sessions, people):
            patch.setattr(module, "user_pool", NoAccounts)
        for module in (announcing, attaching, giving, reading):
            patch.setattr(module, "files", Bucket)
        patch.setattr(signer, "signer", lambda: reception.SIGNER)
        patch.setattr(documents, "documents", NoSeals)
        patch.setattr(bank_accounts, "account_envelopes", NoSeals)
        patch.setattr(batches, "files", Bucket)
        patch.setitem(payments.SETTLED, paying.KIND, paying.settle)
        patch.setattr(gate_watchlist, "documents", NoSeals)
        patch.setattr(webhooks, "_setup", lambda: hooks.Setup(lambda host: ["203.0.113.1"], NoSeals))

    def _signed_in(self, store: Any, token: str, now: datetime, fresh: bool = False) -> Person:
        return directory.person(self.store, token, now, fresh)

    def _found(self) -> None:
        for name, (department, site) in PEOPLE.items():
            roles = frozenset({"employee", "administrator"} if name == SEEDER else {"employee"})
            manager = self.people["participant"].id if name == "owner" else None
            facts: dict[str, Any] = {"department": department, "department_path": PATHS[department], "site": site}
            facts |= {"roles": roles, "manager": manager, "second_factor_since": company.LONG_AGO}
            self.people[name] = company.add_person(self.store, company.person(name, name=name, **facts))
        heads = {OURS: self.people["head"].id, ABOVE: self.people["head_above"].id}
        for id, path in PATHS.items():
            parent = path[-2] if len(path) > 1 else None
            company.add_department(self.store, Department(id, id, parent, heads.get(id), "1", path))
        gates = (Gate("north", {"en": "North"}),)
        for site in ("hq", "plant"):
            self.store.write(create(SiteItem.from_site(Site(site, {"en": site}, {}, {}, "Asia/Shanghai", gates=gates))))

    def _fill(self) -> None:
        administrator, owner = self.people[SEEDER].id, self.people["owner"].id
        self._made_by(administrator, "/processes", process("note"))
        self._made_by(administrator, "/processes/note/actions", {"action": "publish"})
        self._made_by(administrator, "/references", {"key": "serials", "title": BOTH})
        self.names["hook"] = self._made_by(administrator, "/webhooks", ROUTES["POST /webhooks"].body)["id"]
        week = {"from": self.now.isoformat(), "until": (self.now + timedelta(days=7)).isoformat()}
        self._made_by(administrator, f"/people/{owner}/leave", {"substitute": self.people["head"].id} | week)
        visit = ROUTES["POST /visits"].body
        assert callable(visit)
        wish = {"wish": "export", "contact": "13912345678"}
        self.names["privacy"] = self._made_by(administrator, "/privacy", wish)["id"]
        self.names["export"] = self._made_by(owner, "/exports", {"sheet": "visits", "format": "csv"})["id"]
        agenda = dict(UPLOAD) | {"purpose": "visit"}
        self.names["agenda"] = self._made_by(owner, "/uploads", agenda)["id"]
        with_agenda = dict(visit(self.names)) | {"submit": True, "attachments": [self.names["agenda"]]}
        self.names["visit"] = self._made_by(owner, "/visits", with_agenda)["id"]
        self.names["archived"] = self._made_by(owner, "/visits", dict(visit(self.names)) | {"submit": True})["id"]
        self.store.write(create(reception.an_archive(reception.a_visit(id=self.names["archived"]))))
        sealed = SealedDocument("D1", "passport", "sealed")
        self.store.write(create(SealedDocumentItem.of_visit(self.names["visit"], sealed)))
        request = {"process": "note", "values": {"why": "x"}}
        self.names["file"] = self._made_by(owner, "/uploads", ROUTES["POST /uploads"].body)["id"]
        proven = {"process": "note", "values": {"why": "x", "proof": [self.names["file"]]}, "submit": True}
        self.names["request"] = self._made_by(owner, "/requests", proven)["id"]
        self.names["draft"] = self._made_by(owner, "/requests", request)["id"]
        self._fill_advances(owner)
        self._fill_gate()
        self._fill_reception(administrator, owner, dict(visit(self.names)))

    def _fill_advances(self, owner: str) -> None:
        """An advance as a draft, one that its approvers decide, and one that was approved and paid."""
        asked = {"purpose": "Talks", "amount": "100", "due": self.names["tomorrow"][:10]}
        for name, submit in (("advance_draft", False), ("advance", True), ("advance_paid", True)):
            self.names[name] = self._made_by(owner, "/advances", asked | {"submit": submit})["id"]
        paid = self.names["advance_paid"]
        for person in (self.people["participant"].id, self.people[SEEDER].id):
            self._made_by(person, f"/approvals/advance-{paid}/actions", {"action": "approve"})
        made = payment(Call(self.store, self.now, new_id, None, "system:drive", permitted=["as finance"]), paid)
        assert made == "open"

    def _fill_reception(self, administrator: str, owner: str, visit: dict[str, Any]) -> None:
        """A standard to come, a budget, budget applications, and an approved visit with a task to prepare."""
        budget = {"department": self.names["department"], "period": "2030", "amount": "100"}
        self.names["budget"] = self._made_by(administrator, "/budgets", budget)["id"]
        self.names["finance_export"] = self._made_by(administrator, "/finance-exports", {})["id"]
        receipt = dict(UPLOAD) | {"purpose": "received"}
        self.names["receipt"] = self._made_by(owner, "/uploads", receipt)["id"]
        invoice = RECEIVED | {"file": [self.names["receipt"]]}
        self.names["received"] = self._made_by(owner, "/received", invoice)["id"]
        self._fill_budget_changes(owner)
        standard = {"type": "meal", "valid_from": "2030-01-01"}
        self.names["standard"] = self._made_by(administrator, "/standards", standard)["id"]
        claimed = claim(self.names)
        self.names["claim_draft"] = self._made_by(owner, "/claims", claimed)["id"]
        self.names["claim"] = self._made_by(owner, "/claims", dict(claimed) | {"submit": True})["id"]
        asked = application(self.names)
        self.names["drafted"] = self._made_by(owner, "/applications", asked)["id"]
        self.names["application"] = self._made_by(owner, "/applications", dict(asked) | {"submit": True})["id"]
        self.names["limit"] = self._made_by(administrator, "/spending-rules", LIMIT | {"category": "gift"})["id"]
        item = {"type": "gift", "what": "Tea", "guests": 1, "price": 100}
        prepared = self._made_by(owner, "/visits", visit | {"submit": True, "items": [item]})["id"]
        task = f"/approvals/visit-{prepared}/actions"
        self._made_by(self.people["participant"].id, task, {"action": "approve"})
        following = Call(self.store, self.now, new_id, None, "system:drive", permitted=["as the stream"])
        checklist.follow(following, prepared)
        (preparation,) = self.store.all(ChecklistItem)
        self.names |= {"prepared": prepared, "preparation": preparation.id}
        self._invite(prepared)
        self._fill_payments()

    def _fill_payments(self) -> None:
        """Something to be paid to the participant, a batch that is not released and one that is."""
        call = Call(self.store, self.now, new_id, None, SEEDER, permitted=["as the documents do"])
        owed = [paying.approved(call, f"D{n}", self.people["participant"], 100) for n in range(3)]
        self.names["payable"] = owed[0]
        for name, payable in (("batch", owed[1]), ("released", owed[2])):
            batch, operations = batching.take_in(call, Batch(name, name, "", SEEDER, self.now, waiting_for=(payable,)))
            if name == "released":
                file = PaymentFile("payments/key", "PB.xml", "application/xml", "0" * 64, 1)
                batch = replace(batch, status="released", file=file)
            call.commit({}, create(BatchItem.from_batch(replace(batch, version=1))), *operations)
            self.names[name] = name

    def _fill_budget_changes(self, owner: str) -> None:
        """A change that waits for its approval and a draft, by somebody who was in finance then."""
        self.store.write(Update(PersonItem.at(owner), {"roles": frozenset({"employee", "finance"})}, {}))
        forget_directory()
        wish = {"what": "more", "line": self.names["budget"], "amount": "1", "reason": "Fair"}
        self.names["budget_draft"] = self._made_by(owner, "/budget-changes", wish)["id"]
        self.names["budget_change"] = self._made_by(owner, "/budget-changes", wish | {"submit": True})["id"]
        self.store.write(Update(PersonItem.at(owner), {"roles": frozenset({"employee"})}, {}))
        forget_directory()

    def _invite(self, visit_id: str) -> None:
        """The visit's first visitor is invited by a message of an hour ago."""
        (item,) = self.store.get(VisitItem.at(visit_id))
        guest, ago = reception.a_guest(item.to(Visit)), self.now - timedelta(hours=1)
        id = f"{visit_id}#0001#invited#1"
        sent = Intent(id, "sms", "invited", guest.phone, "en", "Come", ago, about=visit_id, status="sent")
        self.store.write(create(GuestItem.from_guest(guest)), create(IntentItem.from_intent(sent)))
        self.names["invitation"] = id

    def _fill_gate(self) -> None:
        visit = reception.a_visit()
        self.store.write(*reception.invited(visit, reception.a_guest(visit)))
        walk_in = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5W", number="20260009", walk_in=True, status="pending")
        self.store.write(*reception.invited(walk_in))
        self.names["walk_in"] = walk_in.id
        issue = Issue("issue-1", "hq", "offline", self.now, self.now, "north", SEEDER)
        self.store.write(create(IssueItem.from_issue(issue)))
        self.names["watched"] = self._made_by(self.people[SEEDER].id, "/watchlist", WATCHED)["id"]
        self.names |= {"guest": visit.id, "issue": issue.id}

    def _made_by(self, person: str, path: str, body: Any) -> Any:
        answer = self._send(person, "POST", path, body)
        assert answer.status in (200, 201), f"{path}: {answer.status} {answer.text}"
        return answer.json
