"""Who works in the example company, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COMPANY = "星桥科技"
PASSWORD = "Atrium-Example-1"  # noqa: S105 - everybody's, for trying things out
NEEDS_SECOND_FACTOR = {"finance", "administrator", "gate"}


@dataclass(frozen=True)
class Unit:
    """A department; `head` is a login."""

    name: str
    cost_centre: str
    parent: str
    head: str


@dataclass(frozen=True)
class Person:
    """Somebody who works here; `department` is a name, `manager` a login."""

    login: str
    name: str
    department: str
    roles: tuple[str, ...] = ()
    manager: str = ""
    locale: str = "zh-CN"
    phone: str = ""

    @property
    def email(self) -> str:
        """An address that cannot exist."""
        return f"{self.login}@xingqiao.example"

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of theirs needs one."""
        return bool(NEEDS_SECOND_FACTOR & set(self.roles))

    def facts(self) -> dict[str, Any]:
        """What the API is told, but for ids."""
        return {
            "login": self.login,
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "roles": list(self.roles),
            "locale": self.locale,
        }

    def signs_in(self, totp_secret: str | None) -> dict[str, Any]:
        """What somebody who tries the product has to know."""
        told = {
            "login": self.login,
            "password": PASSWORD,
            "name": self.name,
            "roles": ["employee", *self.roles],
            "department": self.department,
        }
        return told | ({"totp_secret": totp_secret} if totp_secret else {})


TOP = Unit(COMPANY, "1000", "", "wang.fang")
DEPARTMENTS = (
    Unit("销售部", "2000", COMPANY, "chen.jun"),
    Unit("华东区", "2100", "销售部", "chen.jun"),
    Unit("研发中心", "3000", COMPANY, "chen.jie"),
    Unit("平台部", "3100", "研发中心", "chen.jie"),
    Unit("行政部", "4000", COMPANY, "zhao.min"),
    Unit("财务部", "5000", COMPANY, "sun.li"),
    Unit("审计部", "6000", COMPANY, "zheng.kai"),
)

ADMINISTRATOR = Person("admin", "周敏", COMPANY, ("administrator",))
PEOPLE = (
    Person("wang.fang", "王芳", COMPANY, ("approver",), phone="13800138010"),
    Person("chen.jun", "陈军", "销售部", ("approver",), "wang.fang", phone="13800138011"),
    Person("chen.jie", "陈洁", "研发中心", ("approver",), "wang.fang", phone="13800138012"),
    Person("zhao.min", "赵敏", "行政部", ("approver",), "wang.fang", phone="13800138013"),
    Person("sun.li", "孙丽", "财务部", ("finance", "approver"), "wang.fang", phone="13800138014"),
    Person("qian.hui", "钱慧", "财务部", ("finance",), "sun.li", phone="13800138022"),
    Person("zheng.kai", "郑凯", "审计部", ("auditor",), "wang.fang", phone="13800138015"),
    Person("lin.mei", "林梅", "华东区", (), "chen.jun", phone="13800138016"),
    Person("david.li", "David Li", "华东区", (), "chen.jun", "en", "13800138017"),
    Person("liu.yang", "刘洋", "平台部", (), "chen.jie", phone="13800138018"),
    Person("emma.brown", "Emma Brown", "平台部", (), "chen.jie", "en", "13800138019"),
    Person("wu.fang", "吴芳", "行政部", ("reception",), "zhao.min", phone="13800138020"),
    Person("he.gang", "何刚", "行政部", ("gate",), "zhao.min", phone="13800138021"),
)
"""Managers stand before those whom they manage."""

PAYER: dict[str, Any] = {
    "four_eyes": False,
    "name": "Xingqiao Trading Co., Ltd.",
    "iban": "DE75512108001245126199",
    "bic": "SOLADEST600",
    "account": "1001219300001234567",
}
"""How finance pays. One of the two approves what is to be paid, so the other one makes batches and releases them."""

TOLD_FIRST = ("lin.mei", "chen.jun", "he.gang", "wu.fang")


def as_told(person: Person) -> int:
    """The order of the sign-ins: the people of the first story come first."""
    return TOLD_FIRST.index(person.login) if person.login in TOLD_FIRST else len(TOLD_FIRST)


SITE: dict[str, Any] = {
    "name": {"zh-CN": "总部园区", "en": "Head Office"},
    "address": {"zh-CN": "上海市浦东新区星桥路 88 号", "en": "88 Xingqiao Road, Pudong, Shanghai"},
    "rules": {
        "zh-CN": "请携带有效身份证件\n进入园区后请全程佩戴访客证\n未经允许请勿拍照\n请由接待人陪同进入办公区",
        "en": "Bring a valid identity document\nWear your visitor badge at all times\n"
        "No photographs without permission\nYour host accompanies you in the offices",
    },
    "time_zone": "Asia/Shanghai",
    "map_url": "https://www.openstreetmap.org/?mlat=31.2212&mlon=121.5440#map=17/31.2212/121.5440",
    "early_minutes": 60,
}
GATES: tuple[dict[str, Any], ...] = (
    {"name": {"zh-CN": "北门", "en": "North Gate"}},
    {"name": {"zh-CN": "南门", "en": "South Gate"}},
)
RESOURCES: tuple[dict[str, Any], ...] = (
    {"kind": "room", "name": {"zh-CN": "星河厅", "en": "Galaxy Hall"}, "seats": 40, "margin_minutes": 15},
    {"kind": "room", "name": {"zh-CN": "长江会议室", "en": "Yangtze Room"}, "seats": 16, "margin_minutes": 0},
    {"kind": "room", "name": {"zh-CN": "黄山会议室", "en": "Huangshan Room"}, "seats": 8, "margin_minutes": 0},
    {"kind": "room", "name": {"zh-CN": "洽谈室一", "en": "Meeting Corner 1"}, "seats": 4, "margin_minutes": 0},
    {"kind": "equipment", "name": {"zh-CN": "同声传译设备", "en": "Interpreting system"}, "margin_minutes": 30},
    {"kind": "equipment", "name": {"zh-CN": "移动投影仪", "en": "Mobile projector"}},
    {"kind": "vehicle", "name": {"zh-CN": "别克GL8商务车", "en": "Buick GL8"}, "seats": 7, "margin_minutes": 30},
    {"kind": "vehicle", "name": {"zh-CN": "考斯特中巴", "en": "Coaster minibus"}, "seats": 20, "margin_minutes": 30},
)
