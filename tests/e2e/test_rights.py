"""Every function does its part with the rights that the template gives its role, and no others.

The emulator enforces the roles (tests/e2e/stack.py), so the other journeys prove the same of what they touch.
"""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.decoder import read_code
from tests.e2e.stack import Person, Stack, wait_for

PASSWORD = "Atrium-Example-2"


@pytest.fixture(autouse=True)
def _enforced(stack: Stack) -> None:
    """Without enforcement these tests would prove nothing."""
    assert requests.get(f"{stack.emulator}/_ministack/health", timeout=10).json()["auth"] == "enabled"


def test_a_visit_by_its_interface_leaves_all_its_traces(stack: Stack) -> None:
    applicant, phone = stack.person("lin.mei"), f"+86139{random.randrange(10**8):08}"
    site = applicant.get("/sites")["items"][0]
    now = datetime.now(UTC)
    body = {
        "site": site["id"],
        "starts": (now + timedelta(minutes=5)).isoformat(),
        "ends": (now + timedelta(hours=1)).isoformat(),
        "purpose": "面试",
        "resources": [],
        "visitors": [{"name": "周明", "phone": phone}],
        "submit": True,
    }
    before = _figures(stack)
    visit = applicant.post("/visits", body, 201)["id"]
    stack.person("chen.jun").post(f"/approvals/visit-{visit}/actions", {"action": "approve"})
    (message,) = wait_for(lambda: stack.messages_to(phone), "the invitation")
    link = re.search(r"http://\S+/i/[\w-]+", message)
    assert link
    code = _code(link[0])
    requests.post(f"{link[0]}/actions", json={"action": "accept_rules"}, timeout=30).raise_for_status()
    guard, gate = stack.person("he.gang"), {"code": code, "gate": f"{site['id']}/{site['gates'][0]['id']}"}
    results = [guard.post("/gate/scans", gate | {"direction": way})["result"] for way in ("in", "out")]
    assert results == ["checked_in", "checked_out"]
    wait_for(lambda: applicant.get("/notices")["items"], "the notice of the arrival")
    wait_for(lambda: _figures(stack)["arrivals"] > before["arrivals"], "the figures")
    wait_for(lambda: _in_audit(stack, visit), "the audit's copy under object lock")


def test_an_account_from_the_first_to_the_last_day(stack: Stack) -> None:
    admin, login = stack.person("admin"), f"new.{random.randrange(10**6)}"
    department = admin.get("/departments")["items"][0]["id"]
    facts = {"login": login, "name": "新来", "email": f"{login}@example.com", "phone": "+8613912345678"}
    made = admin.post("/people", facts | {"department": department, "roles": ["gate"]}, 201)["id"]
    wait_for(lambda: admin.get(f"/people/{made}")["person"]["account"] == "ready", "the account")
    admin.post(f"/people/{made}/password", {"password": PASSWORD})
    step = _session(stack, {"login": login, "password": PASSWORD}).json()
    facts |= {"password": PASSWORD, "totp_secret": step["secret"]}
    newcomer = Person(stack.url, facts)
    enrolled = _session(stack, {"login": login, "session": step["session"], "code": newcomer.code()})
    assert enrolled.json()["challenge"] == "SIGN_IN_AGAIN"
    admin.post(f"/people/{made}/actions", {"action": "reset_second_factor"})
    wait_for(lambda: _first_step(stack, login) == "MFA_SETUP", "the end of the second factor")
    admin.post(f"/people/{made}/actions", {"action": "depart"})
    wait_for(lambda: admin.get(f"/people/{made}")["person"]["account"] == "closed", "the end of the account")
    assert _session(stack, {"login": login, "password": PASSWORD}).status_code == 401


def test_whoever_signs_out_has_to_sign_in_again(stack: Stack) -> None:
    facts = next(each for each in stack.people if each["login"] == "liu.yang")
    signed_in = _session(stack, {"login": "liu.yang", "password": facts["password"]}).json()
    again = requests.post(
        f"{stack.url}/session/refresh", json={"refresh_token": signed_in["refresh_token"]}, timeout=30
    )
    assert again.status_code == 200
    person = Person(stack.url, facts, again.json()["access_token"])
    person.post("/session/end", {})
    assert person.send("GET", "/visits").status_code == 401


def test_the_reconciler_may_look_after_everything(stack: Stack) -> None:
    answer = stack.aws("lambda").invoke(FunctionName="atrium-local-reconcile", Payload="{}")
    said = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, said
    assert set(said) >= {"executions", "accounts", "messages"}


def test_an_identity_document_is_sealed_by_one_function_and_opened_for_reception(stack: Stack) -> None:
    applicant, number = stack.person("lin.mei"), f"E{random.randrange(10**7, 10**8)}"
    visitor = {"name": "周明", "phone": "+8613912345678", "document_kind": "passport", "document_number": number}
    start = datetime.now(UTC) + timedelta(days=1)
    times = {"starts": start.isoformat(), "ends": (start + timedelta(hours=1)).isoformat()}
    body = {"site": applicant.get("/sites")["items"][0]["id"], "purpose": "面试", "visitors": [visitor]} | times
    visit = applicant.post("/visits", body, 201)["id"]
    held = applicant.get(f"/visits/{visit}")["visitors"][0]["document"]
    assert number not in str(held)
    shown = stack.person("wu.fang").post(f"/visits/{visit}/documents/{held['ref']}", {"action": "show"})
    assert shown["number"] == number


def test_a_long_list_is_made_into_a_file_and_fetched(stack: Stack) -> None:
    admin = stack.person("admin")
    made = admin.post("/exports", {"sheet": "people", "format": "csv"}, 201)["id"]
    wait_for(lambda: admin.get(f"/exports/{made}")["export"]["status"] == "done", "the file")
    content = admin.send("GET", f"/exports/{made}/file").content.decode("utf-8-sig")
    assert "wang.fang" in content


def _session(stack: Stack, body: dict[str, Any]) -> requests.Response:
    return requests.post(f"{stack.url}/session", json=body, timeout=30)


def _first_step(stack: Stack, login: str) -> str:
    return str(_session(stack, {"login": login, "password": PASSWORD}).json()["challenge"])


def _code(link: str) -> str:
    picture = requests.get(f"{link}/qr.png", timeout=30).content
    return read_code(picture)


def _figures(stack: Stack) -> dict[str, int]:
    found: dict[str, int] = stack.person("zheng.kai").get("/ledger/visits")["totals"]
    return found


def _in_audit(stack: Stack, visit: str) -> bool:
    files = stack.aws("s3")
    (bucket,) = [each["Name"] for each in files.list_buckets()["Buckets"] if "-audit-" in each["Name"]]
    pages = files.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [each["Key"] for page in pages for each in page.get("Contents", [])]
    return any(visit in files.get_object(Bucket=bucket, Key=key)["Body"].read().decode() for key in keys[-200:])
