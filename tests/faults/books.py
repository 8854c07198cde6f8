"""Finance's export as somebody outside reads it at any moment: the manifest first, then the files that it names."""

from __future__ import annotations

import gzip
import hashlib
import json

from chalicelib.settings import settings
from tests.faults.world import World


def check(world: World) -> None:
    """Raises AssertionError unless all that every day's manifest names is there, whole, and to stay."""
    bucket, contents = settings().finance_bucket, world.cloud.contents
    for place, key in list(contents.files):
        if place == bucket and key.endswith("manifest.json"):
            told = json.loads(contents.files[place, key])
            for each in told["files"]:
                path = f"exports/{told['date']}/{each['path']}"
                packed = contents.files[bucket, path]
                assert hashlib.sha256(packed).hexdigest() == each["sha256"], path
                assert gzip.decompress(packed).count(b"\n") == each["rows"] + 1, path
                assert (bucket, path) not in contents.let_go, path


def manifest(world: World) -> str:
    """The run that the day of the world's first clock shows, "" before there is one."""
    bucket, contents = settings().finance_bucket, world.cloud.contents
    found = [body for (place, key), body in contents.files.items() if place == bucket and key.endswith("manifest.json")]
    return str(json.loads(found[0])["run"]) if found else ""
