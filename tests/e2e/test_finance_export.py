"""Finance's export from the question to the files, under the functions' own roles, read with a client of S3."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from typing import Any

import requests

from tests.e2e.stack import Stack, wait_for


def exported(stack: Stack) -> dict[str, Any]:
    """Ask for today's export and wait for it; the run's page."""
    finance = stack.person("sun.li")
    id = finance.post("/finance-exports", {}, 201)["id"]

    def done() -> dict[str, Any] | None:
        shown: dict[str, Any] = finance.get(f"/finance-exports/{id}")
        return shown if shown["run"]["status"] != "running" else None

    shown = wait_for(done, "the export")
    assert shown["run"]["status"] == "done"
    return shown


def test_the_books_are_in_the_bucket_and_a_second_run_takes_their_place(stack: Stack) -> None:
    first, s3 = exported(stack), stack.aws("s3")
    bucket, _, key = first["run"]["manifest"].removeprefix("s3://").partition("/")
    folder = key.removesuffix("manifest.json")

    def read(name: str) -> bytes:
        content: bytes = s3.get_object(Bucket=bucket, Key=folder + name)["Body"].read()
        return content

    manifest = json.loads(read("manifest.json"))
    for each in manifest["files"]:
        content = read(each["path"])
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
        assert read(f"tables/{each['kind']}/{each['kind']}.csv.gz") == content
        rows = list(csv.DictReader(io.StringIO(gzip.decompress(content).decode(), newline="")))
        assert len(rows) == each["rows"]
        for currency, sums in each["totals"].items():
            mine = [row for row in rows if row["currency"] == currency]
            assert sums == {name: sum(int(row[name]) for row in mine) for name in sums}
    totals = {each["kind"]: each["totals"] for each in manifest["files"]}
    assert totals["budget_lines"] and totals["budget_movements"] == totals["budget_lines"]
    second = exported(stack)
    wait_for(lambda: _replaced(s3, bucket, folder, first), "the mark of what was replaced")
    assert json.loads(read("manifest.json"))["run"] == second["run"]["id"]
    (lines,) = (each for each in second["files"] if each["kind"] == "budget_lines")
    answer = stack.person("sun.li").send("GET", lines["file"])
    assert answer.status_code == 200 and hashlib.sha256(answer.content).hexdigest() == lines["sha256"]


def _replaced(s3: Any, bucket: str, folder: str, first: dict[str, Any]) -> bool:
    key = f"{folder}{first['run']['id']}/budget_lines.csv.gz"
    return bool(s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"])


def test_the_tables_of_athena_are_there(stack: Stack) -> None:
    tables = stack.aws("glue").get_tables(DatabaseName="atrium_local_finance")["TableList"]
    assert {"budget_lines", "claims", "payments"} <= {each["Name"] for each in tables}
    assert all(each["Parameters"]["projection.enabled"] == "true" for each in tables)


def test_the_function_begins_the_run_of_the_night(stack: Stack) -> None:
    answer = stack.aws("lambda").invoke(FunctionName="atrium-local-export", Payload=b"{}")
    assert "run" in json.loads(answer["Payload"].read())
    assert requests.get(f"{stack.url}/finance-exports", timeout=30).status_code == 401
