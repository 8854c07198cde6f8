"""The OpenAPI 3.1 description, made from the routes and their pydantic models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chalicelib.handlers.areas import every_endpoint
from chalicelib.handlers.endpoint import Endpoint, Public
from chalicelib.services.exports import WRITERS

REFS = "#/components/schemas/{model}"
type Mode = Literal["validation", "serialization"]
type Schemas = Mapping[Any, dict[str, Any]]

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "In the language of Accept-Language."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; programs may rely on it."},
        "request_id": {"type": "string"},
        "state": {"type": "string", "description": "Of a conflict: how the record stands now."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("path", "code", "message")},
            },
        },
    },
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "The same key gives the first answer again; with another request it gets 422.",
}
VERSION = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The ETag that was seen; 412 if the record changed since.",
}
REFUSALS = {"400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "500"}


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    wanted: list[tuple[type[BaseModel], Mode]] = []
    for spec in every_endpoint():
        wanted += [(model, "validation") for model in (spec.body, spec.query) if model]
        wanted += [(spec.answer, "serialization")] if spec.answer else []
    refs, definitions = models_json_schema(list(dict.fromkeys(wanted)), ref_template=REFS)
    paths: dict[str, dict[str, Any]] = {}
    for spec in every_endpoint():
        paths.setdefault(spec.path, {})[spec.method.lower()] = _operation(spec, refs, definitions.get("$defs", {}))
    schemas = {"Problem": PROBLEM} | definitions.get("$defs", {})
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Atrium", "version": "1", "description": "Every page of the product, as JSON."},
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"bearer": bearer}},
        "security": [{"bearer": []}],
    }


def _operation(spec: Endpoint, refs: Schemas, definitions: dict[str, Any]) -> dict[str, Any]:
    name = re.sub(r"\W+", "_", f"{spec.method} {spec.path}").strip("_").lower()
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": spec.summary,
        "tags": [spec.path.split("/")[1] or "home"],
        "parameters": _parameters(spec, refs, definitions),
        "responses": {str(spec.status): _answer(spec, refs)} | _refusals(),
    }
    if spec.body:
        content = {"application/json": {"schema": refs[spec.body, "validation"]}}
        operation["requestBody"] = {"required": True, "content": content}
    if spec.upload:
        file = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": file}
    if isinstance(spec.action, Public):
        operation["security"] = []
    else:
        operation["x-action"] = spec.action
    return operation


def _parameters(spec: Endpoint, refs: Schemas, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", spec.path)
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
    ]
    if spec.query:
        schema = definitions[refs[spec.query, "validation"]["$ref"].rpartition("/")[2]]
        required = schema.get("required", [])
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": part}
            for name, part in schema.get("properties", {}).items()
        ]
    return found + ([KEY, VERSION] if spec.method == "POST" else [])


def _answer(spec: Endpoint, refs: Schemas) -> dict[str, Any]:
    """What is answered: JSON, or a file instead, or for a list either."""
    if spec.content:
        return {"description": spec.summary, "content": {spec.content: {}}}
    schema = refs[spec.answer, "serialization"] if spec.answer else {}
    files: dict[str, Any] = {content_type: {} for _, content_type in WRITERS.values()} if spec.sheet else {}
    return {"description": spec.summary, "content": {"application/json": {"schema": schema}} | files}


def _refusals() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    problem = {"description": "A refusal.", "content": {"application/problem+json": {"schema": schema}}}
    return dict.fromkeys(sorted(REFUSALS), problem)
