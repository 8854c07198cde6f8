"""The zip as Lambda would open it: nothing from this machine's libraries may be needed to import it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import package as packaging
from infra.package import Package

LAMBDA_LIMIT = 250 * 1024 * 1024
IMPORT = "import sys; sys.path.insert(0, sys.argv[1]); import app; print(app.app.app_name)"


@pytest.fixture(scope="module")
def code(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    with zipfile.ZipFile(package.zip) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def test_the_application_imports_from_the_zip_alone(code: Path, template: dict[str, object]) -> None:
    settings = dict.fromkeys(template["Globals"]["Function"]["Environment"]["Variables"], "test")  # type: ignore[index]
    alone = [sys.executable, "-I", "-S", "-c", IMPORT, str(code)]
    done = subprocess.run(alone, env={**settings, "AWS_DEFAULT_REGION": "us-east-1"}, capture_output=True, check=False)
    assert (done.stdout.decode().strip(), done.stderr.decode()) == ("atrium", "")


def test_time_zones_need_nothing_of_the_machine(code: Path) -> None:
    program = "import sys, zoneinfo; sys.path.insert(0, sys.argv[1]); zoneinfo.reset_tzpath(to=[]); "
    program += "print(zoneinfo.ZoneInfo('Asia/Shanghai'))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program, str(code)], capture_output=True, check=False)
    assert (done.stdout.decode().strip(), done.stderr.decode()) == ("Asia/Shanghai", "")


def test_it_fits_into_lambda(code: Path) -> None:
    assert sum(path.stat().st_size for path in code.rglob("*") if path.is_file()) < LAMBDA_LIMIT


def test_every_module_is_compiled(code: Path) -> None:
    modules = [path for path in code.rglob("*.py") if "lib2to3" not in path.parts]
    missing = [
        str(path.relative_to(code))
        for path in modules
        if not list((path.parent / "__pycache__").glob(f"{path.stem}.cpython-*.pyc"))
    ]
    assert missing == []


def test_libraries_are_built_for_lambda(code: Path) -> None:
    built = [path.name for path in code.rglob("*.cpython-*.so")]
    assert built
    assert all("x86_64-linux-gnu" in name for name in built)


def test_the_command_line_stays_at_home(code: Path) -> None:
    names = {path.name.split("-")[0].lower() for path in code.iterdir()}
    assert not names & set(packaging.COMMAND_LINE)


def test_the_same_sources_make_the_same_fingerprint() -> None:
    assert packaging.fingerprint(with_sdk=True) == packaging.fingerprint(with_sdk=True)
    assert packaging.fingerprint(with_sdk=True) != packaging.fingerprint(with_sdk=False)
