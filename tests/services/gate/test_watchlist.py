"""Watch list and block list: whole names, phones, documents; two calls at the gate, the stream at the application."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid
from chalicelib.domain.visits import Visitor
from chalicelib.domain.watchlist import Entry, Known, normalised
from chalicelib.models.gate import GuestItem, PassageItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.store import Put
from chalicelib.models.visits import GuestsItem
from chalicelib.models.watchlist import EntryItem, HitsItem
from chalicelib.services import sites, watchlist
from chalicelib.services.call import Call
from tests import company, reception
from tests.fakes import MemoryStore
from tests.services.gate.conftest import QR, VISIT, call_of, scan

NOW = reception.DURING
RECEPTION = company.person("reception", roles=frozenset({"employee", "reception"}), site="hq")


def entered(store: MemoryStore, **facts: Any) -> str:
    """An entry that reception makes; its id."""
    stated = {
        "list": "block",
        "name": "Nobody",
        "aliases": (),
        "phone": "",
        "document": "",
        "reason": "Stole",
        "until": None,
    }
    answer = watchlist.add(call_of(store, RECEPTION), watchlist.Facts(**stated | facts), lambda text: f"mark-{text}")
    return str(answer["id"])


def following(store: MemoryStore) -> Call:
    """The call of a stream's consumer."""
    call = call_of(store, None)
    call.permit_public("the stream follows")
    return call


def entry_of(store: MemoryStore, id: str) -> Entry:
    (item,) = store.get(EntryItem.at(id))
    entry: Entry = item.to(Entry)
    return entry


@pytest.fixture
def guarded(store: MemoryStore) -> MemoryStore:
    company.add_person(store, RECEPTION)
    return store


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reyes, Ana", "REYES,  Ana "),
        ("王 小明", "王小明"),
        ("Ｗａｎｇ", "wang"),
        ("Straße", "STRASSE"),
        ("艾力·买买提", "艾力买买提"),
    ],
)
def test_names_are_the_same_whatever_way_they_are_written(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("Yes", "Reyes"), ("An Na", "Anna"), ("王小", "王小明"), ("Li", "李")])
def test_parts_of_names_are_other_names(one: str, other: str) -> None:
    assert not set(Known((one,)).keys) & set(Known((other,)).keys)


@pytest.mark.parametrize("facts", [{"name": "王 小明"}, {"aliases": ("王小明",)}, {"phone": "+8613912345678"}])
def test_whoever_is_blocked_is_refused_by_every_form_of_code_and_reception_hears_of_it(
    guarded: MemoryStore, facts: dict[str, Any]
) -> None:
    entered(guarded, **facts)
    for code in (QR, "20260001-1", "5678"):
        assert scan(guarded, code)["result"] == "blocked"
    assert guarded.all(PassageItem) == []
    assert {(item.issue, item.facts["why"]) for item in guarded.all(IssueItem)} == {("blocked", "Stole")}


def test_a_repeated_scan_of_somebody_blocked_tells_reception_once(guarded: MemoryStore) -> None:
    entered(guarded, name="王小明")
    for _ in range(2):
        assert scan(guarded, nonce="n-1")["result"] == "blocked"
    assert len(guarded.all(IssueItem)) == 1


def test_whoever_is_watched_goes_in_and_reception_hears_of_it(guarded: MemoryStore) -> None:
    entered(guarded, list="watch", name="王小明")
    answer = scan(guarded)
    assert (answer["result"], answer["watched"]) == ("checked_in", True)
    assert [item.issue for item in guarded.all(IssueItem)] == ["watched"]
    assert scan(guarded, direction="out")["watched"] is False


def test_blocking_counts_before_watching(guarded: MemoryStore) -> None:
    entered(guarded, list="watch", name="王小明")
    entered(guarded, phone="+8613912345678")
    assert scan(guarded)["result"] == "blocked"


def test_whoever_is_inside_may_leave_though_they_were_blocked_since(guarded: MemoryStore) -> None:
    scan(guarded)
    entered(guarded, name="王小明")
    assert scan(guarded, now=NOW + timedelta(minutes=1), direction="out")["result"] == "checked_out"


