"""The template's own part, and the whole package, built once for all workers."""

from __future__ import annotations

from typing import Any

import pytest

from infra.package import RESOURCES, ROOT, Package, build, load_yaml


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    """infra/resources.yaml, without the routes."""
    return load_yaml(RESOURCES.read_text())


@pytest.fixture(scope="session")
def package() -> Package:
    """What `make deploy` uploads."""
    return build(ROOT / ".build" / "check")


def of_type(template: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """The properties of all resources of a type, by logical name."""
    resources = template["Resources"].items()
    return {name: resource["Properties"] for name, resource in resources if resource.get("Type") == kind}
