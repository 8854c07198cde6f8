"""Static files and the policy that pages are served under."""

import re

import pytest

from chalicelib.web.assets import STATIC_FOLDER, asset, asset_names, asset_path, csp


@pytest.mark.parametrize("name", ["../assets.py", "..", "", "/etc/passwd", "nothing.css", "VENDORED.md", "%2e%2e"])
def test_only_files_of_the_folder_are_served(name: str) -> None:
    assert asset(name) is None


def test_a_file_comes_with_its_type_and_may_be_kept_for_ever() -> None:
    found = asset("zxing_reader.wasm")
    assert found
    assert (found.content_type, found.content[:4]) == ("application/wasm", b"\0asm")
    assert "immutable" in found.cache


def test_the_path_of_a_file_changes_with_its_content() -> None:
    found = asset("tokens.css")
    assert found
    assert asset_path("tokens.css") == f"/static/tokens.css?v={found.etag.strip('"')}"


def test_a_misspelt_file_name_in_a_template_is_an_error() -> None:
    with pytest.raises(KeyError):
        asset_path("tokenz.css")


def test_the_folder_is_flat_because_the_route_has_one_level() -> None:
    assert [path.name for path in STATIC_FOLDER.iterdir() if path.is_dir()] == []


def test_no_file_of_ours_needs_another_origin() -> None:
    own = (path for path in STATIC_FOLDER.iterdir() if path.suffix in (".css", ".js") and path.stat().st_size < 30_000)
    assert [path.name for path in own if b"https://" in path.read_bytes()] == []


def test_nothing_inline_is_allowed_and_only_the_gate_may_compile_webassembly() -> None:
    assert "unsafe" not in csp("page")
    assert "script-src 'self' 'wasm-unsafe-eval';" in csp("gate")
    assert "unsafe-inline" not in csp("gate")


def test_every_file_from_elsewhere_is_listed_with_its_licence() -> None:
    listed = set(re.findall(r"`([\w.-]+)`", (STATIC_FOLDER / "VENDORED.md").read_text()))
    licences = {name for name in asset_names() if name.endswith(".txt")}
    large = {name for name in asset_names() if (STATIC_FOLDER / name).stat().st_size > 30_000}
    assert sorted((licences | large) - listed) == []
    assert sorted(name for name in listed if name.endswith((".css", ".js", ".wasm", ".txt")) and not asset(name)) == []
