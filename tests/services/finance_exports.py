"""Finance's export at the company of the tests: running it to its end, and reading it as somebody outside would."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from typing import Any

from chalicelib.domain.finance_exports import Run
from chalicelib.models.finance_exports import RunItem, StepItem
from chalicelib.services import finance_exports
from chalicelib.services.call import Call
from tests.workflows.stage import FakeFiles


class FinanceBucket(FakeFiles):
    """The bucket of finance: what is let go of is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: set[str] = set()
        self.changes = 0

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.changes += 1
        super().put(key, content, content_type)

    def copy(self, source: str, version: str, target: str) -> None:
        self.changes += 1
        self.kept[target] = self.kept[source]

    def let_go(self, key: str) -> None:
        self.gone.add(key)

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        return f"https://files.example/{key}?{seconds}&{name}"


def system(store: Any, now: Any) -> Call:
    """The function's own call."""
    call = Call(store, now, lambda: "none", None, "system:export")
    call.permit_public("a test")
    return call


def run_of(store: Any, id: str) -> Run:
    """The run as it is."""
    (item,) = store.get(RunItem.at(id))
    found: Run = item.to(Run)
    return found


def go_on(store: Any, files: FinanceBucket, id: str, now: Any) -> bool:
    """Take the next step; whether there was one."""
    (noted,) = store.get(StepItem.at(id))
    if noted is not None:
        finance_exports.go_on(system(store, now), files, id, noted.version)
    return noted is not None


def finish(store: Any, files: FinanceBucket, id: str, now: Any) -> Run:
    """Run to the end."""
    while go_on(store, files, id, now):
        pass
    return run_of(store, id)


def manifest(files: FinanceBucket, day: str) -> dict[str, Any]:
    """The day's manifest; raises AssertionError unless everything that it names is there, and is what it says."""
    told: dict[str, Any] = json.loads(files.kept[f"exports/{day}/manifest.json"])
    for each in told["files"]:
        content = files.kept[f"exports/{day}/{each['path']}"]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["bytes"], each["sha256"])
        assert hashlib.sha256(gzip.decompress(content)).hexdigest() == each["content_sha256"]
        assert files.kept[f"exports/{day}/tables/{each['kind']}/{each['kind']}.csv.gz"] == content
        found = rows(files, day, each["kind"], told)
        assert len(found) == each["rows"]
        assert list(found[0] if found else {}) == ([column["name"] for column in each["columns"]] if found else [])
        assert totals(found, each["totals"]) == each["totals"]
    return told


def rows(files: FinanceBucket, day: str, kind: str, told: dict[str, Any] | None = None) -> list[dict[str, str]]:
    """A file's rows, read with nothing of ours."""
    told = told or json.loads(files.kept[f"exports/{day}/manifest.json"])
    (path,) = (each["path"] for each in told["files"] if each["kind"] == kind)
    text = gzip.decompress(files.kept[f"exports/{day}/{path}"]).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def totals(found: list[dict[str, str]], stated: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The sums of the rows by currency, of the columns that were stated."""
    names = list(next(iter(stated.values()), {}))
    currencies = sorted({row["currency"] for row in found}) if names else []
    return {
        currency: {name: sum(int(row[name]) for row in found if row["currency"] == currency) for name in names}
        for currency in currencies
    }
