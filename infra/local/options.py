"""Where this copy lives and listens."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
STAGE = "local"
REGION = "us-east-1"


@dataclass(frozen=True)
class Options:
    """`data` is the folder of this copy; `port` serves the application, `emulator_port` the AWS services."""

    data: Path
    port: int
    emulator_port: int

    @property
    def url(self) -> str:
        """The application, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    @property
    def emulator(self) -> str:
        """The endpoint of every AWS service."""
        return f"http://{HOST}:{self.emulator_port}"


def read_options() -> Options:
    """PORT (8000), DATA (.atrium) and EMULATOR_PORT (any free one) from the environment."""
    port = int(os.environ.get("PORT") or 8000)
    emulator_port = int(os.environ.get("EMULATOR_PORT") or _free_port(port))
    return Options(Path(os.environ.get("DATA") or ".atrium").resolve(), port, emulator_port)


def is_free(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port(port: int) -> int:
    """The same one at every start if it can be had: ten thousand above the application's."""
    wanted = port + 10_000
    if wanted < 2**16 and is_free(wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
