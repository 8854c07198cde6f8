"""Changing an approved visit: at once or after another approval, bookings without a gap, everything sent stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.amendments import ChangePending
from chalicelib.domain.bookings import ResourceTaken
from chalicelib.domain.errors import IllegalMove, Invalid
from chalicelib.domain.visits import Application, Helper, Visit, Visitor
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, ResourceDayItem, VisitItem
from chalicelib.models.work import OpenVisitItem
from chalicelib.services import approvals, closing, visits
from tests.services.conftest import Company
from tests.services.test_visits import START, asked, decide, room, submitted

DAY = timedelta(days=1)


def approved(company: Company, **facts: Any) -> str:
    visit_id = submitted(company, **facts)
    decide(company, "approve")
    return visit_id


def read(company: Company, visit_id: str) -> Visit:
    (item,) = company.store.get(VisitItem.at(visit_id))
    visit: Visit = item.to(Visit)
    return visit


def change(company: Company, visit_id: str, application: Application, **facts: Any) -> dict[str, Any]:
    return visits.change(company.call(company.applicant, **facts), visit_id, application)


def longer(company: Company, **facts: Any) -> Application:
    return asked(company, ends=START + DAY, **facts)


def taken(company: Company) -> set[tuple[str, str, int]]:
    return {(item.pk, item.sk, number) for item in company.store.all(ResourceDayItem) for number in item.held()}


def test_what_costs_no_more_counts_at_once_and_begins_another_round(company: Company) -> None:
    visit_id = approved(company)
    wanted = asked(
        company, starts=START + DAY, ends=START + DAY + timedelta(hours=1), team=(Helper(company.manager.id),)
    )
    assert change(company, visit_id, wanted)["status"] == "approved"
    visit = read(company, visit_id)
    assert (visit.round, visit.starts, visit.amended_at) == (2, START + DAY, company.now)
    assert visit.people >= {company.manager.id}
    (held,) = company.store.all(OpenVisitItem)
    assert (held.round, held.attempt) == (2, 0)
    assert approvals.inbox(company.call(company.manager)).items == []


def test_what_says_what_is_so_already_changes_nothing(company: Company) -> None:
    visit_id = approved(company)
    before = read(company, visit_id)
    change(company, visit_id, asked(company))
    assert read(company, visit_id) == before


def test_bookings_move_in_one_step_and_never_fall_to_others(company: Company) -> None:
    visit_id = approved(company, bookings=(room(),))
    other = submitted(company, bookings=(room("r1", 2),))
    before = taken(company)
    with pytest.raises(ResourceTaken):
        change(company, visit_id, asked(company, bookings=(room("r1", 2),)))
    assert taken(company) == before
    change(company, visit_id, asked(company, bookings=(room("r2"),)))
    with pytest.raises(ResourceTaken):
        submitted(company, bookings=(room("r2"),))
    submitted(company, bookings=(room(),))
    assert read(company, other).bookings


def test_more_days_go_back_to_approval_while_the_visit_stays_as_it_is(company: Company) -> None:
    visit_id = approved(company, bookings=(room(),))
    before = read(company, visit_id)
    change(company, visit_id, longer(company, bookings=(room("r2"),)))
    waiting = read(company, visit_id)
    assert (waiting.status, waiting.ends, waiting.round) == ("approved", before.ends, before.round)
    assert waiting.proposal and waiting.proposal.visit.ends == START + DAY
    assert len({pk for pk, _, _ in taken(company)}) == 2, "what it has and what it would have are both kept for it"
    (task,) = approvals.inbox(company.call(company.manager)).items
    assert task.facts["ends"] == (START + DAY).isoformat()


def test_an_approved_change_counts_from_then_on(company: Company) -> None:
    visit_id = approved(company, bookings=(room(),))
    more = (Visitor("王芳", "+8613912345678", company="ACME"), Visitor("李雷", "+8613912345679"))
    change(company, visit_id, longer(company, bookings=(room("r2"),), visitors=more))
    decide(company, "approve")
    visit = read(company, visit_id)
    assert (visit.status, visit.ends, visit.round, visit.proposal) == ("approved", START + DAY, 2, None)
    assert (visit.visitors, visit.numbered) == (2, 2)
    assert {pk for pk, _, _ in taken(company)} == {"resource#hq#r2"}
    (listed,) = company.store.get(GuestsItem.at(visit_id))
    assert [(each.name, each.no) for each in listed.visitors] == [("王芳", 1), ("李雷", 2)]


def test_a_number_stays_whoever_leaves_the_list(company: Company) -> None:
    one, two, three = (Visitor(name, f"+861391234567{n}") for n, name in enumerate(("王芳", "李雷", "韩梅梅")))
    visit_id = approved(company, visitors=(one, two))
    change(company, visit_id, asked(company, visitors=(two, three)))
    (listed,) = company.store.get(GuestsItem.at(visit_id))
    assert [(each.name, each.no) for each in listed.visitors] == [("李雷", 2), ("韩梅梅", 3)]
    assert read(company, visit_id).numbered == 3


@pytest.mark.parametrize("how", ["reject", "return", "take_back"])
def test_a_change_that_is_not_approved_leaves_the_visit_as_it_was_and_may_be_tried_again(
    company: Company, how: str
) -> None:
    visit_id = approved(company, bookings=(room(),))
    before, held = read(company, visit_id), taken(company)
    change(company, visit_id, longer(company, bookings=(room("r2"),)))
    if how == "take_back":
        visits.act(company.call(company.applicant), visit_id, "take_back")
    else:
        decide(company, how)
    after = read(company, visit_id)
    assert replace(after, version=before.version) == before and taken(company) == held
    assert approvals.inbox(company.call(company.manager)).items == []
    change(company, visit_id, longer(company))
    decide(company, "approve")
    assert read(company, visit_id).ends == START + DAY


def test_one_change_at_a_time(company: Company) -> None:
    visit_id = approved(company)
    change(company, visit_id, longer(company))
    with pytest.raises(ChangePending):
        change(company, visit_id, asked(company, purpose="Another"))
    assert set(visits.view(company.call(company.applicant), visit_id).moves) == {"take_back", "cancel"}


def test_who_cancels_gives_back_what_a_waiting_change_had_booked(company: Company) -> None:
    visit_id = approved(company, bookings=(room(),))
    change(company, visit_id, longer(company, bookings=(room("r2"),)))
    visits.act(company.call(company.applicant), visit_id, "cancel")
    assert taken(company) == set()
    assert approvals.inbox(company.call(company.manager)).items == []
    assert read(company, visit_id).proposal is None


def test_a_change_that_nobody_decided_ends_with_the_visit(company: Company) -> None:
    visit_id = approved(company, bookings=(room(),))
    change(company, visit_id, longer(company, bookings=(room("r2"),)))
    call = company.call(None, now=START + 2 * DAY)
    call.permit_public("a test")
    assert closing.close(call, read(company, visit_id)) is None
    assert (read(company, visit_id).status, read(company, visit_id).proposal) == ("closed", None)
    assert approvals.inbox(company.call(company.manager)).items == []
    assert taken(company) == set(), "nobody came, so nothing stays booked"


def test_a_visit_that_runs_may_get_more_visitors_but_no_other_start(company: Company) -> None:
    visit_id = approved(company)
    now = START + timedelta(minutes=30)
    more = (*asked(company).visitors, Visitor("李雷", "+8613912345679"))
    change(company, visit_id, asked(company, visitors=more), now=now)
    assert read(company, visit_id).visitors == 2
    with pytest.raises(Invalid) as refused:
        change(company, visit_id, asked(company, visitors=more, starts=now + DAY, ends=now + 2 * DAY), now=now)
    assert [(each.path, each.code) for each in refused.value.fields] == [("starts", "already_begun")]
    with pytest.raises(Invalid):
        change(company, visit_id, asked(company, ends=now - timedelta(minutes=1)), now=now)


def test_the_site_stays(company: Company) -> None:
    from chalicelib.models.sites import SiteItem
    from chalicelib.models.store import create
    from tests.services.conftest import SITE

    company.store.write(create(SiteItem.from_site(replace(SITE, id="works"))))
    visit_id = approved(company)
    with pytest.raises(Invalid) as refused:
        change(company, visit_id, asked(company, site="works"))
    assert [each.code for each in refused.value.fields] == ["site_is_fixed"]


def test_a_closed_visit_is_not_changed(company: Company) -> None:
    visit_id = approved(company)
    visit = read(company, visit_id)
    company.store.write(replace_item(VisitItem.from_visit(replace(visit, status="closed", version=visit.version + 1))))
    with pytest.raises(IllegalMove):
        change(company, visit_id, asked(company, purpose="Late"))
