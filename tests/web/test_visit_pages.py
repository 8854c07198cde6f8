"""Pages of visits and approvals: what they show to whom, how they are used, and that nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from chalicelib.domain.passes import pass_for
from chalicelib.domain.visits import Status
from chalicelib.handlers.visits import shown
from tests.web import visit_demo as demo
from tests.web.looking import Eye
from tests.web.visit_server import Server

LOOKED_AT = (
    *(
        "resources",
        "resources-week",
        "visits",
        "visits-empty",
        "form",
        "form-refused",
        "visit-draft",
        "visit-returned",
        "visit-arrived",
    ),
    *("visit-stranger", "approvals", "approvals-decided", "approval", "approval-refused", "approval-decided"),
)
LOOKS = [("zh-CN", "light", 390), ("en", "dark", 1440)]


@pytest.mark.parametrize(("locale", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_accessible_and_fits(
    eye: Eye, server: Server, name: str, locale: str, theme: str, width: int
) -> None:
    eye.sees(f"{server[0]}/{name}?theme={theme}", locale, width, f"visits-{name}")


# ---------------------------------------------------------------- what is shown to whom
@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("draft", ["cancel", "submit"]),
        ("pending", ["cancel", "withdraw"]),
        ("returned", ["cancel", "submit"]),
        ("approved", ["cancel"]),
        ("rejected", []),
        ("closed", []),
    ],
)
def test_the_bar_offers_exactly_the_moves_that_the_status_allows(status: Status, offered: list[str]) -> None:
    html = demo.draw(f"visit-{status}", "en")
    moves = ("submit", "withdraw", "cancel")
    assert sorted(move for move in moves if f'name="action" value="{move}"' in html) == sorted(offered)
    assert ("/edit" in html) == (status in ("draft", "returned"))


def test_only_who_receives_the_visitors_gets_their_links_and_full_numbers() -> None:
    mine, strangers = demo.draw("visit-approved", "en"), demo.draw("visit-stranger", "en")
    assert 'href="/i/link1"' in mine
    assert "+86 139 1234 5678" in mine
    assert "/i/link" not in strangers
    assert "1234 5678" not in strangers
    assert not any("invite" in guest for guest in demo.visit_page("en", "approved", me=demo.BOSS)["guests"])


def test_nobody_gets_what_signs_a_code() -> None:
    for guest in demo.visit_page("en", "approved")["guests"]:
        assert not {"nonce", "link"} & set(guest)


def test_a_script_in_a_visitors_name_is_text() -> None:
    assert "<script>alert" not in demo.draw("visit-approved", "en") + demo.draw("form-edit", "en")


def test_a_returned_visit_says_who_sent_it_back_and_why() -> None:
    html = demo.draw("visit-returned", "zh-CN")
    assert "王芳已退回" in html
    assert demo.COMMENTS["returned"] in html


def test_a_pending_visit_says_who_is_next_and_for_how_long() -> None:
    html = demo.draw("visit-pending", "zh-CN")
    assert "待王芳审批" in html
    assert "已等待4小时" in html


def test_a_decided_document_says_by_whom_and_offers_no_decision() -> None:
    html = demo.draw("approval-decided", "en")
    assert "Rejected by 王芳" in html
    assert "/actions" not in html


def test_times_are_those_of_the_site() -> None:
    assert "3月5日 周四 10:00–13:00" in demo.draw("visit-approved", "zh-CN")


def test_a_page_waits_for_its_invitations_only_until_they_are_sent() -> None:
    sending = replace(demo.view("approved"), visit=demo.a_visit("approved", invited_at=None), guests=(), passes=())
    data = shown.page_data(cast(Any, demo.Asked("en")), sending)
    waiting = demo.render("visit.html", data, demo.page("en", "light", "/visits", {}))
    assert 'hx-trigger="every' in waiting
    assert 'hx-trigger="every' not in demo.draw("visit-approved", "en")


# ---------------------------------------------------------------- panels of the home page
def panel(name: str, **data: Any) -> str:
    return demo.render(f"parts/{name}.html", data, demo.page("en", "light", "/", {}))


def test_the_panels_of_the_home_page_lead_to_each_task_and_visit() -> None:
    assert 'href="/approvals/visit-0.1"' in panel("to_dos", to_dos=[demo.task(0)])
    assert "Awaiting approval" in panel("my_visits", my_visits=demo.visits("en"))


def test_an_empty_panel_says_what_to_do_first() -> None:
    assert "Nothing is waiting for you" in panel("to_dos", to_dos=[])
    assert 'href="/visits/new"' in panel("my_visits", my_visits=[])


# ---------------------------------------------------------------- a visitor's standing over several days
def test_of_several_days_the_present_one_counts_unless_somebody_is_still_inside() -> None:
    visit = demo.a_visit("approved")
    guest = demo._guests(visit)[0]
    first = demo.STARTS.date()
    days = [pass_for(visit, guest, first + timedelta(days=each), visit.occurrences[0]) for each in range(3)]
    assert shown.current(days, first - timedelta(days=2)) == days[0]
    assert shown.current(days, first + timedelta(days=1)) == days[1]
    still = replace(days[0], status="inside")
    assert shown.current([still, *days[1:]], first + timedelta(days=1)) == still
    assert shown.current([], first) is None