def test_an_entry_that_ended_or_expired_holds_nobody(guarded: MemoryStore) -> None:
    ended = entered(guarded, name="王小明")
    watchlist.take_off(call_of(guarded, RECEPTION), ended)
    for _ in range(2):
        watchlist.forget(following(guarded), entry_of(guarded, ended))
    assert guarded.all(HitsItem)[0].hits is None
    entered(guarded, name="王小明", until=NOW + timedelta(minutes=1))
    assert scan(guarded)["result"] == "blocked"
    assert scan(guarded, now=NOW + timedelta(minutes=2))["result"] == "checked_in"
    with pytest.raises(IllegalMove):
        watchlist.take_off(call_of(guarded, RECEPTION), ended)


def test_a_scan_asks_the_lists_without_another_call(guarded: MemoryStore) -> None:
    for number in range(30):
        entered(guarded, name=f"Somebody {number}")
    sites.site(guarded, "hq", NOW)
    for code in (QR, "20260001-1", "5678"):
        guarded.calls = 0
        scan(guarded, code, nonce=f"n-{code[-6:]}")
        assert guarded.calls == 2
        scan(guarded, direction="out")


def test_a_blocked_document_is_known_at_the_gate_without_another_call_for_others(guarded: MemoryStore) -> None:
    (item,) = guarded.all(GuestItem)
    guest = replace(reception.a_guest(VISIT), document_mark="mark-E12345678", version=item.version + 1)
    guarded.write(Put(GuestItem.from_guest(guest), {}))
    sites.site(guarded, "hq", NOW)
    for code in (QR, "20260001-1"):
        guarded.calls = 0
        assert scan(guarded, code)["result"] == "checked_in"
        assert guarded.calls == 2
        scan(guarded, direction="out")
    entered(guarded, document="e 1234-5678")
    for code in (QR, "20260001-1"):
        assert scan(guarded, code)["result"] == "blocked"


def test_somebody_put_on_the_list_between_reading_and_writing_is_refused(guarded: MemoryStore) -> None:
    class Meanwhile(MemoryStore):
        def write(self, *operations: Any) -> None:
            if (
                any(isinstance(each, Put) and isinstance(each.item, PassageItem) for each in operations)
                and not self.done
            ):
                self.done = True
                entered(self, name="王小明")
            super().write(*operations)

    racing = Meanwhile()
    racing.items, racing.done = guarded.items, False  # type: ignore[attr-defined]
    assert scan(racing)["result"] == "blocked"


def test_an_application_with_somebody_on_a_list_is_told_to_reception_once(guarded: MemoryStore) -> None:
    entered(guarded, name="Ana Reyes")
    entered(guarded, list="watch", phone="+8613911111111")
    visitors = (
        Visitor("Yes", "+8613900000000"),
        Visitor("ANA REYES", "+8613900000001"),
        Visitor("李雷", "+8613911111111"),
    )
    _, pk, sk = GuestsItem.at(VISIT.id)
    guarded.write(Put(GuestsItem(pk, sk, visitors=visitors), {}))
    for _ in range(2):
        assert watchlist.look_through(following(guarded), replace(VISIT, status="pending")) == 2
    assert sorted((item.issue, item.facts["name"]) for item in guarded.all(IssueItem)) == [
        ("blocked", "ANA REYES"),
        ("watched", "李雷"),
    ]


def test_only_reception_and_administrators_keep_the_lists(guarded: MemoryStore) -> None:
    with pytest.raises(Forbidden):
        watchlist.entries(call_of(guarded), "active", None)
    id = entered(guarded, name="Ana", document="110101 1990-01011234")
    (row,) = watchlist.entries(call_of(guarded, RECEPTION), "active", None)["items"]
    assert (row["id"], row["document_end"]) == (id, "1234")
    assert "document" not in row


@pytest.mark.parametrize(
    ("facts", "path"), [({"name": " "}, "name"), ({"aliases": ("a",) * 11}, "aliases"), ({"until": NOW}, "until")]
)
def test_an_entry_that_cannot_stand_is_named(guarded: MemoryStore, facts: dict[str, Any], path: str) -> None:
    with pytest.raises(Invalid) as caught:
        entered(guarded, **facts)
    assert [wrong.path for wrong in caught.value.fields] == [path]
