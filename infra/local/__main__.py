"""`make run`: package, emulator, deployment, example company, and then wait for Ctrl-C."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from typing import IO

from infra.local.environment import prepare_environment
from infra.local.options import Options, is_free, read_options
from infra.package import ROOT, build


def main() -> None:
    """Run this copy until it is told to stop; exits with 1 and a reason when it cannot start."""
    options = read_options()
    options.data.mkdir(parents=True, exist_ok=True)
    lock = _claim(options)  # held as long as the process lives
    print("Packaging the functions (about a minute the first time) ...", flush=True)
    try:
        package = build(ROOT / ".build" / "local", with_sdk=False)
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except subprocess.CalledProcessError:
        sys.exit("Packaging failed; the reason is above.")
    prepare_environment(options)
    from infra.local.run import run  # imports the emulator, which reads the environment

    failed = run(options, package)
    lock.close()
    sys.exit(failed)


def _claim(options: Options) -> IO[str]:
    """Keep other copies away from this one's folder and port."""
    lock = (options.data / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"A copy already runs on {options.data}. Another one: make run PORT=8001 DATA=.atrium-2")
    for port in (options.port, options.emulator_port):
        if not is_free(port):
            sys.exit(f"Port {port} is taken. Another one: make run PORT={options.port + 1}")
    return lock


if __name__ == "__main__":
    main()
