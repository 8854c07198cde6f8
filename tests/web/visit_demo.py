"""Pages of visits and approvals with believable data, made by the handlers' own functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from chalicelib.domain.approvals import Entry, Running, Task, What
from chalicelib.domain.approvals.running import Status as ApprovalStatus
from chalicelib.domain.bookings import Booking, Busy
from chalicelib.domain.forms import File
from chalicelib.domain.invitations import Appointment, Guest
from chalicelib.domain.passes import pass_for
from chalicelib.domain.processes import VISIT
from chalicelib.domain.sites import Resource, Site
from chalicelib.domain.visits import Helper, Status, Visit, Visitor, moves_from
from chalicelib.handlers.approvals.shown import approval_data
from chalicelib.handlers.visits import attached, filling, occupancy, shown
from chalicelib.services.approvals import Approval
from chalicelib.services.visits import VisitView
from chalicelib.web.page import AREAS, Page
from chalicelib.web.render import render
from tests import company
from tests.web.demo import Reader

NOW = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
STARTS = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)
ME = company.person("chen.yu", name="陈宇", site="hq")
BOSS = company.person("wang.fang", name="王芳", phone="+8613600002222")
PEOPLE = {ME.id: ME.name, BOSS.id: BOSS.name, "HELPER": "欧阳晓雯"}
SITE = Site(
    id="hq",
    name={"zh-CN": "上海张江园区", "en": "Shanghai Zhangjiang"},
    address={"zh-CN": "上海市浦东新区博云路2号", "en": "2 Boyun Road, Shanghai"},
    rules={},
    time_zone="Asia/Shanghai",
    resources=(
        Resource("xinghai", "room", {"zh-CN": "星海厅", "en": "Xinghai"}, 12),
        Resource("qingshan", "room", {"zh-CN": "青山厅", "en": "Qingshan"}, 6),
    ),
)
LAB = replace(
    SITE,
    id="lab",
    name={"zh-CN": "苏州实验室", "en": "Suzhou laboratory"},
    resources=(Resource("taihu", "room", {"zh-CN": "太湖厅", "en": "Taihu"}, 20),),
)
VAN = Resource("van", "vehicle", {"zh-CN": "别克GL8商务车", "en": "Buick GL8"}, 7, 30)
VISITORS = (
    Visitor("李娜", "+8613912345678", "远航科技", "采购总监", plate="沪A·D12345"),
    Visitor(
        "Anna Berg", "+4915112345678", "Nordlicht GmbH", "Head of Engineering", "anna.berg@nordlicht.example", "en"
    ),
    Visitor("<script>alert(1)</script>", "+8613712349876", "远航科技"),
)


def a_visit(status: Status, **changes: Any) -> Visit:
    facts: dict[str, Any] = {
        "id": "01KJPX9W3TZ4QZ6T1N7V0F2B5C", "number": "48213907", "applicant": ME.id, "applicant_name": ME.name,
        "department": "D", "department_path": ("D",), "site": SITE.id, "starts": STARTS, "ends": ENDS, "host": ME.id,
        "host_name": ME.name, "host_phone": ME.phone, "purpose": "新一代机柜方案评审",
        "requirements": "需要投影与英文同传。\n午餐四份，其中一份素食。",
        "team": (Helper("HELPER", "现场翻译", "欧阳晓雯"),),
        "bookings": (Booking("xinghai", STARTS, ENDS, name="星海厅"),),
        "party": "李娜 · 远航科技", "visitors": 3, "created_at": NOW - timedelta(hours=5), "status": status,
        "attachments": (File("01KJPX9W3TZ4QZ6T1N7V0FILE1", "日程安排 Agenda.pdf", "application/pdf", 248_113),),
        "invited_at": NOW - timedelta(minutes=20) if status == "approved" else None, "version": 4,
    }  # fmt: skip
    return Visit(**facts | changes)


def running(status: str, comment: str = "") -> tuple[Running, tuple[Entry, ...]]:
    """An approval in its manager's hands, or decided by her, and its trail."""
    submitted = Entry(NOW - timedelta(hours=4), 1, What.SUBMITTED, ME.id)
    decided = {
        "approved": What.APPROVED,
        "rejected": What.REJECTED,
        "returned": What.RETURNED,
    }.get(status)
    trail = [submitted]
    if decided:
        trail.append(Entry(NOW - timedelta(minutes=30), 1, decided, BOSS.id, step="manager", comment=comment))
    if status == "withdrawn":
        trail.append(Entry(NOW - timedelta(minutes=30), 1, What.WITHDRAWN, ME.id))
    task = Task("visit-1.1", 1, 1, "manager", "visit-1.1", BOSS.id, opened_at=submitted.at)
    step, tasks = ("manager", (task,)) if status == "pending" else (None, ())
    found = Running(
        "visit-1", "visit", "1", "visit", 1, ME.id, 1, 1, ApprovalStatus(status), step, tasks, 1, people=(BOSS.id,)
    )
    return found, tuple(trail)


