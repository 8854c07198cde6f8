"""The example company, made through the HTTP API as its administrator would make it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

import boto3
import pyotp

STAGE = "local"
REGION = "us-east-1"
PASSWORD = "Atrium-Example-1"  # noqa: S105 - printed at the start, for an example only
COMPANY = "远山科技"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in. `department` is a key of DEPARTMENTS, `manager` a login."""

    login: str
    name: str
    department: str
    phone: str
    manager: str = "admin"
    roles: tuple[str, ...] = ()
    locale: str = "zh-CN"
    guards: bool = False


DEPARTMENTS = {"sales": ("销售部", "2000", "chen.jun"), "service": ("客户服务部", "3000", "sun.li")}
"""Name, cost centre and head's login of the departments below the company."""

PEOPLE = (
    Person("chen.jun", "陈军", "sales", "+8613910000002", roles=("approver",)),
    Person("sun.li", "孙丽", "service", "+8613910000003", roles=("approver",)),
    Person("lin.mei", "林梅", "sales", "+8613910000004", manager="chen.jun"),
    Person("emma.brown", "Emma Brown", "sales", "+8613910000005", manager="chen.jun", locale="en"),
    Person("zhao.lei", "赵磊", "service", "+8613910000006", manager="sun.li"),
    Person("wu.fang", "吴芳", "service", "+8613910000007", manager="sun.li", roles=("reception",)),
    Person("he.gang", "何刚", "service", "+8613910000008", manager="sun.li", roles=("gate",), guards=True),
    Person("qian.yu", "钱瑜", "company", "+8613910000009", roles=("finance",)),
    Person("zheng.kai", "郑凯", "company", "+8613910000010", roles=("auditor",)),
)

SITE = {
    "name": {"zh-CN": "上海总部", "en": "Shanghai head office"},
    "address": {"zh-CN": "上海市浦东新区云顶路 88 号", "en": "88 Yunding Road, Pudong, Shanghai"},
    "rules": {
        "zh-CN": "请携带有效身份证件，在园区内佩戴访客证。\n未经许可请勿拍照。\n离开时请归还访客证。",
        "en": "Bring a valid identity document and wear your badge on the premises.\n"
        "No photographs without permission.\nReturn the badge when you leave.",
    },
    "time_zone": "Asia/Shanghai",
    "map_url": "https://www.openstreetmap.org/?mlat=31.2304&mlon=121.5434#map=16/31.2304/121.5434",
    "early_minutes": 60,
}
GATES = ({"zh-CN": "1 号门（北）", "en": "Gate 1 (north)"}, {"zh-CN": "2 号门（南）", "en": "Gate 2 (south)"})
ROOMS = (
    ({"zh-CN": "云杉", "en": "Spruce"}, 6),
    ({"zh-CN": "白桦", "en": "Birch"}, 10),
    ({"zh-CN": "银杏", "en": "Ginkgo"}, 20),
    ({"zh-CN": "多功能厅", "en": "Hall"}, 120),
)


def create(url: str, emulator: str) -> list[dict[str, Any]]:
    """Create the company at `url`, whose AWS services answer at `emulator`; the people who can sign in.

    Only a stack without the company is asked: what an interrupted run left is not kept.
    """
    _bootstrap(emulator)
    api = Api(url)
    admin = api.enrol("admin")
    company = api.get("/departments")["items"][0]["id"]
    departments = {"company": company}
    for key, (name, cost_centre, _) in DEPARTMENTS.items():
        departments[key] = api.post("/departments", {"name": name, "cost_centre": cost_centre, "parent": company})["id"]
    site = _site(api)
    ids = {"admin": _administrator(api)}
    for person in PEOPLE:
        ids[person.login] = _join(api, person, departments, ids, site)
    for key, (name, cost_centre, head) in DEPARTMENTS.items():
        facts = {"name": name, "cost_centre": cost_centre, "parent": company, "head": ids[head]}
        api.post(f"/departments/{departments[key]}", facts)
    secrets = {person.login: Api(url).enrol(person.login) for person in PEOPLE if {"gate", "finance"} & {*person.roles}}
    names = {key: name for key, (name, _, _) in DEPARTMENTS.items()} | {"company": COMPANY}
    first = _shown("admin", "系统管理员", ["administrator"], COMPANY, admin)
    return [first, *(_listed(person, names, secrets.get(person.login)) for person in PEOPLE)]


