"""Batches: what is chosen, released, answered, given up; each payable in one living batch and paid once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Contention, Forbidden, IllegalMove, Invalid, NotFound
from chalicelib.domain.payments import AT_ONCE, FourEyes, NotYours, violations
from chalicelib.services import payments
from chalicelib.services.payments import batching, reading, releasing, settling, steps, taking_up
from tests.payments import converted, release_freeze, with_iban
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


# ---------------------------------------------------------------- who may


def test_who_approved_or_is_paid_neither_releases_nor_marks(office: Office) -> None:
    by_finance = office.owes(by=(office.manager.id, office.finance.id))
    to_second = office.owes(office.second)
    office.accounts(office.second)
    plain = office.owes()
    id = office.batch(by_finance, to_second, plain)
    for who in (office.finance, office.second):
        with pytest.raises(NotYours):
            office.release(id, who)
    third = office._hire("third", roles=frozenset({"employee", "finance"}))
    office.release(id, third)
    for who, owed in ((office.finance, by_finance), (office.second, to_second)):
        for verdict in ("paid", "failed"):
            with pytest.raises(NotYours):
                office.mark(id, owed, verdict, who)
        with pytest.raises(NotYours):
            office.bring(id, _csv((office.items(id)[0 if owed == by_finance else 1].end_to_end, "PAID")), who=who)
        with pytest.raises(NotYours):
            settling.pay_by_hand(office.call(who), owed, "Cash")
    office.mark(id, plain, "paid", office.finance)
    office.mark(id, to_second, "paid", office.finance)
    office.mark(id, by_finance, "paid", office.second)


def _csv(*rows: tuple[str, str]) -> bytes:
    return "\n".join(["End-to-end ID,Status", *(",".join(row) for row in rows)]).encode()


def test_another_person_releases_where_the_company_wants_four_eyes(office: Office) -> None:
    office.set_up(four_eyes=True)
    id = office.batch(office.owes())
    with pytest.raises(FourEyes):
        office.release(id)
    assert office.release(id, office.second).status == "released"


def test_without_a_word_four_eyes_are_wanted() -> None:
    assert releasing.settings_of(Office().store).four_eyes


@pytest.mark.parametrize("who", ["applicant", "manager", "admin"])
def test_nobody_but_finance_pays(office: Office, who: str) -> None:
    owed = office.owes()
    id = office.batch(owed)
    call = office.call(getattr(office, who))
    for command in (
        lambda: batching.make(call, [owed]),
        lambda: batching.remove(call, id, owed),
        lambda: batching.cancel(call, id),
        lambda: batching.close(call, id),
        lambda: releasing.release(call, id, True),
        lambda: releasing.fetch(call, id, office.files),
        lambda: settling.mark(call, id, owed, "paid", ""),
        lambda: settling.pay_by_hand(call, owed, ""),
    ):
        with pytest.raises(Forbidden):
            command()


# ---------------------------------------------------------------- by hand, and what documents do


def test_a_payable_is_paid_by_hand_without_a_batch(office: Office) -> None:
    owed = office.owes()
    settling.pay_by_hand(office.call(office.finance), owed, "Cash, receipt 12")
    paid = office.payable(owed)
    assert (paid.status, paid.reference, paid.paid_by) == ("paid", "Cash, receipt 12", office.finance.id)
    assert converted(office.store, "D001") == 10_000
    with pytest.raises(IllegalMove):
        settling.pay_by_hand(office.call(office.finance), owed, "again")
    with pytest.raises(Conflict):
        office.batch(owed)


def test_what_stands_in_a_batch_is_not_paid_beside_it(office: Office) -> None:
    owed = office.owes()
    office.batch(owed)
    with pytest.raises(IllegalMove, match="payable_taken"):
        settling.pay_by_hand(office.call(office.finance), owed, "Cash")


def test_what_its_document_refuses_is_not_paid(office: Office) -> None:
    owed = office.owes()
    id = office.ready(owed)
    release_freeze(office.store, "D001")
    with pytest.raises(Conflict, match="budget_not_frozen"):
        office.mark(id, owed)
    assert (office.payable(owed).status, office.head(id).paid) == ("batched", 0)


def test_a_document_is_paid_in_parts(office: Office) -> None:
    first = office.owes()
    call = office.call(office.admin)
    call.permit_public("a document's own transaction")
    more = payments.owing(call, "expense", "D001", "EX-D001", office.applicant.id, "林梅", 500, "EUR", part=2)
    call.commit({}, *more)
    id = office.ready(first, "expense-D001-2")
    office.mark(id, first)
    office.mark(id, "expense-D001-2")
    assert converted(office.store, "D001") == 10_500
    with pytest.raises(Conflict, match="payable_exists"):
        call.commit({}, *more)


def test_a_cancelled_document_is_not_paid_any_more(office: Office) -> None:
    owed, batched = office.owes(), office.owes()
    office.batch(batched)
    call = office.call(office.applicant)
    call.permit_public("a document's own transaction")
    call.commit({}, *payments.dropped(call, owed))
    assert office.payable(owed).status == "cancelled"
    for id in (owed, batched):
        with pytest.raises(IllegalMove):
            payments.dropped(call, id)
    with pytest.raises(NotFound):
        payments.dropped(call, "expense-none-1")


def test_a_reversed_document_leaves_its_payment_paid_and_says_so(office: Office) -> None:
    owed = office.owes()
    call = office.call(office.finance)
    call.permit_public("a document's own transaction")
    with pytest.raises(IllegalMove):
        payments.reversed(call, owed)
    settling.pay_by_hand(office.call(office.finance), owed, "Cash")
    call.commit({}, *payments.reversed(call, owed))
    assert (office.payable(owed).status, office.payable(owed).reversed_at) == ("paid", office.now)
    with pytest.raises(IllegalMove):
        payments.reversed(call, owed)


@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_nobody_is_owed_what_cannot_be_paid(office: Office, amount: int) -> None:
    with pytest.raises(Invalid):
        office.owes(amount=amount)


# ---------------------------------------------------------------- accounts and files


def test_without_an_account_there_is_no_file_and_finance_reads_whose_is_missing(office: Office) -> None:
    nobody = office.hire("nobody")
    id = office.batch(office.owes(), office.owes(nobody))
    head = office.release(id)
    assert (head.status, head.problem, head.concerned) == ("draft", "account_missing", (nobody.name,))
    assert office.files.kept == {}
    with_iban(office.call(nobody, now=office.now - timedelta(days=2)))
    assert office.release(id).status == "released"


def test_an_account_that_was_changed_today_is_held_until_finance_says_that_it_knows(office: Office) -> None:
    id = office.batch(office.owes())
    with_iban(office.call(office.applicant, now=office.now - timedelta(hours=23)))
    head = office.release(id)
    assert (head.status, head.problem) == ("draft", "account_on_hold")
    assert office.release(id, acknowledged=True).status == "released"


def test_an_account_that_changes_after_the_release_is_not_paid_unseen(office: Office) -> None:
    id = office.batch(office.owes())
    releasing.release(office.call(office.finance), id, True)
    with_iban(office.call(office.applicant, now=office.now + timedelta(seconds=1)))
    assert office.follow(id).problem == "account_on_hold"


def test_euros_need_an_account_of_the_company() -> None:
    office = Office()
    office.accounts()
    from chalicelib.services.payments import setting

    setting.state(office.call(office.admin), setting.Settings(four_eyes=False))
    id = office.batch(office.owes())
    assert office.release(id).problem == "payer_missing"


def test_the_page_of_a_batch_shows_accounts_masked_and_what_is_held(office: Office) -> None:
    owed = office.owes()
    id = office.batch(owed)
    view = reading.batch(office.call(office.finance), id)
    account = view.accounts[office.applicant.id]
    assert (account.shown, account.held) == ("DE••••3000", False)
    with_iban(office.call(office.applicant))
    assert reading.batch(office.call(office.finance), id).accounts[office.applicant.id].held
    assert reading.payable(office.call(office.finance), owed).mine_to_pay
    with pytest.raises(NotFound):
        reading.batch(office.call(office.finance), "nowhere")


def test_the_list_of_what_is_due_is_narrowed(office: Office) -> None:
    euro, yuan = office.owes(), office.owes(currency="CNY", amount=5)
    office.now += timedelta(days=10)
    late = office.owes(amount=3)
    call = office.call(office.finance)
    assert [each.id for each in reading.listed(call, reading.Asked(), None, 50).records] == [late, yuan, euro]
    for asked, expected in (
        (reading.Asked(currency="CNY"), [yuan]),
        (reading.Asked(older=5), [yuan, euro]),
        (reading.Asked(department="other"), []),
        (reading.Asked(q="d001"), [euro]),
        (reading.Asked(state="paid"), []),
        (reading.Asked(state="batched"), []),
    ):
        assert [each.id for each in reading.listed(call, asked, None, 50).records] == expected
    office.batch(euro)
    assert [each.id for each in reading.listed(call, reading.Asked(state="batched"), None, 50).records] == [euro]
    settling.pay_by_hand(call, yuan, "Cash")
    assert [each.id for each in reading.listed(call, reading.Asked(state="paid"), None, 50).records] == [yuan]
    assert reading.totals(reading.listed(call, reading.Asked(), None, 50).records) == {"EUR": 3}


def test_everybody_sees_what_they_are_paid(office: Office) -> None:
    owed = office.owes()
    office.owes(office.host)
    assert [each.id for each in reading.mine(office.call(office.applicant), None, 50).records] == [owed]
