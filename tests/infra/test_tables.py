"""CloudFormation says what the tables are; the models must mean the same ones."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import chalicelib.models
from chalicelib.models.item import AREAS, INDEXES, Item
from tests.infra.conftest import of_type

NAME = "atrium-${Stage}-"


@pytest.fixture(scope="module")
def tables(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = of_type(template, "AWS::DynamoDB::Table").values()
    return {table["TableName"]["Fn::Sub"].removeprefix(NAME): table for table in found}


def every_model() -> Iterator[type[Item]]:
    for module in pkgutil.walk_packages(chalicelib.models.__path__, "chalicelib.models."):
        importlib.import_module(module.name)
    waiting: list[type[Item]] = [Item]
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if "Meta" in vars(model):
            yield model


def keys(schema: list[dict[str, str]]) -> tuple[str, str]:
    by_kind = {key["KeyType"]: key["AttributeName"] for key in schema}
    return by_kind["HASH"], by_kind["RANGE"]


def test_every_area_has_its_table_and_every_table_its_area(tables: dict[str, Any]) -> None:
    assert set(tables) == set(AREAS)


def test_the_models_know_every_table() -> None:
    assert {model.area for model in every_model()} <= set(AREAS)


def test_names_begin_with_the_prefix_that_the_functions_are_given(template: dict[str, Any]) -> None:
    assert template["Globals"]["Function"]["Environment"]["Variables"]["TABLE_PREFIX"] == {"Fn::Sub": NAME}


def test_keys_are_those_of_the_models(tables: dict[str, Any]) -> None:
    attributes = Item.get_attributes()
    for table in tables.values():
        hash_name, range_name = keys(table["KeySchema"])
        assert attributes[hash_name].is_hash_key
        assert attributes[range_name].is_range_key


def test_indexes_are_those_of_the_models_and_show_whole_items(tables: dict[str, Any]) -> None:
    expected = {index: (f"{index}_pk", f"{index}_sk") for index in INDEXES}
    for table in tables.values():
        indexes = table["GlobalSecondaryIndexes"]
        assert {index["IndexName"]: keys(index["KeySchema"]) for index in indexes} == expected
        assert all(index["Projection"] == {"ProjectionType": "ALL"} for index in indexes)


def test_key_attributes_have_the_types_of_the_models(tables: dict[str, Any]) -> None:
    attributes = Item.get_attributes()
    for table in tables.values():
        declared = {each["AttributeName"]: each["AttributeType"] for each in table["AttributeDefinitions"]}
        assert declared == {name: attributes[name].attr_type for name in declared}


def test_items_expire_by_the_attribute_that_the_models_set(tables: dict[str, Any]) -> None:
    assert "expires" in Item.get_attributes()
    for table in tables.values():
        assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}


def test_tables_are_protected_restorable_encrypted_and_streamed(tables: dict[str, Any]) -> None:
    for table in tables.values():
        assert table["DeletionProtectionEnabled"] == {"Fn::If": ["Protected", True, False]}
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["SSESpecification"] == {"SSEEnabled": True}
        assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
        assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_nothing_that_holds_data_goes_away_with_the_stack(template: dict[str, Any]) -> None:
    holders = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool")
    for resource in template["Resources"].values():
        if resource.get("Type") in holders:
            assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
            assert resource["UpdateReplacePolicy"] == "Retain"
