"""What every test stands on: an environment before anything is imported, and AWS in memory where it is asked for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
    STAGE="test",
    TABLE_PREFIX="atrium-test-",
    USER_POOL_ID="us-east-1_replaced",
    USER_POOL_CLIENT_ID="replaced",
    FILES_BUCKET="atrium-test-files",
    FILES_ORIGIN="https://atrium-test-files.s3.us-east-1.amazonaws.com",
    AUDIT_BUCKET="atrium-test-audit",
    FINANCE_BUCKET="atrium-test-finance",
    SIGNING_SECRET_ARN="arn:aws:secretsmanager:us-east-1:123456789012:secret:atrium-test-signing",
    DOCUMENT_KEY_ARN="arn:aws:kms:us-east-1:123456789012:key/atrium-test-documents",
    VISIT_STATE_MACHINE_ARN="arn:aws:states:us-east-1:123456789012:stateMachine:atrium-test-visit",
    PUBLIC_URL="https://atrium.example",
    MAIL_FROM="atrium@atrium.example",
    LOG_LEVEL="ERROR",
)
os.environ.pop("AWS_ENDPOINT_URL", None)
os.environ.pop("AWS_PROFILE", None)

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests import cloud

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""The build without a window: the other one spends three times as much on a new page."""

# How fast a machine is decides no test.
settings.register_profile("atrium", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("atrium")


class Workers(LoadScopeScheduling):  # type: ignore[misc]
    """Tests go to whichever worker is free, some neighbours of a file at a time, because they share what they stand on.

    All journeys go to one worker, and all that look at the package to one: there is one running copy and one package.
    """

    NEIGHBOURS = 16
    TOGETHER = ("tests/e2e/", "tests/infra/")

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        alone = next((folder for folder in self.TOGETHER if file.startswith(folder)), "")
        return alone or f"{file} {self._places[nodeid] // self.NEIGHBOURS}"

    @cached_property
    def _places(self) -> dict[str, int]:
        return {nodeid: place for place, nodeid in enumerate(self.collection)}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Workers:
    """What xdist asks before it begins."""
    return Workers(config, log)


@pytest.fixture(scope="session")
def _cloud() -> Iterator[cloud.Cloud]:
    """One mock for the whole run: making clients and tables costs more than all else, so they are kept."""
    from moto import mock_aws

    with mock_aws():
        yield cloud.Cloud.make()


@pytest.fixture
def aws(_cloud: cloud.Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[cloud.Cloud]:
    """Empty tables, an empty user pool, and nothing remembered by the process."""
    monkeypatch.setenv("USER_POOL_ID", _cloud.pool_id)
    monkeypatch.setenv("USER_POOL_CLIENT_ID", _cloud.pool_client_id)
    cloud.forget_process_state()
    yield _cloud
    _cloud.clear()
    cloud.forget_process_state()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """No test sees what another one left in the process's caches."""
    yield
    cloud.forget_directory()


@pytest.fixture(scope="session", autouse=True)
def _lots() -> Iterator[None]:
    """Claims are drawn for audit without asking AWS for the secret."""
    from chalicelib.gateways import lots

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lots, "signing_secret", lambda: b"a secret of the tests")
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a worker: a second Playwright in a process refuses to start."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a machine that does much else at once is slow, not wrong
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """A browser may stop answering, and Playwright then waits without end: pyproject.toml ends such a worker.

    The test is run once more in a new browser; one that fails is not.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TargetClosedError"]))


def pytest_collection_finish() -> None:
    """What is there by now stays: looking through it for garbage, again and again, takes a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_configure(config: Any) -> None:
    """Marks of our own, and moto: a client made before it was imported would never be mocked, whoever made it."""
    import moto.core.models  # noqa: F401

    config.addinivalue_line("markers", "slow: takes more than a second")
