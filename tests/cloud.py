"""AWS in memory: the tables as the template declares them, and a user pool."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import chalicelib.gateways
from chalicelib.gateways import aws as gateway
from chalicelib.models.item import AREAS, INDEXES

KEYS = ("pk", "sk", *(f"{index}_{part}" for index in INDEXES for part in ("pk", "sk")))


@dataclass(frozen=True)
class Cloud:
    """The tables and the user pool of the test run."""

    pool_id: str
    pool_client_id: str

    @classmethod
    def make(cls) -> Cloud:
        """Make tables, pool and client."""
        for name in table_names():
            make_table(name)
        pool = gateway.client("cognito-idp").create_user_pool(PoolName="atrium-test", MfaConfiguration="OPTIONAL")
        pool_id = pool["UserPool"]["Id"]
        client = gateway.client("cognito-idp").create_user_pool_client(
            UserPoolId=pool_id,
            ClientName="atrium",
            ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )
        return cls(pool_id, client["UserPoolClient"]["ClientId"])

    def clear(self) -> None:
        """Empty them where the mock keeps them: deleting items one by one costs as much as most tests."""
        from moto.core import DEFAULT_ACCOUNT_ID
        from moto.dynamodb.models import dynamodb_backends

        users = gateway.client("cognito-idp")
        for user in users.list_users(UserPoolId=self.pool_id)["Users"]:
            users.admin_delete_user(UserPoolId=self.pool_id, Username=user["Username"])
        kept = dynamodb_backends[DEFAULT_ACCOUNT_ID][os.environ["AWS_REGION"]].tables
        for name in table_names():
            kept[name].items.clear()


def table_names() -> list[str]:
    """The physical names of all tables."""
    return [os.environ["TABLE_PREFIX"] + area for area in AREAS]


def make_table(name: str) -> None:
    """A table with its indexes, as infra/ declares every table, but without a stream.

    The mock copies a table with all its stream records at every transaction, which makes long runs slow.
    """
    gateway.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in KEYS],
        KeySchema=_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _schema(f"{index}_pk", f"{index}_sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
            for index in INDEXES
        ],
    )


def _schema(pk: str, sk: str) -> list[dict[str, Any]]:
    return [{"AttributeName": pk, "KeyType": "HASH"}, {"AttributeName": sk, "KeyType": "RANGE"}]


def pool_keys() -> dict[str, Any]:
    """The public keys with which the pool in memory signs."""
    import json

    from moto.cognitoidp.responses import CognitoIdpJsonWebKeyResponse

    document: dict[str, Any] = json.loads(CognitoIdpJsonWebKeyResponse.json_web_key)
    return document


def forget_process_state() -> None:
    """Forget settings, gateways and connections, which were made for other names."""
    from chalicelib.gateways import jwks
    from chalicelib.settings import settings

    settings.cache_clear()
    forget_gateways()
    jwks.key_set()._fetch = pool_keys
    forget_directory()


def forget_gateways() -> None:
    """Forget every gateway; not the clients, which cost more than all else to make."""
    for each in _gateways():
        each.cache_clear()


@cache
def _gateways() -> list[Any]:
    """What makes a gateway once and remembers it."""
    modules = [import_module(each.name) for each in iter_modules(chalicelib.gateways.__path__, "chalicelib.gateways.")]
    found = [each for module in modules for name, each in vars(module).items() if name != "client"]
    return [each for each in found if hasattr(each, "cache_clear")]


def forget_directory() -> None:
    """Forget the people, departments, sites, processes and tables of finance that were read."""
    from chalicelib.services import budgets, compliance, directory, expenses, processes, rates, sites, standards

    directory.forget()
    processes.forget()
    sites.forget()
    standards.forget()
    compliance.forget()
    budgets.forget_groups()
    expenses.forget()
    rates.forget()