def approved(status: str, me: Any = ME) -> Approval:
    """The approval as its applicant or approver sees it."""
    found, trail = running(status, COMMENTS.get(status, ""))
    mine = ("approve", "reject", "return", "transfer", "delegate", "add_before", "add_after", "copy_to", "comment")
    moves = frozenset(mine if me is BOSS else ("urge", "comment", "copy_to")) if status == "pending" else frozenset()
    return Approval(found, VISIT, trail, PEOPLE, moves)


COMMENTS = {
    "returned": "请补充每位访客的公司和职务，并把时间改到下午。",
    "rejected": "该客户本季度已来访两次，请先电话沟通。",
}


class Asked:
    """As much of a Call as the functions that make data ask for."""

    def __init__(self, locale: str, me: Any = ME) -> None:
        self.locale, self.me, self.now = locale, me, NOW

    def may(self, action: str, resource: object) -> bool:
        """Whether the reader may; they are employees, who receive nobody at a gate."""
        return False


def view(status: Status, arrived: bool = False) -> VisitView:
    visit = a_visit(status)
    guests = _guests(visit) if visit.invited_at else ()
    passes = tuple(pass_for(visit, guest, STARTS.date(), visit.occurrences[0]) for guest in guests)
    if arrived:
        inside, left, expected = passes
        first = STARTS + timedelta(minutes=4)
        passes = (
            replace(inside, status="inside", since=first, first_in=first, entries=1),
            replace(left, status="left", first_in=first, last_out=first + timedelta(hours=1), entries=1),
            replace(expected, status="no_show"),
        )
    in_approval = status not in ("draft", "cancelled", "closed")
    approval = approved(status) if in_approval else None
    mine = ("change", "submit", "withdraw", "cancel")
    moves = tuple(name for name in moves_from(status) if name in mine)
    return VisitView(visit, VISITORS, guests, passes, (), approval, moves, SITE)


def _guests(visit: Visit) -> tuple[Guest, ...]:
    return tuple(
        Guest(visit.id, no, who.name, who.phone, who.company, who.language, who.plate, f"{visit.number}-{no}",
              f"link{no}", f"{no:016x}", NOW, Appointment.of(visit))
        for no, who in enumerate(VISITORS, 1)
    )  # fmt: skip


def visit_page(locale: str, status: Status, arrived: bool = False, me: Any = ME) -> dict[str, Any]:
    call = cast(Any, Asked(locale, me))
    seen = view(status, arrived)
    return shown.page_data(call, seen if me is ME else replace(seen, moves=()))


