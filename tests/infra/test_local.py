"""`make run` as a person has it: everything on loopback, nothing lost by kill -9, nothing left behind."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.package import ROOT

pytestmark = pytest.mark.slow

START = 400
LISTENING = "0A"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Copy:
    """One copy in a folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.settings = {"DATA": str(data), "PORT": str(free_port()), "EMULATOR_PORT": str(free_port())}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> dict[str, Any]:
        (self.data / "run.json").unlink(missing_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        command = [sys.executable, "-m", "infra.local"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment | self.settings, stdout=subprocess.DEVNULL)
        until = time.monotonic() + START
        while not (self.data / "run.json").exists():
            assert self.process.poll() is None, (self.data / "emulator.log").read_text()[-3000:]
            assert time.monotonic() < until
            time.sleep(0.2)
        record: dict[str, Any] = json.loads((self.data / "run.json").read_text())
        return record

    def stop(self, number: int) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    one = Copy(tmp_path_factory.mktemp("copy"))
    yield one
    if one.process and one.process.poll() is None:
        one.stop(signal.SIGKILL)


def children_of(data: Path) -> list[int]:
    """Processes whose code lies in the copy's folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(data / "tmp") in command:
            found.append(int(process.name))
    return found


def ends(data: Path) -> bool:
    """Whether every worker ends soon: each may first finish what it was doing."""
    until = time.monotonic() + 60
    while children_of(data) and time.monotonic() < until:
        time.sleep(0.5)
    return children_of(data) == []


def listening_addresses(ports: set[int]) -> set[str]:
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:] + Path("/proc/net/tcp6").read_text().splitlines()[1:]
    sockets = [row.split() for row in rows]
    local = [row[1].split(":") for row in sockets if row[3] == LISTENING]
    return {address for address, port in local if int(port, 16) in ports}


def notes(emulator: str) -> Any:
    dynamodb: Any = boto3.resource(
        "dynamodb",
        endpoint_url=emulator,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    return dynamodb.Table("atrium-local-statistics")  # nothing consumes its stream


def is_saved(data: Path, text: str) -> bool:
    """Whether the tables on the disk soon say that text: seconds on an idle machine, more on a busy one."""
    until = time.monotonic() + 60
    while f'"{text}"' not in (data / "state" / "dynamodb.json").read_text() and time.monotonic() < until:
        time.sleep(0.5)
    return time.monotonic() < until


def answer_to(copy: Copy, *command: str) -> int:
    """What an operator's command on the copy ends with."""
    settings = os.environ | copy.settings | {"STAGE": ""}
    return subprocess.run([sys.executable, "-m", "infra.installed", *command], cwd=ROOT, env=settings).returncode


NOTE = {"pk": "written just before the kill", "sk": "note"}


def test_a_copy_starts_survives_kill_and_stops_cleanly(copy: Copy) -> None:
    first = copy.start()
    assert first["url"] == f"http://127.0.0.1:{copy.settings['PORT']}"
    assert {"login", "password", "name", "roles", "department"} <= set(first["people"][0])
    with urllib.request.urlopen(f"{first['url']}/health", timeout=30) as answer:
        assert answer.status == 200
    ports = {int(copy.settings["PORT"]), int(copy.settings["EMULATOR_PORT"])}
    assert listening_addresses(ports) == {"0100007F"}

    notes(first["emulator"]).put_item(Item=NOTE)
    assert is_saved(copy.data, NOTE["pk"])
    copy.stop(signal.SIGKILL)
    assert ends(copy.data)

    second = copy.start()
    assert second["people"] == first["people"]
    assert "Item" in notes(second["emulator"]).get_item(Key=NOTE)
    assert answer_to(copy, "infra.verify_audit", "5") == 0
    assert answer_to(copy, "infra.recompute_statistics", "2026-01", "2026-12") == 0
    assert answer_to(copy, "infra.recompute_statistics", "2026-02", "2026-01") == 2
    assert answer_to(copy, "infra.prove_budgets") == 0
    assert copy.stop(signal.SIGINT) == 0
    assert ends(copy.data)


def test_two_copies_do_not_share_a_folder(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "infra.local"]
        settings = os.environ | Copy(tmp_path).settings
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False)
    assert done.returncode == 1
    assert "already runs" in done.stderr.decode()
