"""Every process knows every kind of item that a query may meet, from when it first meets one."""

import subprocess
import sys
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "chalicelib" / "models"
BEFORE = """
import tests.conftest, sys
from chalicelib.models.reception import ReceptionTable
assert "chalicelib.models.gate" not in sys.modules
"""
KEYS = "{'pk': {'S': 'visit#1'}, 'sk': {'S': 'x'}, 'kind': {'S': KIND}}"


def alone(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", BEFORE + program], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_kind_that_is_not_known_yet_is_found() -> None:
    item = KEYS.replace("KIND", "'guest'")
    assert alone(f"print(type(ReceptionTable.from_raw_data({item})).__name__)") == ["GuestItem"]


def test_one_unknown_kind_makes_all_known() -> None:
    modules = {f"chalicelib.models.{file.stem}" for file in MODELS.glob("*.py") if file.stem != "__init__"}
    item = KEYS.replace("KIND", "'guest'")
    assert modules <= {*alone(f"ReceptionTable.from_raw_data({item}); print(*sys.modules)")}


def test_a_kind_of_nobody_is_an_error() -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        alone("ReceptionTable.from_raw_data({})".format(KEYS.replace("KIND", "'of nobody'")))
    assert "of nobody" in failed.value.stderr
