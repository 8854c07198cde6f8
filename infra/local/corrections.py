"""Where the emulator differs from AWS in what Atrium needs, put right without a fork.

These replace private functions of one exact version (requirements-dev.in pins it); `correct` refuses any other.
Each is described in docs/operations.md under "The emulator".
"""

from __future__ import annotations

import importlib.metadata
import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import apigateway_v1, lambda_svc

VERSION = "1.5.33"


def correct() -> None:
    """Install every correction; raises RuntimeError under another version of the emulator."""
    if importlib.metadata.version("ministack") != VERSION:
        raise RuntimeError(f"infra/local is written for ministack {VERSION}")
    _shorten_log_wait()
    _keep_error_types()
    _import_whole_api()
    _retry_partial_failures()


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
    """An imported API keeps its binary media types and its own answers (404, 413, 5xx)."""
    import_api = apigateway_v1._import_rest_api

    def import_whole(body: dict[str, Any], data: dict[str, Any] | None = None) -> str:
        binary = body.get("x-amazon-apigateway-binary-media-types", [])
        api: str = import_api(body, {**(data or {}), "binaryMediaTypes": binary})
        for kind, response in body.get("x-amazon-apigateway-gateway-responses", {}).items():
            apigateway_v1._put_gateway_response(api, kind, response)
        return api

    apigateway_v1._import_rest_api = import_whole


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
