"""One process that serves emulator and application and brings the stack up inside itself."""

from __future__ import annotations

import asyncio
import signal
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as emulator
from ministack.core import lambda_runtime

from infra.local import corrections, durability, front
from infra.local.bring_up import bring_up
from infra.local.options import HOST, Options
from infra.package import Package


def run(options: Options, package: Package) -> int:
    """Serve until SIGINT or SIGTERM; 1 when the stack or the example company could not be made."""
    corrections.correct()
    durability.keep_streams()
    front.show_root_paths()
    try:
        return asyncio.run(_serve(options, package))
    finally:
        lambda_runtime.reset()


async def _serve(options: Options, package: Package) -> int:
    saver, stop = durability.Saver(), asyncio.Event()
    application = front.Front(saver.watch(emulator.app), options.port)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    saving = asyncio.create_task(saver.run())
    starting = asyncio.create_task(asyncio.to_thread(bring_up, options, package, application, saver))
    starting.add_done_callback(lambda task: stop.set() if task.exception() else None)
    await serve(application, _configuration(options), shutdown_trigger=stop.wait)
    saving.cancel()
    return _report(starting)


def _configuration(options: Options) -> Config:
    config = Config()
    config.bind = [f"{HOST}:{options.port}", f"{HOST}:{options.emulator_port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 2
    config.loglevel = "WARNING"
    return config


def _report(starting: asyncio.Task[None]) -> int:
    """Say why the start failed, if it did."""
    error = starting.exception() if starting.done() else None
    if error:
        print(f"Atrium could not start: {type(error).__name__}: {error}", file=sys.stderr)
    return 1 if error else 0
