"""Invoices that are thrown away, listed, and shown to those who may see them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, Contention, Forbidden, IllegalMove, Invalid, NotFound
from chalicelib.services import received
from chalicelib.services.received import Named
from chalicelib.services.uploads import giving
from tests.services.conftest import Company
from tests.services.received.bucket import Bucket
from tests.services.received.desk import PNG, STATED, faults, register, settle, use


def test_an_invoice_that_nothing_was_claimed_with_is_thrown_away_and_gone(company: Company) -> None:
    id = register(company)
    answer = received.discard(company.call(company.applicant), id)
    assert (answer["status"], answer["location"]) == ("discarded", "/received")
    assert received.listed(company.call(company.applicant)).items == []
    with pytest.raises(Invalid) as refused:
        use(company, "A", {}, {id: 1})
    assert faults(refused) == [("invoice", "unknown_invoice")]
    with pytest.raises(IllegalMove):
        received.discard(company.call(company.applicant), id)


def test_an_invoice_that_backs_something_stays(company: Company) -> None:
    id = register(company)
    use(company, "A", {}, {id: 1})
    with pytest.raises(Conflict, match="invoice_in_use"):
        received.discard(company.call(company.applicant), id)
    settle(company, "A", {id: 1})
    with pytest.raises(Conflict, match="invoice_in_use"):
        received.discard(company.call(company.applicant), id)


def test_who_read_an_invoice_before_it_was_thrown_away_does_not_take_it(company: Company) -> None:
    id = register(company)
    call = company.call(company.applicant)
    call.permit_public("the claim's own transaction")
    late = received.using(call, "A", {}, {id: 1})
    received.discard(company.call(company.applicant), id)
    with pytest.raises(Contention):
        call.commit({}, *late)


def test_my_list_has_mine_the_newest_first_sifted_by_what_can_be_claimed(company: Company) -> None:
    first, second = register(company), register(company, number="18")
    register(company, company.host, number="19")
    use(company, "A", {}, {first: 1})
    mine = company.call(company.applicant)
    assert [each.received.id for each in received.listed(mine).items] == [second, first]
    assert [each.received.id for each in received.listed(mine, "unused").items] == [second]
    used = received.listed(mine, "used").items
    assert [(each.received.id, each.claimed, each.left) for each in used] == [(first, 1, 0)]
    page = received.listed(mine, limit=1)
    assert [each.received.id for each in received.listed(mine, None, page.next, 1).items] == [first]
    assert [each.received.id for each in received.open_of(company.store, company.applicant.id)] == [second]


def test_an_invoice_is_shown_to_its_owner_and_to_who_sees_the_claim(
    company: Company, monkeypatch: pytest.MonkeyPatch, bucket: Bucket
) -> None:
    file = bucket.bring(company.call(company.applicant), "a.png", PNG)
    id = register(company, file=file)
    monkeypatch.setattr(giving, "files", lambda: Linking())
    seen = lambda call, claim: Named("CL-1", "林梅", "/claims/A") if call.actor == company.manager.id else None  # noqa: E731
    monkeypatch.setitem(received.DOCUMENTS, "claim", seen)
    for who in (company.manager, company.host):
        with pytest.raises(NotFound):
            received.view(company.call(who), id)
        with pytest.raises(NotFound):
            giving.link(company.call(who), file)
    use(company, "A", {}, {id: 1})
    view = received.view(company.call(company.manager), id)
    assert [(each.amount, each.live, each.named.number if each.named else "") for each in view.backs] == [
        (1, True, "CL-1")
    ]
    assert giving.link(company.call(company.manager), file) == "linked"
    assert received.view(company.call(company.applicant), id).backs[0].named is None
    with pytest.raises(NotFound):
        received.view(company.call(company.host), id)


class Linking:
    """A bucket that only gives links."""

    def link(self, *given: Any) -> str:
        return "linked"


def test_only_employees_register_and_nobody_else_throws_away(company: Company) -> None:
    nobody = company.call(company._hire("guest", roles=frozenset()))
    with pytest.raises(Forbidden):
        received.register(nobody, STATED)
    with pytest.raises(NotFound):
        received.discard(company.call(company.host), register(company))
