"""Data about visitors: taken out when their time has passed, told and forgotten on request, figures untouched."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.documents import IdentityDocument, SealedDocument
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import Intent
from chalicelib.domain.passes import pass_for
from chalicelib.domain.privacy import Rules
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.notifications import IntentItem
from chalicelib.models.privacy import PrivacyRequestItem, RetentionItem, RetentionRulesItem, SubjectItem
from chalicelib.models.store import Update, create
from chalicelib.models.visits import GuestsItem, SealedDocumentItem, VisitItem
from chalicelib.services.call import Call
from chalicelib.services.privacy import asking, following, known, retaining, rules
from tests import company
from tests.reception import ENDS, a_guest
from tests.workflows.stage import Stage

LISTED = (
    Visitor("王小明", "+8613912345678", "远航", email="Wang@yuanhang.example", plate="沪A1"),
    Visitor("李丽", "+8613912345679", "远航"),
)
DOCUMENT = IdentityDocument("D1", "passport", "••••5678")


class Past(Stage):
    """A visit of two that is over and archived, the first of whom showed a passport and was sent a message."""

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        facts = {"status": "closed", "party": "王小明 · 远航", "visitors": 2, "round": 1} | facts
        self.past: Visit = self.visit(**facts)
        first, second = LISTED
        listed = (Visitor(**vars(first) | {"document": DOCUMENT}), second)
        self.store.write(Update(GuestsItem.at(self.past.id), {"visitors": listed}, {}))
        sealed = SealedDocumentItem.of_visit(self.past.id, SealedDocument("D1", "passport", "sealed"))
        guest = a_guest(self.past, no=1, name=first.name, phone=first.phone)
        day = self.past.starts.date()
        sms = Intent(
            "m", "sms", "invited", first.phone, "zh-CN", "王小明您好", self.now, about=self.past.id, status="sent"
        )
        self.store.write(
            create(sealed),
            create(GuestItem.from_guest(guest)),
            create(PassItem.from_pass(pass_for(self.past, guest, day, self.past.occurrences[0]))),
            create(IntentItem.from_intent(sms)),
        )
        self.store.write(create(self._archived(listed, guest)))
        following.follow(self.call(), self.past.id)

    def _archived(self, listed: Sequence[Visitor], guest: Guest) -> ArchiveItem:
        data = {"visit": {"party": "王小明 · 远航"}, "visitors": [asdict(each) for each in listed], "passes": []}
        data |= {"invitations": [{"no": 1, "name": guest.name, "phone": guest.phone}]}
        text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        _, pk, sk = ArchiveItem.at(self.past.id)
        return ArchiveItem(pk, sk, content=zlib.compress(text), sha256="", archived_at=self.now)

    def person(self, *roles: str) -> Call:
        facts: dict[str, Any] = {"roles": frozenset({"employee", *roles})}
        person = company.person("wu.fang", name="吴芳", **facts)
        if self.store.get(PersonItem.at(person.id)) == [None]:
            company.add_person(self.store, person)
        return Call(self.store, self.now, lambda: "R1", person, person.id)

    def clear(self, days: int) -> int:
        return retaining.clear_due(self.call(now=ENDS + timedelta(days=days, minutes=1)))

    @property
    def text(self) -> str:
        """Everything that the tables hold, archives opened."""
        archives = [item.document().decode() for item in self.store.all(ArchiveItem)]
        return json.dumps([str(raw) for raw in self.store.items.values()], ensure_ascii=False) + "".join(archives)


@pytest.fixture
def past() -> Past:
    return Past()


def test_each_kind_goes_when_its_days_have_passed_and_the_next_stays(past: Past) -> None:
    assert past.clear(29) == 0
    assert "••••5678" in past.text
    assert past.clear(30) == 1
    assert past.store.all(SealedDocumentItem) == []
    assert "••••5678" not in past.text
    assert "王小明您好" in past.text
    assert past.clear(90) == 1
    assert "王小明您好" not in past.text
    assert past.clear(180) == 1
    assert "13912345678" not in past.text
    assert past.store.all(SubjectItem) == []
    assert "王小明" in past.text
    assert past.clear(730) == 1
    assert "王小明" not in past.text
    assert "李丽" not in past.text
    assert past.clear(731) == 0


def test_figures_stay_and_the_visitor_stays_a_visitor(past: Past) -> None:
    for days in (30, 90, 180, 730):
        past.clear(days)
    (held,) = past.store.all(PassItem)
    assert (held.name, held.status, held.company) == ("••• 1", "expected", "远航")
    (listed,) = past.store.all(GuestsItem)
    assert [each.name for each in listed.visitors] == ["••• 1", "••• 2"]
    assert past.read(past.past).visitors == 2
    (archive,) = past.store.all(ArchiveItem)
    data = json.loads(archive.document())
    assert [each["name"] for each in data["visitors"]] == ["••• 1", "••• 2"]
    assert data["visit"]["party"] == "••• 1 · 远航"


def test_a_shorter_rule_holds_at_once_for_what_is_kept(past: Past) -> None:
    past.store.write(create(RetentionRulesItem.from_rules(Rules(documents=3, version=1))))
    assert past.clear(4) == 1
    assert past.store.all(SealedDocumentItem) == []


def test_a_visit_that_was_put_off_is_counted_from_its_new_end(past: Past) -> None:
    past.store.write(Update(VisitItem.at(past.past.id), {"ends": ENDS + timedelta(days=20)}, {}))
    assert past.clear(31) == 0
    assert past.clear(51) == 1


def test_clearing_again_after_a_crash_changes_nothing_more(past: Past) -> None:
    retaining.forget(past.call(), past.past.id, {"documents"})
    before = past.text
    retaining.forget(past.call(), past.past.id, {"documents"})
    assert past.text == before
    assert past.clear(30) == 1


def test_rules_that_cannot_be_are_refused(past: Past) -> None:
    call = past.person("administrator")
    with pytest.raises(Invalid) as refused:
        rules.change(call, Rules(documents=0, contacts=800, passages=700, messages=4000))
    assert {each.path for each in refused.value.fields} == {"documents", "contacts", "messages"}
    rules.change(call, Rules(contacts=60))
    assert rules.view(call).contacts == 60


def test_everything_about_a_visitor_is_found_by_phone_and_by_e_mail(past: Past) -> None:
    call = past.person("reception")
    for contact in ("+8613912345678", "wang@yuanhang.example"):
        (found,) = known.known_of(call, contact)
        data = known.as_data(found)
        assert data["visitor"]["name"] == "王小明"
        assert data["visitor"]["document"] == {"kind": "passport", "shown": "••••5678"}
        assert [each["text"] for each in data["messages"]] == ["王小明您好"]
    assert len(known.as_table(call, known.known_of(call, "+8613912345678")).rows) == 1
    assert known.known_of(call, "+8613900000000") == []


def test_who_asks_to_be_forgotten_is_and_nobody_else(past: Past) -> None:
    asking.ask(past.person("reception"), "erase", "+8613912345678")
    for _ in range(2):  # a record of the stream that is told again changes nothing
        asking.go_on(past.call(), "R1", 1)
    assert "王小明" not in past.text
    assert "13912345678" not in past.text
    assert past.store.all(SealedDocumentItem) == []
    assert [each.name for each in past.store.all(GuestsItem)[0].visitors] == ["••• 1", "李丽"]
    (request,) = past.store.all(PrivacyRequestItem)
    assert (request.status, request.visits, request.contact) == ("done", 1, "+86•••78")
    assert asking.visits_of(past.person("reception"), "+8613912345679") == [past.past.id]


def test_who_is_still_to_come_is_not_forgotten_yet() -> None:
    stage = Past(status="approved")
    asking.ask(stage.person("reception"), "erase", "+8613912345678")
    asking.go_on(stage.call(), "R1", 1)
    (request,) = stage.store.all(PrivacyRequestItem)
    assert (request.status, request.visits, request.kept) == ("done", 0, 1)
    assert "王小明" in stage.text


def test_data_are_fetched_for_seven_days(past: Past) -> None:
    asking.ask(past.person("reception"), "export", "+8613912345678")
    assert asking.to_export(past.person("reception"), "R1").contact == "+8613912345678"
    past.now += timedelta(days=7)
    with pytest.raises(Conflict):
        asking.to_export(past.person("reception"), "R1")


def test_a_list_that_is_followed_twice_is_noted_once(past: Past) -> None:
    before = dict(past.store.items)
    following.follow(past.call(), past.past.id)
    assert past.store.items == before
    assert len(past.store.all(SubjectItem)) == 3
    (kept,) = past.store.all(RetentionItem)
    assert kept.ended == datetime(2026, 3, 2, 9, tzinfo=UTC)
