"""What the template tells every function through its environment, read once."""

import os
from functools import cache

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """The environment as one typed value; a missing variable stops the function at its start."""

    model_config = ConfigDict(frozen=True)

    stage: str
    table_prefix: str
    user_pool_id: str
    user_pool_client_id: str
    files_bucket: str
    files_origin: str
    audit_bucket: str
    finance_bucket: str
    signing_secret_arn: str
    document_key_arn: str
    visit_state_machine_arn: str
    public_url: str
    mail_from: str


@cache
def settings() -> Settings:
    """Read the environment; raises pydantic's ValidationError naming every missing variable."""
    return Settings.model_validate({name: os.environ.get(name.upper()) for name in Settings.model_fields})
