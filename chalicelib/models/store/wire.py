"""DynamoDB's requests and answers on the wire: its JSON stands for itself.

botocore takes each of them apart by the service's model, member by member, and follows the rules of the endpoint anew
for every call, which together took a third of the time of a command. In DynamoDB's JSON only bytes need converting, and
its endpoint stays the same unless addresses by account are asked for.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from botocore import __version__ as botocore_version
from botocore.config import Config
from botocore.parsers import JSONParser, ResponseParserFactory
from botocore.serialize import JSONSerializer
from botocore.session import Session
from pydantic_core import from_json, to_json

AGENT = f"Botocore/{botocore_version} md/atrium"
"""How the store names itself to DynamoDB. botocore would put such a text together anew, twice for every call."""


def use_plain_json(session: Session) -> None:
    """Let the DynamoDB clients that this session makes from now on speak plain JSON to one endpoint."""
    session.set_default_client_config(Config(user_agent=AGENT, account_id_endpoint_mode="disabled"))
    session.register_component("response_parser_factory", _Parsers())
    session.register("creating-client-class.dynamodb", _plain)


def _plain(base_classes: list[type], **_: Any) -> None:
    base_classes.insert(0, _Client)


class _Client:
    """What comes before botocore's own client."""

    def __init__(self, serializer: Any, **parts: Any) -> None:
        super().__init__(serializer=_Serializer(), **parts)  # type: ignore[call-arg]
        self._resolved: tuple[Any, dict[str, Any]] | None = None

    def _resolve_endpoint_ruleset(self, operation_model: Any, params: Any, request_context: Any, **more: Any) -> Any:
        if self._resolved is None:
            before = dict(request_context)
            found = super()._resolve_endpoint_ruleset(  # type: ignore[misc]
                operation_model, params, request_context, **more
            )
            told = {name: value for name, value in request_context.items() if before.get(name) != value}
            self._resolved = deepcopy((found, told))
        found, told = deepcopy(self._resolved)
        request_context.update(told)
        return found


_BYTES = (b'"B":', b'"BS":')
"""How DynamoDB's JSON introduces bytes."""


class _Serializer(JSONSerializer):  # type: ignore[misc]
    def serialize_to_request(self, parameters: Any, operation_model: Any) -> Any:
        """The request with the parameters as they are; by the model, if there are bytes in them."""
        body = to_json(parameters, bytes_mode="base64")
        if any(mark in body for mark in _BYTES):
            return super().serialize_to_request(parameters, operation_model)
        request = super().serialize_to_request({}, operation_model)
        return request | {"body": body}


class _Parser(JSONParser):  # type: ignore[misc]
    def _handle_json_body(self, raw_body: bytes, shape: Any) -> Any:
        if any(mark in raw_body for mark in _BYTES):
            return super()._handle_json_body(raw_body, shape)
        return self._parse_body_as_json(raw_body)

    def _parse_body_as_json(self, body_contents: bytes) -> Any:
        try:
            return from_json(body_contents)
        except ValueError:  # nothing at all, or what a broken proxy says
            return super()._parse_body_as_json(body_contents)


class _Parsers(ResponseParserFactory):  # type: ignore[misc]
    def create_parser(self, protocol_name: str) -> Any:
        """A parser for the protocol; DynamoDB speaks "json"."""
        return _Parser(**self._defaults) if protocol_name == "json" else super().create_parser(protocol_name)