def _bootstrap(emulator: str) -> None:
    """Make the first administrator, as docs/operations.md says for AWS; raises RuntimeError if that fails."""
    functions: Any = boto3.client(
        "lambda",
        endpoint_url=emulator,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's
    )
    event = {"login": "admin", "password": PASSWORD, "name": "系统管理员", "email": "admin@example.com"}
    event["company"] = COMPANY
    answer = functions.invoke(FunctionName=f"atrium-{STAGE}-bootstrap", Payload=json.dumps(event))
    if "FunctionError" in answer:
        raise RuntimeError(answer["Payload"].read().decode())


def _administrator(api: Api) -> str:
    return str(next(each["id"] for each in api.get("/people")["items"] if each["login"] == "admin"))


def _site(api: Api) -> str:
    site = str(api.post("/sites", SITE)["id"])
    for name in GATES:
        api.post(f"/sites/{site}/gates", {"name": name})
    for name, seats in ROOMS:
        api.post(f"/sites/{site}/rooms", {"name": name, "seats": seats})
    return site


def _join(api: Api, person: Person, departments: dict[str, str], ids: dict[str, str], site: str) -> str:
    facts = {
        "login": person.login,
        "name": person.name,
        "email": f"{person.login}@example.com",
        "phone": person.phone,
        "department": departments[person.department],
        "manager": ids[person.manager],
        "roles": list(person.roles),
        "locale": person.locale,
    }
    made = api.post("/people", facts | ({"site": site} if person.guards else {}))
    api.post(f"/people/{made['id']}/password", {"password": PASSWORD})
    return str(made["id"])


def _listed(person: Person, names: dict[str, str], secret: str | None) -> dict[str, Any]:
    return _shown(person.login, person.name, ["employee", *person.roles], names[person.department], secret)


def _shown(login: str, name: str, roles: list[str], department: str, secret: str | None) -> dict[str, Any]:
    """One of run.json's people; `totp_secret` only where a second factor is enrolled."""
    facts = {"login": login, "password": PASSWORD, "name": name, "roles": roles, "department": department}
    return facts | ({"totp_secret": secret} if secret else {})


class Api:
    """The HTTP API, spoken by one person."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._token = ""

    def enrol(self, login: str) -> str:
        """Sign in for the first time, enrolling the second factor that the roles need; returns its secret."""
        asked = self._session(login, {"password": PASSWORD})
        secret = str(asked["secret"])
        self._session(login, {"session": asked["session"], "code": pyotp.TOTP(secret).now()})
        again = self._session(login, {"password": PASSWORD})
        self._token = self._session(login, {"session": again["session"], "code": pyotp.TOTP(secret).now()})[
            "access_token"
        ]
        return secret

    def _session(self, login: str, proof: dict[str, str]) -> dict[str, Any]:
        return self.post("/session", {"login": login, **proof})

    def get(self, path: str) -> dict[str, Any]:
        """The JSON at a path."""
        return self._send(urllib.request.Request(self._url + path))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The JSON that a POST answers; a rights check that meets the stream's own write is tried again."""
        for _ in range(5):
            try:
                return self._send(urllib.request.Request(self._url + path, json.dumps(body).encode(), method="POST"))
            except RuntimeError as error:
                if "contention" not in str(error):
                    raise
                time.sleep(0.5)
        raise RuntimeError(f"POST {path} met other writes five times")

    def _send(self, request: urllib.request.Request) -> dict[str, Any]:
        request.add_header("Content-Type", "application/json")
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{request.selector}: {error.code} {error.read().decode()}") from error
