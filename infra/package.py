"""Builds what is deployed: the merged template and one zip for all functions.

`python -m infra.package OUT` makes what AWS gets; `--without-sdk` leaves out the AWS SDK, which the emulator's
workers have already.
"""

from __future__ import annotations

import argparse
import compileall
import fcntl
import hashlib
import json
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalice.package import YAMLTemplateSerializer

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "infra" / "resources.yaml"
SOURCES = ("app.py", "chalicelib", "infra/package.py", "infra/resources.yaml", "infra/workflows")
SETTINGS = ("requirements.txt", ".chalice/config.json", ".python-version")

SDK = ("boto3", "botocore", "s3transfer")
"""The AWS SDK, a third of the zip; Lambda and the emulator's workers have one of their own."""

COMMAND_LINE = (
    *("_distutils_hack", "_yaml", "bin", "blessed", "click", "distutils", "editor", "inquirer", "jinxed", "pip"),
    *("pkg_resources", "pyyaml", "readchar", "runs", "setuptools", "wcwidth", "wheel", "xmod", "yaml"),
)
"""What Chalice needs at a terminal and no function ever imports."""

LOCALES = ("root", "en", "zh")
"""Languages (with all their regions) whose formats Babel keeps."""


@dataclass(frozen=True)
class Package:
    """What a deployment needs: the template (SAM, code still a local path) and the zip with its SHA-256."""

    template: dict[str, Any]
    zip: Path
    digest: str


def build(out: Path, *, with_sdk: bool = True) -> Package:
    """Build into the folder `out`, unless what it holds was made from the same sources.

    Raises subprocess.CalledProcessError when Chalice refuses; its own words are on standard error.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # copies that start together build once
        _refresh(out, fingerprint(with_sdk=with_sdk), with_sdk=with_sdk)
        template = json.loads((out / "template.json").read_text())
        return Package(template, out / "deployment.zip", _sha256(out / "deployment.zip"))


def _refresh(out: Path, sources: str, *, with_sdk: bool) -> None:
    stamp = out / "sources.sha256"
    if stamp.exists() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    raw = _raw_package()
    _write_template(raw, out)
    _repack(raw / "deployment.zip", out / "deployment.zip", with_sdk=with_sdk)
    stamp.write_text(sources)


def fingerprint(*, with_sdk: bool) -> str:
    """SHA-256 over everything that the package is made of."""
    digest = hashlib.sha256(f"{sys.version_info[:3]} {with_sdk}".encode())
    for path in _source_files():
        digest.update(f"\0{path.relative_to(ROOT)}\0{_sha256(path)}".encode())
    return digest.hexdigest()


def load_yaml(text: str) -> dict[str, Any]:
    """A CloudFormation template in YAML with the short forms of its functions."""
    template: dict[str, Any] = YAMLTemplateSerializer().load_template(text, "")
    return template


def _source_files() -> Iterator[Path]:
    for name in (*SOURCES, *SETTINGS):
        path = ROOT / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _raw_package() -> Path:
    """The folder with what Chalice makes, once for all that is built from the same sources."""
    raw, sources = ROOT / ".build" / "chalice", fingerprint(with_sdk=True)
    raw.mkdir(parents=True, exist_ok=True)
    with (raw / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Chalice keeps what it downloads in the project, one run at a time
        stamp = raw / "sources.sha256"
        if not stamp.exists() or stamp.read_text() != sources:
            stamp.unlink(missing_ok=True)
            _chalice_package(raw)
            stamp.write_text(sources)
    return raw


def _chalice_package(raw: Path) -> None:
    """Run `chalice package`; it imports the application, which wants its settings to be there."""
    names = load_yaml(RESOURCES.read_text())["Globals"]["Function"]["Environment"]["Variables"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= dict.fromkeys(names, "packaging") | {"AWS_DEFAULT_REGION": "us-east-1"}
    chalice = "import chalice.cli; chalice.cli.main()"
    command = [sys.executable, "-c", chalice, "package", "--merge-template", str(RESOURCES), str(raw)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _write_template(raw: Path, out: Path) -> None:
    template = load_yaml((raw / "sam.yaml").read_text())
    for resource in template["Resources"].values():
        _embed_definition(resource)
    _serve_through_alias(template)
    (out / "template.json").write_text(json.dumps(template, indent=1, sort_keys=True) + "\n")


def _embed_definition(resource: dict[str, Any]) -> None:
    """Put a state machine's definition where CloudFormation reads it without another upload."""
    path = resource["Properties"].pop("DefinitionUri", None)
    if path:
        resource["Properties"]["Definition"] = json.loads((RESOURCES.parent / path).read_text())


def _serve_through_alias(template: dict[str, Any]) -> None:
    """Let the API call the published version: only that one starts from a snapshot."""
    api = template["Resources"]["RestAPI"]["Properties"]
    body = json.dumps(api["DefinitionBody"])
    api["DefinitionBody"] = json.loads(body.replace("${APIHandler.Arn}", "${APIHandlerAliaslive}"))
    permission = template["Resources"]["APIHandlerInvokePermission"]["Properties"]
    permission["FunctionName"] = {"Ref": "APIHandlerAliaslive"}


def _repack(raw: Path, final: Path, *, with_sdk: bool) -> None:
    """Leave out what no function imports and add compiled modules (they halve the time of a cold start)."""
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder)
        with zipfile.ZipFile(raw) as archive:
            archive.extractall(code)
        _prune(code, COMMAND_LINE if with_sdk else (*COMMAND_LINE, *SDK))
        compileall.compile_dir(
            folder,
            quiet=2,
            workers=0,
            stripdir=folder,
            prependdir="/var/task",
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        _zip(code, final)


def _prune(code: Path, packages: tuple[str, ...]) -> None:
    for path in list(code.iterdir()):
        if path.name.split("-")[0].lower() in packages:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (code / "babel" / "locale-data").glob("*.dat"):
        if path.stem.split("_")[0] not in LOCALES:
            path.unlink()


def _zip(code: Path, final: Path) -> None:
    """The same content makes the same bytes, so that an unchanged package is not deployed again."""
    with zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(code.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(code)))
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())


def main() -> None:
    """Build and say where the package is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-sdk", action="store_true")
    arguments = parser.parse_args()
    package = build(arguments.out, with_sdk=not arguments.without_sdk)
    megabytes = package.zip.stat().st_size / 1e6
    print(f"{package.zip} ({megabytes:.1f} MB, {len(package.template['Resources'])} resources)")


if __name__ == "__main__":
    main()
