"""What templates turn data into."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from chalicelib.web.filters import ICON_FOLDER
from chalicelib.web.page import AREAS, Page, areas_for, initials
from chalicelib.web.render import TEMPLATE_FOLDER, environment
from chalicelib.web.status import _LOOKS
from tests.web import demo

NOW = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)  # already the 4th in Shanghai


def shown(source: str, locale: str = "en", **data: Any) -> str:
    zones = {name: data.pop(name) for name in ("time_zone", "reader_zone") if name in data}
    page = Page(locale, "/", None, "token", lambda path: path, now=NOW, query=data.pop("query", {}), **zones)
    return environment(locale).from_string(source).render(page=page, errors={}, values={}, **data)


def text(source: str, locale: str = "en", **data: Any) -> str:
    return re.sub(r"<[^>]+>", "", shown(source, locale, **data))


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (0, "Wed 4 Mar, 01:00", "3月4日 周三 01:00"),
        (-6, "Thu 26 Feb, 01:00", "2月26日 周四 01:00"),
        (30, "3 Apr, 01:00", "4月3日 01:00"),
        (400, "8 Apr 2027, 01:00", "2027年4月8日 01:00"),
    ],
)
def test_times_are_local_with_a_weekday_when_near_and_a_year_when_far(days: int, english: str, chinese: str) -> None:
    at = NOW + timedelta(days=days)
    assert text("{{ at | datetime }}", at=at) == english
    assert text("{{ at | datetime }}", "zh-CN", at=at) == chinese


def test_times_may_come_as_json_carries_them() -> None:
    assert text("{{ at | datetime }}", at="2026-03-03T17:00:00.000001Z") == "Wed 4 Mar, 01:00"
    assert text("{{ at | date }}", at="2026-03-05") == "Thu 5 Mar"
    assert text("{{ at | input_time }}", at="2026-03-03T17:00:00Z") == "2026-03-04T01:00"


SPAN = "{{ at | span(until, zone) }}"
NINE_TO_FIVE = {"at": "2026-03-05T01:00:00Z", "until": "2026-03-05T09:00:00Z", "zone": "Asia/Shanghai"}


@pytest.mark.parametrize(
    ("reader", "english", "chinese"),
    [
        ("Asia/Shanghai", "", ""),
        ("Asia/Singapore", "", ""),  # its clocks show the same
        ("Europe/Berlin", " (China Standard Time)", "（中国标准时间）"),
        ("", "", ""),
    ],
)
def test_times_of_a_place_are_its_own_and_name_their_zone_to_who_has_another(
    reader: str, english: str, chinese: str
) -> None:
    zones = {"time_zone": reader or "Asia/Shanghai", "reader_zone": reader}
    assert text(SPAN, **NINE_TO_FIVE, **zones) == f"Thu 5 Mar, 09:00–17:00{english}"
    assert text(SPAN, "zh-CN", **NINE_TO_FIVE, **zones) == f"3月5日 周四 09:00–17:00{chinese}"


def test_on_the_page_of_a_place_what_people_did_is_told_in_the_readers_zone() -> None:
    zones = {"time_zone": "Asia/Shanghai", "reader_zone": "Europe/Berlin"}
    assert text("{{ at | datetime }}", at=NOW, **zones) == "Wed 4 Mar, 01:00"
    assert text("{{ at | datetime(page.reader_zone) }}", at=NOW, **zones) == "Tue 3 Mar, 18:00"
    assert text("{{ 'Starts' | zoned }}", **zones) == "Starts (China Standard Time)"


def test_summer_time_is_named_as_such() -> None:
    zones = {"time_zone": "Asia/Shanghai", "reader_zone": "Asia/Shanghai"}
    july = {"at": "2026-07-05T07:00:00Z", "until": "2026-07-05T15:00:00Z", "zone": "Europe/Berlin"}
    assert text(SPAN, **july, **zones) == "5 Jul, 09:00–17:00 (Central European Summer Time)"


def test_a_phone_number_hides_its_middle() -> None:
    assert text("{{ '+8613812345678' | phone }} {{ '+4930123456' | phone }} {{ '110' | phone }}") == (
        "+86 138****5678 +49 ****3456 ****"
    )


def test_a_status_is_a_word_an_icon_and_a_tone() -> None:
    html = shown("{{ 'approved' | status }}", "zh-CN")
    assert "已通过" in html
    assert "<svg" in html
    assert "status-good" in html


def test_what_people_typed_is_text_whatever_it_looks_like() -> None:
    source = '{% import "macros/table.html" as table with context %}{{ table.cell(name, name) }}{{ table.head(name) }}'
    assert "<script" not in shown(source, name='"><script>alert(1)</script>')


def test_a_name_that_the_data_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        shown("{{ nobody.gave_this }}")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("欧阳晓雯", "晓雯"), ("张伟", "张伟"), ("Anna Maria Berg", "AM"), ("Bo", "B"), ("", "")],
)
def test_a_face_carries_the_given_name_or_the_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_filters_keep_each_other_and_start_at_the_first_page() -> None:
    source = "{{ page.query | with_query(status='approved', site=none) }}"
    url = shown(source, query={"q": "张", "site": "a", "cursor": "xyz"})
    assert url == "?q=%E5%BC%A0&amp;status=approved"


def test_areas_are_those_that_open_and_the_nearest_one_is_current() -> None:
    assert [area.key for area in areas_for({"/", "/gate"}.__contains__)] == ["home", "gate"]
    places = {"/": "home", "/visits/01X": "visits", "/gate": "gate", "/gate/onsite": "onsite", "/sign-in": ""}
    pages = {path: Page("en", path, None, "", str, areas=AREAS).current_area for path in places}
    assert pages == places


def test_a_refused_form_keeps_what_was_typed_and_names_the_fields(demo_pages: None) -> None:
    html = demo.draw("demo_form", "zh-CN", "light", **demo.REFUSED)
    assert 'name="visitors.1.phone" type="tel" value="123"' in html
    assert 'name="ends" type="datetime-local" step="60" value="2026-03-05T08:00"' in html
    assert '<a href="#f-visitors-1-phone">' in html
    assert 'id="f-visitors-1-phone"' in html
    assert 'name="idempotency_key" value="kept"' in html


def test_each_form_shown_for_the_first_time_has_its_own_key(demo_pages: None) -> None:
    keys = {re.search(r'name="idempotency_key" value="([^"]+)"', demo.draw("demo_form", "en", "light")) for _ in "ab"}
    assert len({key[1] for key in keys if key}) == 2


def test_every_icon_that_is_named_exists() -> None:
    sources = "\n".join(path.read_text() for path in TEMPLATE_FOLDER.rglob("*.html"))
    named = set(re.findall(r"""icon\(["']([\w-]+)["']""", sources))
    named |= {area.icon for area in AREAS} | {drawing for _, drawing, _ in _LOOKS.values()}
    assert sorted(name for name in named if not (ICON_FOLDER / f"{name}.svg").exists()) == []


def test_templates_hold_nothing_that_the_policy_would_block() -> None:
    inline = re.compile(r"""<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|\bhx-on""")
    found = {path.name: inline.findall(path.read_text()) for path in TEMPLATE_FOLDER.rglob("*.html")}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_a_request_for_json_loads_no_template_engine() -> None:
    code = (
        "import sys, chalicelib.web.render, chalicelib.web.page, chalicelib.web.assets, chalicelib.web.messages as m;"
        "m.message('required', {}, 'en'); print(sorted({'jinja2', 'babel', 'markupsafe'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
