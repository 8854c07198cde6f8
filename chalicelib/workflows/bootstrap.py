"""The operator's first step with a new installation: its top department and its first administrator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from chalicelib.gateways.cognito import user_pool
from chalicelib.services import accounts
from chalicelib.services.ids import new_id
from chalicelib.workflows.context import store


class FirstAdministrator(BaseModel):
    """Who is to manage everybody else; `company` is the top department's name."""

    login: str
    password: str
    name: str
    email: str
    company: str = "总部"


def run(event: Mapping[str, Any], context: Any) -> dict[str, str]:
    """Make them; answers the person's id. Raises pydantic's ValidationError for an event that lacks something."""
    asked = FirstAdministrator.model_validate(event)
    return {"person": accounts.bootstrap(store(), user_pool(), new_id, **asked.model_dump())}
