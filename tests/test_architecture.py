"""Imports point one way: seen in the syntax trees, so that no import hides in a function."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "chalicelib").rglob("*.py"))
OURS = "chalicelib."

MAY_IMPORT = {
    "domain": {"domain"},
    "settings": set(),
    "models": {"models", "domain", "settings"},
    "gateways": {"gateways", "domain", "settings"},
    "services": {"services", "models", "gateways", "domain", "settings", "web"},
    "handlers": {"handlers", "services", "models", "domain", "settings", "web", "garbage"},
    "workflows": {"workflows", "services", "models", "gateways", "domain", "settings"},
    "web": {"web", "domain"},
}
"""By layer: the layers that it may import. Models appear in handlers and workflows as the shapes that services give."""

PASSED_ON = {
    "chalicelib/handlers/gate/routes.py": {
        "chalicelib.gateways.signer.public_key",
        "chalicelib.gateways.signer.verify",
    },
    "chalicelib/handlers/gate/watchlist.py": {"chalicelib.gateways.documents.documents"},
    "chalicelib/handlers/invitations.py": {
        "chalicelib.gateways.signer.verify",
        "chalicelib.gateways.files.files",
    },
    "chalicelib/handlers/exports.py": {"chalicelib.gateways.files.files"},
    "chalicelib/handlers/finance_exports.py": {"chalicelib.gateways.files.finance_files"},
    "chalicelib/handlers/payments/batches.py": {"chalicelib.gateways.files.files"},
    "chalicelib/handlers/bank_accounts.py": {"chalicelib.gateways.envelope.account_envelopes"},
    "chalicelib/handlers/visits/documents.py": {"chalicelib.gateways.documents.documents"},
    "chalicelib/handlers/visits/forms.py": {"chalicelib.gateways.documents.documents"},
    "chalicelib/handlers/webhooks.py": {
        "chalicelib.gateways.outbound.open_addresses",
        "chalicelib.gateways.sealing.seals",
    },
}
"""Gateways that a handler only hands to its service, which is tested without AWS that way."""

AWS = {"boto3", "botocore", "pynamodb"}
WEB = {"chalice", "jinja2"}


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "chalicelib").with_suffix("").parts
    return parts[0] if parts[0] != "__init__" else ""


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that the file imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            module = str(node.module)
            yield from ((f"{module}.{name.name}", node.lineno) for name in node.names)


def found(wrong: Iterator[str]) -> list[str]:
    return sorted(wrong)


def test_every_layer_imports_only_what_lies_below_it() -> None:
    def wrong() -> Iterator[str]:
        for path in SOURCES:
            for name, line in imports_of(path):
                if name.startswith(OURS) and layer_of(path):
                    other = name.split(".")[1]
                    passed_on = name in PASSED_ON.get(str(path.relative_to(ROOT)), set())
                    if other not in MAY_IMPORT[layer_of(path)] and not passed_on:
                        yield f"{path.relative_to(ROOT)}:{line} imports {name}"

    assert found(wrong()) == []


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    def wrong() -> Iterator[str]:
        for path in SOURCES:
            if layer_of(path) == "domain":
                for name, line in imports_of(path):
                    if not name.startswith(f"{OURS}domain") and name.split(".")[0] not in sys.stdlib_module_names:
                        yield f"{path.relative_to(ROOT)}:{line} imports {name}"

    assert found(wrong()) == []


@pytest.mark.parametrize(
    ("layer", "forbidden"), [("domain", AWS | WEB), ("services", AWS | WEB), ("handlers", AWS), ("models", WEB)]
)
def test_aws_and_the_web_stay_in_their_layers(layer: str, forbidden: set[str]) -> None:
    def wrong() -> Iterator[str]:
        for path in SOURCES:
            if layer_of(path) == layer:
                for name, line in imports_of(path):
                    if name.split(".")[0] in forbidden:
                        yield f"{path.relative_to(ROOT)}:{line} imports {name}"

    assert found(wrong()) == []


@pytest.mark.parametrize("clock", ["now", "utcnow", "today", "time", "monotonic"])
def test_the_domain_has_no_clock(clock: str) -> None:
    def wrong() -> Iterator[str]:
        for path in SOURCES:
            if layer_of(path) == "domain":
                for node in ast.walk(ast.parse(path.read_text())):
                    if _reads_clock(node, clock):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}"  # type: ignore[attr-defined]

    assert found(wrong()) == []


def _reads_clock(node: ast.AST, clock: str) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == clock):
        return False
    return isinstance(node.func.value, ast.Name) and node.func.value.id in {"datetime", "date", "time", "Date"}


def test_app_py_only_composes() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) <= 60


def test_files_and_functions_stay_short() -> None:
    lengths = [len(path.read_text().splitlines()) for path in SOURCES]
    assert max(lengths) <= 250, found(str(path) for path in SOURCES if len(path.read_text().splitlines()) > 250)
    functions = [
        (int(node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno}")
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    assert max(functions)[0] <= 45, max(functions)
