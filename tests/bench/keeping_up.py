"""Whether the audit keeps up while many people work at once on a copy on this machine.

DATA=.atrium python -m infra.installed tests.bench.keeping_up [USERS] [SECONDS]

People without a second factor make and change drafts of visits; meanwhile and afterwards the ends of the chains are
read, until nothing is added any more. Prints the commands and entries a second, what refusals said, and how far the
audit was behind.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from chalicelib.models.audit import AUDITED, SHARDS, HeadItem, chain
from chalicelib.models.store import DynamoStore

USERS, SECONDS, QUIET = 64, 60, 10
PATIENCE = 180
ENTRIES = 2
"""Entries that one command makes: a visit's head and its list of visitors."""


class Work:
    """One person at work."""

    def __init__(self, url: str, token: str, site: str, until: float) -> None:
        self._url, self._token, self._site, self._until = url, token, site, until
        self.done = 0
        self.refusals: Counter[str] = Counter()

    def run(self) -> Work:
        """Make a draft and change it, over and over."""
        while time.monotonic() < self._until:
            made = self._post("/visits", "Contract talks")
            if made:
                self._post(f"/visits/{made['id']}", "Contract talks, with lunch")
        return self

    def _post(self, path: str, purpose: str) -> Any:
        try:
            answer = post(self._url + path, self._draft(purpose), self._token)
        except urllib.error.HTTPError as refusal:
            self.refusals[str(refusal.code)] += 1
            return None
        except (urllib.error.URLError, TimeoutError) as broken:
            self.refusals[type(broken).__name__] += 1
            return None
        self.done += 1
        return answer

    def _draft(self, purpose: str) -> dict[str, Any]:
        starts = datetime.now(UTC) + timedelta(days=1)
        visitors = [{"name": f"王{uuid.uuid4().hex[:4]}", "phone": "13912345678", "company": "远航"}]
        times = {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=1)).isoformat()}
        return {"site": self._site, "purpose": purpose, "visitors": visitors, **times}


def post(url: str, body: Any, token: str = "") -> Any:
    """The answer to a POST of JSON."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)


def entries(store: DynamoStore) -> int:
    """How many entries all chains have."""
    heads = store.get(*(HeadItem.at(chain(area, shard)) for area in AUDITED for shard in range(SHARDS)))
    return sum(head.seq for head in heads if head)


def main(users: int, seconds: int) -> None:
    """Let so many people work for so long, then wait for the audit."""
    run = json.loads((Path(os.environ.get("DATA") or ".atrium") / "run.json").read_text())
    people = [each for each in run["people"] if "totp_secret" not in each]
    signed_in = [post(run["url"] + "/session", {name: each[name] for name in ("login", "password")}) for each in people]
    tokens = islice(cycle(each["access_token"] for each in signed_in), users)
    store = DynamoStore()
    site = next(iter(_sites(run["url"], signed_in[0]["access_token"])))
    before, started = entries(store), time.monotonic()
    with ThreadPoolExecutor(users) as pool:
        workers = list(pool.map(lambda token: Work(run["url"], token, site, started + seconds).run(), tokens))
    stopped = time.monotonic()
    behind = sum(each.done for each in workers) * ENTRIES - (entries(store) - before)
    added, last = _settled(store, before)
    _tell(workers, stopped - started, behind, added, last - stopped)


def _sites(url: str, token: str) -> list[str]:
    headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
    with urllib.request.urlopen(urllib.request.Request(url + "/sites", headers=headers), timeout=PATIENCE) as answer:
        return [each["id"] for each in json.load(answer)["items"]]


def _settled(store: DynamoStore, before: int) -> tuple[int, float]:
    """Entries added in the end, and when the last one came; nothing for QUIET seconds is the end."""
    known, last = -1, time.monotonic()
    while time.monotonic() - last < QUIET:
        found = entries(store) - before
        if found != known:
            known, last = found, time.monotonic()
        time.sleep(0.5)
    return known, last


def _tell(workers: list[Work], worked: float, behind: int, added: int, lag: float) -> None:
    done, refusals = sum(each.done for each in workers), sum((each.refusals for each in workers), Counter())
    told = ", ".join(f"{count} x {code}" for code, count in refusals.most_common()) or "none"
    print(f"{len(workers)} users, {worked:.0f} s: {done} commands ({done / worked:.1f} a second), refused: {told}")
    print(f"{added} entries; {max(0, behind)} were missing when the last command was answered,")
    print(f"the last of them came {lag:.1f} s later")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*given, *(USERS, SECONDS)[len(given) :])
