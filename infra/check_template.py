"""`make check-template`: the template as it would be deployed, under cfn-lint and checkov."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from infra.package import ROOT, build
from infra.stack import with_code

OUT = ROOT / ".build" / "check"
CFN_LINT = [str(Path(sys.executable).parent / "cfn-lint"), "--regions", "eu-central-1", "--template"]
CHECKOV = [
    str(ROOT / ".venv-checks" / "bin" / "checkov"),
    *("--config-file", str(ROOT / "infra" / "checkov.yaml"), "--file"),
]


def main() -> None:
    """Build the template and exit with 1 unless both scanners find nothing."""
    package = build(OUT)
    template = OUT / "deployed.json"
    template.write_text(json.dumps(json.loads(with_code(package, "deployments")), indent=1))
    failed = [command[0] for command in (CFN_LINT, CHECKOV) if _finds(command, template)]
    if failed:
        sys.exit(f"{len(package.template['Resources'])} resources: not clean")
    print(f"{len(package.template['Resources'])} resources: cfn-lint and checkov find nothing")


def _finds(command: list[str], template: Path) -> bool:
    return subprocess.run([*command, str(template)], cwd=ROOT, check=False).returncode != 0


if __name__ == "__main__":
    main()
