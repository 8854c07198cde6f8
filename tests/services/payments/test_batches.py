"""Batches: what is chosen, released, answered, given up; each payable in one living batch and paid once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Contention, IllegalMove, Invalid, NotFound
from chalicelib.domain.payments import AT_ONCE, violations
from chalicelib.services.payments import batching, releasing, steps, taking_up
from tests.payments import converted
from tests.services.payments.office import Office


def statuses(office: Office, *payables: str) -> list[str]:
    return [office.payable(id).status for id in payables]


def test_a_batch_is_made_released_paid_and_closed(office: Office) -> None:
    first, second = office.owes(), office.owes(amount=2_550)
    id = office.batch(first, second)
    head = office.head(id)
    assert (head.status, head.payments, head.total, head.currency) == ("draft", 2, 12_550, "EUR")
    assert statuses(office, first, second) == ["batched", "batched"]
    assert office.release(id).status == "released"
    office.mark(id, first, note="TR-1")
    assert office.head(id).status == "partly"
    office.mark(id, second, "failed", note="AC04 closed account")
    head = office.head(id)
    assert (head.status, head.paid, head.paid_total, head.failed, head.failed_total) == (
        "answered",
        1,
        10_000,
        1,
        2_550,
    )
    assert violations(head, tuple(office.items(id))) == []
    batching.close(office.call(office.finance), id)
    assert office.head(id).status == "closed"
    assert statuses(office, first, second) == ["paid", "failed"]
    assert office.payable(second).reason == "AC04 closed account"
    assert (converted(office.store, "D001"), converted(office.store, "D002")) == (10_000, 0)


def test_what_failed_is_paid_by_another_batch(office: Office) -> None:
    owed = office.owes()
    first = office.ready(owed)
    office.mark(first, owed, "failed", note="AC04")
    second = office.ready(owed)
    assert office.payable(owed).attempts == 2
    office.mark(second, owed)
    with pytest.raises(IllegalMove):
        office.mark(second, owed)
    with pytest.raises(IllegalMove):
        office.mark(first, owed)
    assert converted(office.store, "D001") == 10_000
    ids = {item.end_to_end for batch in (first, second) for item in office.items(batch)}
    assert len(ids) == 2
    assert all(len(each) <= 35 and each.replace("-", "").isalnum() for each in ids)


def test_a_payable_is_in_one_living_batch(office: Office) -> None:
    owed = office.owes()
    office.batch(owed)
    with pytest.raises(Conflict, match="payable_taken"):
        office.batch(owed)


def test_of_two_who_choose_at_the_same_moment_one_is_refused(office: Office) -> None:
    owed = office.owes()
    late = batching.take_in(office.call(office.second), _blank(office, owed))
    office.batch(owed)
    call = office.call(office.second)
    call.permit_public("the same command")
    with pytest.raises(Contention):
        call.commit({}, *late[1])


def _blank(office: Office, owed: str) -> batching.Batch:
    return batching.Batch("B2", "PB2", "", office.second.id, office.now, waiting_for=(owed,))


def test_what_cannot_be_chosen_is_named(office: Office) -> None:
    euro, yuan = office.owes(), office.owes(currency="CNY")
    with pytest.raises(Invalid) as refused:
        office.batch(euro, yuan, "expense-none-1", "nonsense")
    found = [(field.path, field.code) for field in refused.value.fields]
    assert found == [
        ("payables.1", "payable_other_currency"),
        ("payables.2", "unknown_payable"),
        ("payables.3", "unknown_payable"),
    ]
    assert statuses(office, euro, yuan) == ["due", "due"]
    for wrong in ([], [f"expense-{n}-1" for n in range(201)]):
        with pytest.raises(Invalid):
            office.batch(*wrong)


def test_a_large_batch_is_gathered_step_by_step(office: Office) -> None:
    owed = [office.owes(amount=n + 1) for n in range(2 * AT_ONCE + 5)]
    id = str(batching.make(office.call(office.finance), owed)["id"])
    assert (office.head(id).status, office.head(id).payments) == ("gathering", AT_ONCE)
    taken = office.owes(amount=7)
    other = office.batch(owed[-1], taken)
    head = office.follow(id)
    assert (head.status, head.payments) == ("draft", len(owed) - 1)
    assert [(each.payable, each.reason) for each in head.left_out] == [(owed[-1], "payable_taken")]
    assert [item.no for item in office.items(id)] == list(range(1, len(owed)))
    assert violations(head, tuple(office.items(id))) == []
    assert office.payable(owed[-1]).batch == other


def test_a_step_that_is_told_twice_or_late_does_nothing(office: Office) -> None:
    id = str(batching.make(office.call(office.finance), [office.owes() for _ in range(AT_ONCE + 1)])["id"])
    steps.go_on(office.system(), office.files, office.seals, id, 1)
    head = office.head(id)
    steps.go_on(office.system(), office.files, office.seals, id, 1)
    steps.go_on(office.system(), office.files, office.seals, id, head.version)
    steps.go_on(office.system(), office.files, office.seals, "nowhere", 1)
    assert office.head(id) == head


def test_a_batch_that_the_stream_lost_is_taken_up_by_the_schedule(office: Office) -> None:
    id = str(batching.make(office.call(office.finance), [office.owes() for _ in range(AT_ONCE + 1)])["id"])
    assert taking_up.take_up(office.system()) == 0
    office.now += timedelta(minutes=11)
    assert taking_up.take_up(office.system()) == 1
    assert taking_up.take_up(office.system()) == 0
    assert office.head(id).version == 2
    assert office.follow(id).status == "draft"
    office.now += timedelta(minutes=11)
    assert taking_up.take_up(office.system()) == 0


def test_one_is_taken_out_of_a_draft_and_is_due_again(office: Office) -> None:
    first, second = office.owes(), office.owes(amount=1)
    id = office.batch(first, second)
    batching.remove(office.call(office.finance), id, second)
    head = office.head(id)
    assert (head.payments, head.total) == (1, 10_000)
    assert (office.payable(second).status, office.payable(second).batch) == ("due", "")
    assert violations(head, tuple(office.items(id))) == []
    office.release(id)
    with pytest.raises(IllegalMove):
        batching.remove(office.call(office.finance), id, first)


def test_an_empty_batch_is_not_released(office: Office) -> None:
    owed = office.owes()
    id = office.batch(owed)
    batching.remove(office.call(office.finance), id, owed)
    with pytest.raises(Conflict, match="payment_batch_empty"):
        office.release(id)


@pytest.mark.parametrize("released", [False, True])
def test_a_batch_is_given_up_while_nobody_fetched_its_file(office: Office, released: bool) -> None:
    owed = [office.owes() for _ in range(AT_ONCE + 3)]
    id = office.batch(*owed)
    if released:
        office.release(id)
    batching.cancel(office.call(office.finance), id)
    assert office.follow(id).status == "cancelled"
    assert set(statuses(office, *owed)) == {"due"}
    assert {item.status for item in office.items(id)} == {"dropped"}


def test_a_file_that_somebody_fetched_may_be_with_the_bank(office: Office) -> None:
    id = office.ready(office.owes())
    link = releasing.fetch(office.call(office.finance), id, office.files)
    assert link.startswith(f"https://files.example/payments/{id}/")
    with pytest.raises(Conflict, match="payment_file_fetched"):
        batching.cancel(office.call(office.finance), id)
    assert office.head(id).fetched == 1


def test_there_is_no_file_before_the_release(office: Office) -> None:
    id = office.batch(office.owes())
    with pytest.raises(NotFound):
        releasing.fetch(office.call(office.finance), id, office.files)
