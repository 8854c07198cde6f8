"""One's own bank accounts: stated and changed by the person alone, sealed, told on every channel."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.bank_accounts import BankAccount, account_for, masked, on_hold
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.notifications import CHOSEN, KINDS, Preferences
from chalicelib.models.bank_accounts import BankAccountItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.services import bank_accounts
from chalicelib.services.permissions import Resource, allowed
from tests.payments import CHINESE, IBAN, Seals, with_chinese_account, with_iban
from tests.services.conftest import Company


def test_an_account_is_stated_changed_and_removed(company: Company) -> None:
    call = company.call(company.applicant)
    with_iban(call, "de89 3704 0044 0532 0130 00")
    with_chinese_account(call)
    assert {each.form: each.shown for each in bank_accounts.mine(call)} == {"iban": "DE••••3000", "cn": "••••0123"}
    with_iban(call, "FR14 2004 1010 0505 0001 3M02 606")
    (item, _) = company.store.get(*BankAccountItem.all_of(company.applicant.id))
    assert (item.shown, item.version) == ("FR••••2606", 2)
    bank_accounts.remove(call, "iban")
    assert [each.form for each in bank_accounts.mine(call)] == ["cn"]
    with pytest.raises(NotFound):
        bank_accounts.remove(call, "iban")
    with_iban(call)
    assert len(bank_accounts.mine(call)) == 2


def test_a_record_never_has_the_number_in_the_clear(company: Company) -> None:
    from chalicelib.domain.audit import recorded_values

    with_iban(company.call(company.applicant))
    (item, _) = company.store.get(*BankAccountItem.all_of(company.applicant.id))
    kept = {name: value for name, value in item.attribute_values.items() if name != "sealed"}
    assert IBAN not in str(kept)
    assert recorded_values(item.attribute_values)["sealed"] == "•••"


@pytest.mark.parametrize(
    ("form", "facts", "faults"),
    [
        ("iban", {"number": "DE88370400440532013000"}, [("number", "bad_iban")]),
        ("iban", {"number": "XX00"}, [("number", "bad_iban")]),
        ("iban", {"number": ""}, [("number", "required")]),
        ("iban", {"number": IBAN, "holder": ""}, [("holder", "required")]),
        ("cn", {**CHINESE, "number": "1234567"}, [("number", "bad_account_number")]),
        ("cn", {**CHINESE, "cnaps": "12"}, [("cnaps", "bad_cnaps")]),
        ("cn", {"number": CHINESE["number"]}, [("bank", "required"), ("cnaps", "bad_cnaps")]),
    ],
)
def test_what_is_no_account_is_named(company: Company, form: Any, facts: dict[str, str], faults: list[Any]) -> None:
    with pytest.raises(Invalid) as refused:
        bank_accounts.state(company.call(company.applicant), Seals(), form, facts.pop("holder", "林梅"), **facts)
    assert [(field.path, field.code) for field in refused.value.fields] == faults


def test_nobody_touches_the_account_of_somebody_else(company: Company) -> None:
    theirs = Resource("Profile", company.applicant.id, {"owner": company.applicant.id})
    for someone in (company.admin, company.manager, company.reception):
        for action in ("account:view", "account:change"):
            assert not allowed(someone, frozenset(), action, theirs)


def test_a_change_is_told_once_on_every_channel_whatever_the_person_chose(company: Company) -> None:
    with_iban(company.call(company.applicant))
    (item, _) = company.store.get(*BankAccountItem.all_of(company.applicant.id))
    call = company.call(None)
    call.permit_public("what follows")
    for _ in range(2):
        bank_accounts.tell(call, item.to(BankAccount))
    (notice,) = company.store.all(NoticeItem)
    assert (notice.person, notice.template) == (company.applicant.id, "account_changed")
    silent = Preferences(company.applicant.id, dict.fromkeys(KINDS, ()))
    assert all(silent.wants(channel, "account_changed") for channel in CHOSEN)


def test_a_currency_is_paid_to_the_account_that_fits(company: Company) -> None:
    call = company.call(company.applicant)
    with_iban(call)
    with_chinese_account(call)
    held = bank_accounts.accounts_of(company.store, [company.applicant.id])[company.applicant.id]
    found = {code: account_for(code, held) for code in ("EUR", "CNY", "USD")}
    assert {code: each.form for code, each in found.items() if each} == {"EUR": "iban", "CNY": "cn", "USD": "iban"}
    assert account_for("EUR", {"cn": held["cn"]}) is None
    assert all(on_hold(each, company.now) for each in held.values())


def test_of_a_number_one_sees_little() -> None:
    assert masked(IBAN) == "DE••••3000"
    assert masked("6222021234567890123") == "••••0123"
