"""Scanning in and out, against a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError, Forbidden, Invalid
from chalicelib.models.gate import PassageItem, PassItem, ScanItem
from chalicelib.models.store import Page, Put, Query
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites
from chalicelib.services.call import RequestKey
from tests import company, reception
from tests.fakes import MemoryStore
from tests.services.gate.conftest import GUARD, QR, VISIT, scan

NOW = reception.DURING
FORGED = QR[:-1] + ("A" if QR[-1] != "A" else "B")


def passages(store: MemoryStore) -> list[str]:
    items = sorted(store.all(PassageItem), key=lambda item: item.at_time)
    return [item.direction for item in items]


def test_a_visitor_comes_in_is_known_and_goes_out(store: MemoryStore) -> None:
    answer = scan(store)
    assert (answer["result"], answer["on_site"], answer["gate"]) == ("checked_in", True, "east")
    assert answer["visitor"] == {"name": "王小明", "company": "远航", "reservation": "20260001-1"}
    assert (answer["visit"]["host"], answer["visit"]["rules"]) == ("何主任", "请佩戴访客证")
    again = scan(store, now=NOW + timedelta(minutes=1))
    assert (again["result"], again["offers"], again["on_site"]) == ("already_in", ["check_out"], True)
    out = scan(store, now=NOW + timedelta(minutes=2), direction="out")
    assert (out["result"], out["on_site"]) == ("checked_out", False)
    assert scan(store, now=NOW + timedelta(minutes=3))["result"] == "checked_in"
    assert passages(store) == ["in", "out", "in"]


def test_a_qr_costs_two_calls_and_a_refusal_one(store: MemoryStore) -> None:
    sites.site(store, "hq", NOW)
    store.calls = 0
    assert scan(store, nonce="n-1")["result"] == "checked_in"
    assert store.calls == 2
    assert scan(store)["result"] == "already_in"
    assert store.calls == 3


@pytest.mark.parametrize("code", ["20260001-1", "20260001", "5678"])
def test_what_is_typed_costs_two_calls_whether_it_opens_or_not(store: MemoryStore, code: str) -> None:
    sites.site(store, "hq", NOW)
    for direction, result in (("in", "checked_in"), ("in", "already_in"), ("out", "checked_out")):
        store.calls = 0
        assert scan(store, code, direction=direction, nonce=f"n-{result}")["result"] == result
        assert store.calls == 2


class LaggingStore(MemoryStore):
    """Its indexes show the items as they were when it was made."""

    def __init__(self, before: MemoryStore) -> None:
        super().__init__()
        self.items = before.items
        self._shown = MemoryStore()
        self._shown.items = dict(before.items)

    def query(self, query: Query) -> Page:
        return self._shown.query(query) if query.index else super().query(query)


@pytest.mark.parametrize("code", ["20260001-1", "5678"])
def test_an_index_that_lags_behind_decides_nothing(store: MemoryStore, code: str) -> None:
    lagging = LaggingStore(store)
    assert scan(lagging)["result"] == "checked_in"
    assert scan(lagging, code)["result"] == "already_in"
    assert scan(lagging, code, direction="out")["result"] == "checked_out"
    assert scan(lagging, code, now=NOW + timedelta(minutes=9))["result"] == "checked_in"
    assert passages(lagging) == ["in", "out", "in"]


def test_a_repeated_nonce_of_what_was_typed_gets_the_first_answer(store: MemoryStore) -> None:
    assert scan(store, "5678", nonce="n-1")["result"] == "checked_in"
    scan(store, now=NOW + timedelta(minutes=5), direction="out")
    assert scan(store, "5678", now=NOW + timedelta(minutes=9), nonce="n-1")["at"] == "2026-03-02T02:00:00Z"
    assert passages(store) == ["in", "out"]


def test_digits_mean_only_those_whom_the_gate_expects_today_or_who_are_inside(store: MemoryStore) -> None:
    week = timedelta(days=7)
    later = reception.a_visit(
        id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002", starts=VISIT.starts + week, ends=VISIT.ends + week
    )
    store.write(*reception.invited(later, reception.a_guest(later, phone="+8613912340000")))
    assert scan(store, "0000")["result"] == "unknown"
    assert scan(store, "0000", now=NOW + week)["result"] == "checked_in"
    stayed = NOW + week + timedelta(hours=20)
    assert scan(store, "0000", now=stayed, direction="out")["result"] == "checked_out"
    assert scan(store, "0000", now=stayed)["result"] == "unknown"


def test_a_number_that_nobody_was_invited_under_opens_nothing(store: MemoryStore) -> None:
    assert scan(store, "20260001-2")["result"] == "unknown"


def test_refusals_write_nothing(store: MemoryStore) -> None:
    before = dict(store.items)
    for code in (FORGED, "0000", "99999999-1", "nonsense"):
        assert scan(store, code)["result"] == "unknown"
    assert scan(store, now=reception.STARTS - timedelta(hours=2), nonce="n-1")["result"] == "too_early"
    assert scan(store, now=reception.ENDS + timedelta(hours=2), nonce="n-2")["result"] == "expired"
    assert scan(store, direction="out")["result"] == "already_out"
    assert store.items == before


def test_an_unknown_code_tells_nothing(store: MemoryStore) -> None:
    answer = scan(store, FORGED)
    assert (answer["visitor"], answer["visit"], answer["on_site"]) == (None, None, False)


@pytest.mark.parametrize("code", [QR, QR.rpartition("/")[2], "20260001-1", "20260001", "5678"])
def test_every_form_of_code_finds_the_visitor(store: MemoryStore, code: str) -> None:
    assert scan(store, code)["visitor"]["name"] == "王小明"


def test_a_repeated_nonce_gets_the_first_answer_even_after_the_visitor_left(store: MemoryStore) -> None:
    first = scan(store, nonce="n-1")
    scan(store, now=NOW + timedelta(minutes=5), direction="out")
    repeated = scan(store, now=NOW + timedelta(minutes=9), nonce="n-1")
    assert repeated["result"] == first["result"] == "checked_in"
    assert passages(store) == ["in", "out"]


def test_a_nonce_belongs_to_one_scan(store: MemoryStore) -> None:
    scan(store, nonce="n-1")
    with pytest.raises(Invalid) as caught:
        scan(store, nonce="n-1", direction="out")
    assert [(wrong.path, wrong.code) for wrong in caught.value.fields] == [("nonce", "nonce_reused")]


def test_the_answer_to_a_nonce_is_forgotten_after_a_week(store: MemoryStore) -> None:
    scan(store, nonce="n-1")
    (kept,) = store.all(ScanItem)
    assert kept.expires == int((NOW + timedelta(days=7)).timestamp())


def test_a_repeated_idempotency_key_gets_the_first_answer(store: MemoryStore) -> None:
    key = RequestKey("k-1", "print")
    assert scan(store, key=key)["result"] == "checked_in"
    assert scan(store, key=key)["result"] == "checked_in"
    assert passages(store) == ["in"]


def test_a_scan_made_offline_keeps_its_own_time(store: MemoryStore) -> None:
    scan(store, now=NOW + timedelta(hours=3), at=NOW)
    (passage,) = store.all(PassageItem)
    assert (passage.at_time, passage.recorded_at) == (NOW, NOW + timedelta(hours=3))


def test_several_visitors_with_the_same_digits_are_to_be_chosen_from(store: MemoryStore) -> None:
    other = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002")
    store.write(*reception.invited(other, reception.a_guest(other, name="李雷", company="")))
    answer = scan(store, "5678")
    assert answer["result"] == "choose"
    assert answer["candidates"] == [
        {"name": "王小明", "company": "远航", "reservation": "20260001-1"},
        {"name": "李雷", "company": "", "reservation": "20260002-1"},
    ]
    assert scan(store, answer["candidates"][1]["reservation"])["visitor"]["name"] == "李雷"


def test_a_number_without_its_end_stands_for_the_only_visitor_or_for_a_choice(store: MemoryStore) -> None:
    group = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5E", number="20260003", visitors=2)
    guests = [reception.a_guest(group), reception.a_guest(group, 2, name="韩梅", status="revoked")]
    store.write(*reception.invited(group, *guests))
    assert scan(store, "20260003")["result"] == "checked_in"
    third = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5F", number="20260004", visitors=2)
    store.write(*reception.invited(third, reception.a_guest(third), reception.a_guest(third, 2)))
    assert [each["reservation"] for each in scan(store, "20260004")["candidates"]] == ["20260004-1", "20260004-2"]


def test_the_number_of_a_visit_that_waits_for_approval_is_known_but_opens_nothing(store: MemoryStore) -> None:
    waiting = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5G", number="20260005", status="pending")
    store.write(*reception.invited(waiting))
    answer = scan(store, "20260005")
    assert (answer["result"], answer["visitor"]) == ("not_approved", None)


def test_a_guest_of_another_site_is_sent_there_without_a_name(store: MemoryStore) -> None:
    plant = replace(reception.SITE, id="plant", name={"zh-CN": "工厂", "en": "Plant"})
    elsewhere = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5H", number="20260006", site="plant")
    guest = reception.a_guest(elsewhere)
    store.write(reception.a_site(plant), *reception.invited(elsewhere, guest))
    answer = scan(store, reception.qr_text(elsewhere, guest))
    assert (answer["result"], answer["right_site"]) == ("wrong_site", "工厂")
    assert (answer["visitor"], answer["visit"]) == (None, None)


def test_a_visitor_without_a_pass_for_the_day_gets_one_by_coming_in(store: MemoryStore) -> None:
    for place in [place for place in store.items if place[2].startswith("pass#")]:
        del store.items[place]
    assert scan(store)["result"] == "checked_in"
    assert [item.version for item in store.all(PassItem)] == [1]


def test_nobody_comes_in_on_a_visit_that_is_cancelled_between_reading_and_writing(store: MemoryStore) -> None:
    class CancelledMeanwhile(MemoryStore):
        def write(self, *operations: object) -> None:
            if any(isinstance(item, PassageItem) for item in _items(operations)) and not self.cancelled:
                self.cancelled = True
                cancelled = replace(VISIT, status="cancelled", version=2)
                super().write(Put(VisitItem.from_visit(cancelled), {}))
            super().write(*operations)  # type: ignore[arg-type]

    racing = CancelledMeanwhile()
    racing.cancelled = False  # type: ignore[attr-defined]
    racing.items = store.items
    assert scan(racing)["result"] == "cancelled"
    assert racing.all(PassageItem) == []


def _items(operations: tuple[object, ...]) -> list[object]:
    return [operation.item for operation in operations if isinstance(operation, Put)]


@pytest.mark.parametrize("gate", ["north", "hq/north", "nowhere/east", "", "/"])
def test_an_unknown_gate_is_named_as_the_wrong_field(store: MemoryStore, gate: str) -> None:
    with pytest.raises(Invalid) as caught:
        scan(store, gate=gate)
    assert [(wrong.path, wrong.code) for wrong in caught.value.fields] == [("gate", "unknown_gate")]


def test_a_guard_without_a_site_names_it_or_uses_a_gate_that_only_one_has(store: MemoryStore) -> None:
    roaming = company.add_person(store, company.person("roaming", roles=frozenset({"gate"})))
    assert scan(store, gate="west", person=roaming)["result"] == "checked_in"
    store.write(reception.a_site(replace(reception.SITE, id="plant")))
    sites.forget()
    with pytest.raises(Invalid):
        scan(store, gate="west", person=roaming)
    assert scan(store, gate="hq/west", person=roaming)["result"] == "already_in"
    assert scan(store, gate="west", site="hq", person=roaming)["result"] == "already_in"


@pytest.mark.parametrize(
    "person",
    [
        company.person("visitor", roles=frozenset({"employee"}), site="hq"),
        company.person("elsewhere", roles=frozenset({"gate"}), site="plant"),
        replace(GUARD, active=False),
    ],
)
def test_only_guards_of_the_site_and_reception_scan(store: MemoryStore, person: company.Person) -> None:
    with pytest.raises(Forbidden):
        scan(store, gate="hq/east", person=person)


def test_a_guard_whose_role_was_taken_away_meanwhile_lets_nobody_in(store: MemoryStore) -> None:
    stale = replace(GUARD, version=GUARD.version + 1)
    with pytest.raises((AssertionError, DomainError)):
        scan(store, person=stale)
    assert store.all(PassageItem) == []


def test_whoever_stayed_overnight_can_leave_with_the_same_code(store: MemoryStore) -> None:
    scan(store)
    next_day = NOW + timedelta(days=1)
    assert scan(store, now=next_day)["result"] == "already_in"
    assert scan(store, "20260001", now=next_day, direction="out")["result"] == "checked_out"


def test_messages_are_part_of_the_answer(store: MemoryStore) -> None:
    assert scan(store)["message"] == "checked_in"


def test_a_revoked_guest_is_refused(store: MemoryStore) -> None:
    other = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5J", number="20260007")
    guest = reception.a_guest(other, status="revoked")
    store.write(*reception.invited(other, guest))
    assert scan(store, reception.qr_text(other, guest))["result"] == "cancelled"
