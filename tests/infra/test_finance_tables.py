"""The tables of Athena in the template are what finance's export writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.finance_exports import table_key
from chalicelib.services.finance_exports import KINDS
from tests.infra.conftest import of_type

TYPES = {"text": "string", "day": "string", "time": "string", "integer": "bigint", "boolean": "boolean"}
"""Days and times are texts: Athena's reader of CSV takes days as numbers only."""


def tables(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = of_type(template, "AWS::Glue::Table").values()
    return {each["TableInput"]["Name"]: each["TableInput"] for each in found}


def test_every_kind_has_a_table_with_its_columns(template: dict[str, Any]) -> None:
    found = {
        name: [(column["Name"], column["Type"]) for column in each["StorageDescriptor"]["Columns"]]
        for name, each in tables(template).items()
    }
    assert found == {kind.key: [(column.name, TYPES[column.type]) for column in kind.columns] for kind in KINDS}


def test_a_table_looks_where_the_export_puts_the_rows_of_a_day(template: dict[str, Any]) -> None:
    for name, each in tables(template).items():
        place = each["Parameters"]["storage.location.template"]["Fn::Sub"]
        folder = place.removeprefix("s3://${FinanceBucket}/").replace("${!day}", "2026-03-02")
        assert table_key(date(2026, 3, 2), name).rpartition("/")[0] + "/" == folder
        assert each["Parameters"]["skip.header.line.count"] == "1"


def test_no_table_has_a_column_of_the_partition_s_name(template: dict[str, Any]) -> None:
    assert all(column.name != "day" for kind in KINDS for column in kind.columns)
