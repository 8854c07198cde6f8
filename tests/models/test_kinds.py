"""Every process knows every kind of item that a query may meet."""

import subprocess
import sys
from pathlib import Path

MODELS = Path(__file__).parents[2] / "chalicelib" / "models"


def test_a_process_that_imports_the_store_knows_every_kind() -> None:
    modules = {f"chalicelib.models.{file.stem}" for file in MODELS.glob("*.py") if file.stem != "__init__"}
    program = "import tests.conftest, sys, chalicelib.models.store; print(*sys.modules)"
    known = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert modules <= {*known}
