"""Hooks: where they may lead, and which secrets sign at which time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import IllegalMove, Invalid
from chalicelib.domain.notifications import Hook, generations, host_of, is_public
from chalicelib.domain.notifications.hooks import Facts, renew, switched

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOOK = Hook("h", "webhook", "ERP", frozenset({"task_opened"}), "en", "erp.example", "sealed", NOW)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "169.254.170.2", "fd00:ec2::254", "224.0.0.1", "255.255.255.255", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:4136::1"),
    ],
)
def test_addresses_of_networks_of_ours_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    ["https://erp.example/in?key=1", "https://erp.example:8443/", "https://ERP.example", "https://[2001:db8::1]/x"],
)
def test_a_plain_https_address_has_a_host(url: str) -> None:
    assert host_of(url) in ("erp.example", "2001:db8::1")


@pytest.mark.parametrize(
    "url",
    [
        *("http://erp.example/", "ftp://erp.example/", "erp.example", "https://", "https:///x", "javascript:alert(1)"),
        *("https://user:secret@erp.example/", "https://erp.example:99999/", "https://erp.example:0/"),
        *("https://erp.example/ü", "https://[::1"),
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Invalid):
        host_of(url)


def test_after_a_change_both_secrets_sign_for_a_day() -> None:
    assert generations(HOOK, NOW) == (1,)
    renewed = renew(HOOK, NOW)
    assert generations(renewed, NOW + timedelta(hours=23)) == (2, 1)
    assert generations(renewed, NOW + timedelta(hours=24)) == (2,)


def test_the_secret_of_a_robot_is_made_elsewhere() -> None:
    robot = Hook("r", "wecom", "Group", frozenset({"task_opened"}), "en", "qyapi.example", "sealed", NOW)
    assert robot.channel == "robot" and HOOK.channel == "webhook"
    with pytest.raises(IllegalMove):
        renew(robot, NOW)


def test_a_hook_that_is_off_takes_nothing() -> None:
    off = switched(HOOK, active=False)
    assert HOOK.takes("task_opened") and not HOOK.takes("task_urged") and not off.takes("task_opened")
    with pytest.raises(IllegalMove):
        switched(off, active=False)


@pytest.mark.parametrize(("events", "code"), [(frozenset(), "required"), (frozenset({"lottery"}), "unknown_value")])
def test_a_hook_needs_events_that_exist(events: frozenset[str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Facts("ERP", events).check()
    assert [wrong.code for wrong in refused.value.fields] == [code]
