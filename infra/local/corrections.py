"""Where the emulator differs from AWS in what Atrium needs, put right without a fork.

These replace private functions of one exact version (requirements-dev.in pins it); `correct` refuses any other.
Each is described in docs/operations.md under "The emulator".
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import tempfile
import threading
import types
import zipfile
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import apigateway_v1, lambda_svc, s3
from ministack.services.cloudformation import provisioners

VERSION = "1.5.33"


def correct() -> None:
    """Install every correction; raises RuntimeError under another version of the emulator."""
    if importlib.metadata.version("ministack") != VERSION:
        raise RuntimeError(f"infra/local is written for ministack {VERSION}")
    _shorten_log_wait()
    _keep_error_types()
    _import_whole_api()
    _retry_partial_failures()
    _unpack_once()
    _lock_objects()


def _shorten_log_wait() -> None:
    """A silent invocation waits 50 ms for log lines; 2 ms find those that are on their way."""
    drain = lambda_runtime.Worker._drain_stderr_bounded

    def quickly(self: Any) -> str:
        text: str = drain(self, first_line_wait=0.002, idle_confirm=0.002)
        return text

    lambda_runtime.Worker._drain_stderr_bounded = quickly


def _keep_error_types() -> None:
    """A raised error keeps its class name, which Retry and Catch of state machines go by."""
    said = '{"status": "error", "error": str(e), "trace": traceback.format_exc()}'
    script: str = lambda_runtime._PYTHON_WORKER_SCRIPT
    if said not in script:
        raise RuntimeError("the emulator's worker reports errors in another way than expected")
    typed = said.replace('"error": str(e)', '"error": str(e), "errorType": type(e).__name__')
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(said, typed)
    invoke, execute, last = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm, threading.local()

    def remember(self: Any, *arguments: Any, **options: Any) -> Any:
        answer = invoke(self, *arguments, **options)
        last.error_type = answer.get("errorType")
        return answer

    def restore(function: Any, event: Any, request_id: str) -> Any:
        last.error_type = None
        result = execute(function, event, request_id)
        if result.get("error") and last.error_type:
            result["body"]["errorType"] = last.error_type
        return result

    lambda_runtime.Worker.invoke = remember
    lambda_svc._execute_function_warm = restore


def _import_whole_api() -> None:
    """An imported API keeps its binary media types, its methods for any method, and its own answers (413, 5xx)."""
    import_api = apigateway_v1._import_rest_api
    apigateway_v1._OPENAPI_HTTP_METHODS |= {"any"}

    def import_whole(body: dict[str, Any], data: dict[str, Any] | None = None) -> str:
        binary = body.get("x-amazon-apigateway-binary-media-types", [])
        paths = {path: _methods(operations) for path, operations in body.get("paths", {}).items()}
        api: str = import_api({**body, "paths": paths}, {**(data or {}), "binaryMediaTypes": binary})
        for kind, response in body.get("x-amazon-apigateway-gateway-responses", {}).items():
            apigateway_v1._put_gateway_response(api, kind, response)
        return api

    apigateway_v1._import_rest_api = import_whole


def _methods(operations: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("x-amazon-apigateway-any-method", "any"): each for name, each in operations.items()}


def _retry_partial_failures() -> None:
    """A stream batch of which some records failed is delivered again (whole) instead of dropped."""
    execute = lambda_svc._execute_function

    def retried(function: Any, event: Any, *arguments: Any, **options: Any) -> Any:
        result = execute(function, event, *arguments, **options)
        records = event.get("Records") if isinstance(event, dict) else None
        if records and records[0].get("eventSource") == "aws:dynamodb" and _failures(result):
            message = f"{len(_failures(result))} of {len(records)} records failed"
            return {"error": True, "body": {"errorType": "PartialFailure", "errorMessage": message}}
        return result

    lambda_svc._execute_function = retried


def _failures(result: dict[str, Any]) -> list[Any]:
    body = result.get("body")
    return (body.get("batchItemFailures") or []) if isinstance(body, dict) else []


def _unpack_once() -> None:
    """Workers share one unpacked copy of the code by hard links, kept for the next start: 0.1 s instead of 2."""
    lambda_runtime.zipfile = types.SimpleNamespace(**{**vars(zipfile), "ZipFile": _SharedZip})


class _SharedZip(zipfile.ZipFile):
    _unpacking = threading.Lock()

    def extractall(self, path: Any = None, members: Any = None, pwd: Any = None) -> None:
        digest = hashlib.blake2b(Path(str(self.filename)).read_bytes(), digest_size=16).hexdigest()
        shared = Path(tempfile.gettempdir()).parent / "code" / digest
        with self._unpacking:
            if not shared.exists():
                shutil.rmtree(shared.parent, ignore_errors=True)  # older code lives on in its workers' links
                partial = shared.with_suffix(".partial")
                super().extractall(partial, members, pwd)
                partial.rename(shared)
        shutil.copytree(shared, path, copy_function=os.link, dirs_exist_ok=True)


def _lock_objects() -> None:
    """A bucket's object lock in the template is kept."""
    configure = provisioners._s3_apply_configurations

    def configure_lock(bucket: str, properties: dict[str, Any], *before: Any) -> None:
        configure(bucket, properties, *before)
        if properties.get("ObjectLockEnabled"):
            rule = properties.get("ObjectLockConfiguration", {}).get("Rule", {})
            retention = rule.get("DefaultRetention")
            retention = retention and {**retention, "Days": int(retention["Days"])}
            s3._bucket_object_lock[bucket] = {"enabled": True, "default_retention": retention}

    provisioners._s3_apply_configurations = configure_lock
