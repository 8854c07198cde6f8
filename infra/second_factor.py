"""`make code LOGIN=...`: the six digits that one of the example people's authenticator app would show now."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pyotp


def main(login: str) -> int:
    """Print the code; 1 with a reason when there is none."""
    file = Path(os.environ.get("DATA", ".atrium")) / "run.json"
    people = json.loads(file.read_text())["people"] if file.exists() else []
    secrets = {person["login"]: person["totp_secret"] for person in people if "totp_secret" in person}
    if login in secrets:
        print(pyotp.TOTP(secrets[login]).now())
        return 0
    known = ", ".join(secrets) or "nobody; start with `make run`"
    print(f"No second factor for {login or 'nobody'}. There is one for: {known}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
