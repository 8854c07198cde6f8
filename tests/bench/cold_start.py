"""CPU time of a fresh process until its first answer: Atrium beside the bare application.

The child (tests/bench/first_answer.py) imports one of the two, is handed API Gateway's event and answers it; DynamoDB
is answered below botocore from a recording, and the user pool's keys are at hand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import bare
from tests.bench.cpu import Tap
from tests.bench.network import Sent
from tests.bench.report import Section, table, verdict
from tests.bench.world import APPLICANT, World, expect, forget
from tests.client import PAGE, Client

ROUNDS = 15
REACH = 1.6


def section(world: World) -> Section:
    """The table; each round starts every kind of process once."""
    with tempfile.TemporaryDirectory() as folder:
        jobs = {name: _written(Path(folder), name, job) for name, job in _jobs(world).items()}
        environment = _environment(folder)
        spent: dict[str, list[float]] = {name: [] for name in jobs}
        for number in range(ROUNDS + 1):
            for name, file in jobs.items():
                milliseconds = _process(file, environment)
                spent[name] += [milliseconds] if number else []  # the first round compiles
    middle = {name: median(times) for name, times in spent.items()}
    base = middle["bare application"]
    rows = [
        (name, f"{each:.0f}", f"{each / base:.2f}", verdict(round(each / base, 2), REACH if name == JSON else None))
        for name, each in middle.items()
    ]
    return Section("Cold start", TEXT + table(("process", "ms", "x bare", "reach"), rows))


def _jobs(world: World) -> dict[str, dict[str, Any]]:
    """What each kind of process is to do."""
    world.tokens[APPLICANT.id] = world.pool.token(APPLICANT.id, datetime.now(UTC))
    own = {name: _recorded(world, headers) for name, headers in ((JSON, {}), (HTML, {"Accept": PAGE}))}
    del world.tokens[APPLICANT.id]
    return {"bare application": _recorded_bare(world)} | own


JSON, HTML = "Atrium, GET /visits as JSON", "Atrium, GET /visits as a page"


def _recorded(world: World, headers: dict[str, str]) -> dict[str, Any]:
    tap = Tap(world.app)
    client = Client(tap, world.client(APPLICANT).token)  # type: ignore[arg-type]
    forget()
    world.network.sent.clear()
    expect(client.get("/visits", headers=headers))
    return _job("app", tap.event, world.network.sent) | {"keys": world.pool.published()}


def _recorded_bare(world: World) -> dict[str, Any]:
    tap = Tap(bare.app)
    world.network.play(empty := [Sent("dynamodb", "Query", 200, b'{"Items": [], "Count": 0, "ScannedCount": 0}')])
    expect(Client(tap).get("/rows"))  # type: ignore[arg-type]
    world.network.play(None)
    return _job("tests.bench.bare", tap.event, empty)


def _job(module: str, event: dict[str, Any], sent: list[Sent]) -> dict[str, Any]:
    return {
        "module": module,
        "event": event,
        "answers": [(each.operation, each.beside, each.body.decode()) for each in sent],
    }


def _written(folder: Path, name: str, job: dict[str, Any]) -> Path:
    file = folder / f"{name.replace(' ', '_').replace('/', '')}.json"
    file.write_text(json.dumps(job))
    return file


def _environment(folder: str) -> dict[str, str]:
    """Modules are compiled once, as the package carries them; Lambda says that the start is one on demand."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": folder, "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"}


def _process(file: Path, environment: dict[str, str]) -> float:
    """Milliseconds of CPU, user and system, of one process."""
    child = subprocess.Popen([sys.executable, "-m", "tests.bench.first_answer", str(file)], env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise AssertionError(f"{file.name}: the process ended with {child.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000


TEXT = f"""CPU time (user and system) of a whole process from its start to its first answer, median of {ROUNDS} in turn,
from compiled modules as the package carries them. Atrium checks an RS256 token against the pool's keys (fetching them
is network, too, and stubbed), reads the person, asks the policies and answers; the bare application has one pydantic
model and one PynamoDB model and makes one call. The process is told what Lambda tells one that it starts on demand: it
imports the area that is asked for. SnapStart, which the template turns on for the API, spares both the imports: there
all areas are imported for the snapshot.

"""
