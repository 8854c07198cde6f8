"""Who may pay, release and mark, and who may not for their own sake."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.payments import FourEyes, NotYours
from chalicelib.services.payments import batching, releasing, settling
from tests.services.payments.office import Office

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
