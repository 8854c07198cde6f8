"""An operator's command finds the installation that it is meant for, or says why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra import installed
from infra.package import ROOT


def test_a_copy_is_reached_on_its_own_port_and_never_an_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {"AWS_PROFILE": "production", "AWS_SESSION_TOKEN": "real", "HOME": "/home"})
    (tmp_path / "run.json").write_text(json.dumps({"emulator": "http://127.0.0.1:18000"}))
    installed.reach_copy(tmp_path)
    assert os.environ == {
        "HOME": "/home",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:18000",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def test_a_copy_that_is_not_there_or_does_not_run_is_named(tmp_path: Path) -> None:
    assert "make run" in refused(tmp_path)
    (tmp_path / "run.json").write_text(json.dumps({"emulator": "http://127.0.0.1:9"}))
    assert "does not answer" in refused(tmp_path)


def refused(data: Path) -> str:
    """What a command says on that copy, and that it fails."""
    command = [sys.executable, "-m", "infra.installed", "infra.verify_audit"]
    settings = os.environ | {"DATA": str(data), "STAGE": ""}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False)
    assert done.returncode == 1
    return done.stderr.decode()
