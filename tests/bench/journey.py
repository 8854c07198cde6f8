"""One visit of three visitors from the application to the archive, measured step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.bench.operations import Used, use
from tests.bench.world import APPLICANT, GUARD, MANAGER, NOW, World, application, expect, qr_text

STARTS = NOW + timedelta(days=3)
ENDS = STARTS + timedelta(hours=8)
VISITORS = [
    {"name": f"访客{number}", "phone": f"1391234567{number}", "company": "远航科技有限公司"} for number in "123"
]


class Journey:
    """Walks the visit; `used` collects what each step takes, with what follows from it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._visit = ""
        self.used: dict[str, list[Used]] = {}

    def walk(self) -> None:
        """From the application to the archive."""
        self._step("apply and submit", 1, self._apply)
        self._step("wait for the decision", 0, lambda: self._task("await_approval", token="token"))
        self._step("approve", 1, self._approve)
        self._step("invite three visitors", 0, lambda: self._task("invite", next=0))
        self._at(STARTS - timedelta(hours=24))
        self._step("remind them", 0, lambda: self._task("remind"))
        self._at(STARTS)
        for no in ("1", "2", "3"):
            self._step("look at the invitation, with its QR", 2, lambda no=no: self._invitation(no))  # type: ignore[misc]
            self._step("scan in", 1, lambda no=no: self._scan(no, "in"))  # type: ignore[misc]
        self._at(ENDS - timedelta(hours=1))
        for no in ("1", "2", "3"):
            self._step("scan out", 1, lambda no=no: self._scan(no, "out"))  # type: ignore[misc]
        self._at(ENDS + timedelta(minutes=1))
        self._step("close", 0, lambda: self._task("close"))
        self._step("archive", 0, lambda: self._task("archive"))
        self._at(NOW)

    def _at(self, now: datetime) -> None:
        self._world.at(now)

    def _step(self, name: str, requests: int, work: Callable[[], Any]) -> None:
        self.used.setdefault(name, []).extend(use(self._world, work, requests))

    def _apply(self) -> None:
        times = {"starts": STARTS.isoformat(), "ends": ENDS.isoformat()}
        body = application(submit=True, visitors=VISITORS, **times)
        self._visit = self._world.must(APPLICANT, "/visits", body)["id"]

    def _approve(self) -> None:
        self._world.must(MANAGER, f"/approvals/visit-{self._visit}/actions", {"action": "approve"})

    def _task(self, name: str, **more: Any) -> None:
        self._world.task(name, self._visit, **more)

    def _guest(self, no: str) -> Any:
        found = self._world.tables.item(("atrium-test-reception", f"visit#{self._visit}", f"visitor#000{no}"))
        if found is None:
            raise AssertionError(f"visitor {no} is not invited")
        return found

    def _invitation(self, no: str) -> None:
        link = self._guest(no)["link"]["S"]
        expect(self._world.client(None).get(f"/i/{link}"))
        expect(self._world.client(None).get(f"/i/{link}/qr.png"))

    def _scan(self, no: str, direction: str) -> None:
        code = qr_text(self._visit, int(no))
        body = {"code": code, "gate": "hq/north", "direction": direction, "nonce": f"{self._visit}-{no}-{direction}"}
        answer = self._world.must(GUARD, "/gate/scans", body)
        if answer["result"] != {"in": "checked_in", "out": "checked_out"}[direction]:
            raise AssertionError(answer)
