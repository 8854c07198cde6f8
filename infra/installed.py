"""`python -m infra.installed MODULE ARGUMENTS`: an operator's command with the settings of an installation.

STAGE names a stage on the AWS account whose credentials are in the environment; without it, it is the copy that runs
on DATA (.atrium). The settings are those of the stack's functions.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infra.local import options
from infra.stack import Stack, client_factory


class NotInstalled(Exception):
    """There is no such installation, or it does not answer; the text says which and what to do."""


def settings_of(stage: str) -> Mapping[str, str]:
    """What the template tells every function of the stage. Raises NotInstalled, and botocore's errors."""
    client = client_factory()
    name = Stack(stage, client).outputs().get("ReconcileName")
    if not name:
        raise NotInstalled(f"There is no stage {stage!r} in this account and region.")
    configuration = client("lambda").get_function_configuration(FunctionName=name)
    settings: Mapping[str, str] = configuration["Environment"]["Variables"]
    return settings


def reach_copy(data: Path) -> None:
    """Let all AWS clients of this process talk to the copy that runs on `data`; raises NotInstalled."""
    file = data / "run.json"
    if not file.exists():
        raise NotInstalled(f"No copy has run on {data}: `make run`, or name a stage: STAGE=prod")
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {
        "AWS_ENDPOINT_URL": json.loads(file.read_text())["emulator"],
        "AWS_DEFAULT_REGION": options.REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def main(command: list[str]) -> None:
    """Become the command; exits with a reason when there is no installation."""
    stage = os.environ.get("STAGE", "")
    try:
        if not stage:
            reach_copy(Path(os.environ.get("DATA") or ".atrium"))
        os.environ |= settings_of(stage or options.STAGE)
    except NotInstalled as error:
        sys.exit(str(error))
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"The installation does not answer: {error}")
    os.execv(sys.executable, [sys.executable, "-m", *command])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