def task(number: int, status: str = "open", comment: str = "") -> dict[str, Any]:
    parties = ("李娜 · 远航科技", "Anna Berg · Nordlicht GmbH", "周建国 · 华东电力设计院")
    purposes = ("新一代机柜方案评审", "Factory acceptance test", "配电房改造踏勘")
    applicants = ("陈宇", "Tom Becker", "欧阳晓雯")
    facts = {
        "starts": (STARTS + timedelta(days=number)).isoformat(), "ends": (ENDS + timedelta(days=number)).isoformat(),
        "host": "陈宇", "visitors": str(3 - number), "purpose": purposes[number],
    }  # fmt: skip
    return {
        "id": f"visit-{number}.1", "approval": f"visit-{number}", "document_kind": "visit", "document_id": str(number),
        "subject": parties[number], "facts": facts, "applicant": ME.id, "applicant_name": applicants[number],
        "process": "visit", "process_title": "来访申请", "step": "直属上级", "due_at": None,
        "status": status, "opened_at": NOW - timedelta(hours=30 // (number + 1)), "comment": comment,
        "decided_at": NOW if status != "open" else None,
    }  # fmt: skip


def inbox(box: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "items": items,
        "next": None,
        "box": box,
        "process": "",
        "q": "",
        "approved": None,
        "refused": None,
        "processes": [("visit", "来访申请")],
    }


def approval_page(locale: str, status: str = "pending") -> dict[str, Any]:
    data = visit_page(locale, cast(Status, status), me=BOSS)
    mine = {"id": "visit-1.1", "opened_at": NOW, "due_at": None, "origin": "rule"} if status == "pending" else None
    return data | {
        "id": "visit-1.1", "kind": "visit", "version": 4, "task": mine,
        "approval": approval_data(approved(status, BOSS), locale), "asked_by": "",
    }  # fmt: skip


def form(locale: str, editing: bool = False) -> dict[str, Any]:
    call = cast(Any, Asked(locale))
    data = {
        "visit": None, "values": filling._first_values(call, SITE), "people": PEOPLE,
        "sites": [filling._site_choice(each, locale) for each in (SITE, LAB)],
        "levels": [{"key": "A", "name": "A"}], "me": {"id": ME.id, "name": ME.name}, "time_zone": SITE.time_zone,
    }  # fmt: skip
    if not editing:
        return data | attached.inputs(call, None, {})
    seen = view("returned")
    values = filling.values_of(seen) | attached.kept(seen.visit)
    return data | visit_page(locale, "returned") | attached.inputs(call, seen.visit, values) | {"values": values}


def calendar(locale: str, days: int = 1) -> dict[str, Any]:
    """The calendar of free and taken with a booking that has time to set up, and one over midnight."""
    zone = ZoneInfo(SITE.time_zone)
    day = STARTS.astimezone(zone).date()
    quarter = timedelta(minutes=15)
    busy = [
        Busy("20260001 V1", STARTS - quarter, ENDS + quarter),
        Busy("20260002 V2", ENDS + 4 * quarter, ENDS + timedelta(hours=16)),
    ]
    shown_days = [day + timedelta(days=n) for n in range(days)]
    resources = [replace(SITE.resources[0], margin_minutes=15), SITE.resources[1], VAN]
    taken = [busy, [], busy[:1]]
    rows = [occupancy._row(each, own, shown_days, zone, locale) for each, own in zip(resources, taken, strict=True)]
    return {
        "site": {"id": SITE.id, "name": SITE.name[locale], "time_zone": SITE.time_zone},
        "sites": [{"id": each.id, "name": each.name[locale]} for each in (SITE, LAB)],
        "view": "week" if days > 1 else "day", "kind": None, "days": shown_days, "next": None,
        "earlier": day - timedelta(days=days), "later": day + timedelta(days=days),
        "items": rows, "time_zone": SITE.time_zone,
    }  # fmt: skip


REFUSED = {
    "errors": {"visitors.1.phone": "手机号有误。境外号码请以“+”和国家代码开头。", "ends": "结束时间须晚于开始时间。"},
    "values": {
        "site": "lab", "starts": "2026-03-05T10:00", "ends": "2026-03-05T09:00", "host": BOSS.id, "purpose": "设备验收",
        "visitors.0.name": "李娜", "visitors.0.phone": "13912345678", "visitors.0.language": "zh-CN",
        "visitors.1.name": "赵敏", "visitors.1.phone": "123", "visitors.1.language": "en", "visitors.1.plate": "沪B·66",
        "team.0.person": "HELPER", "team.0.task": "翻译", "resources.0.resource": "taihu", "requirements": "午餐四份",
        "idempotency_key": "kept",
    },
}  # fmt: skip


def visits(locale: str) -> list[dict[str, Any]]:
    statuses: tuple[Status, ...] = ("pending", "approved", "returned", "draft", "closed", "cancelled")
    more = {"site_name": SITE.name[locale], "time_zone": SITE.time_zone}
    parties = (
        "李娜 · 远航科技",
        "Anna Berg · Nordlicht GmbH",
        "周建国 · 华东电力设计院",
        "孙悦",
        "高桥健一 · 三河精机",
        "刘洋 · 市消防支队",
    )
    return [
        shown.visit_data(
            a_visit(status, party=party, starts=STARTS - timedelta(days=4 * n), ends=ENDS - timedelta(days=4 * n))
        )
        | more
        for n, (status, party) in enumerate(zip(statuses, parties, strict=True))
    ]


def pages(locale: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page: name -> (template, data)."""
    statuses: tuple[Status, ...] = (
        "draft",
        "pending",
        "returned",
        "withdrawn",
        "rejected",
        "approved",
        "cancelled",
        "closed",
    )
    decided = [task(0, "approved"), task(1, "returned", "请把访问时间改到下午。")]
    return {
        "visits": ("visits.html", {"items": visits(locale), "next": "abc"}),
        "visits-empty": ("visits.html", {"items": [], "next": None}),
        "resources": ("resources.html", calendar(locale)),
        "resources-week": ("resources.html", calendar(locale, 7)),
        "form": ("visit_form.html", form(locale)),
        "form-edit": ("visit_form.html", form(locale, editing=True)),
        "form-refused": ("visit_form.html", form(locale) | REFUSED),
        **{f"visit-{status}": ("visit.html", visit_page(locale, status)) for status in statuses},
        "visit-arrived": ("visit.html", visit_page(locale, "approved", arrived=True)),
        "visit-stranger": ("visit.html", visit_page(locale, "approved", me=BOSS)),
        "approvals": ("approvals.html", inbox("open", [task(n) for n in range(3)])),
        "approvals-empty": ("approvals.html", inbox("open", [])),
        "approvals-decided": ("approvals.html", inbox("decided", decided)),
        "approval": ("approval.html", approval_page(locale)),
        "approval-refused": ("approval.html", approval_page(locale) | {"errors": {"comment": "请填写意见。"}}),
        "approval-decided": ("approval.html", approval_page(locale, "rejected")),
    }


def page(locale: str, theme: str, path: str, query: dict[str, str]) -> Page:
    person = Reader(ME.name, frozenset({"employee"}))
    return Page(locale, path, person, "token", str, theme=theme, areas=AREAS[:3], now=NOW, query=query)


def draw(name: str, locale: str, theme: str = "light", **query: str) -> str:
    """The page `name` in full."""
    template, data = pages(locale)[name]
    path = "/approvals" if name.startswith("approval") else "/visits"
    return render(template, data, page(locale, theme, path, query))
