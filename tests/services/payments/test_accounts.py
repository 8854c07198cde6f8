"""Accounts in files for the bank, and what finance and the paid see of payments."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.services.payments import reading, releasing, settling
from tests.payments import with_iban
from tests.services.payments.office import Office

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
