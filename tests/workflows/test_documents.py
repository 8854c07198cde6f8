"""A function that no page was asked of knows every kind of document, too."""

from __future__ import annotations

import subprocess
import sys

import pytest

KINDS = (
    "from chalicelib.services.documents import kind_of; print(*(kind_of(name).name for name in ('request', 'visit')))"
)


@pytest.mark.parametrize("function", ["drive", "reconcile"])
def test_functions_that_move_approvals_know_all_kinds_of_documents(function: str) -> None:
    alone = [sys.executable, "-c", f"import tests.conftest, chalicelib.workflows.{function}; {KINDS}"]
    done = subprocess.run(alone, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["request", "visit"]
