"""What every function is given: settings, a role of its own, a log, streams with a way out for what fails."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.handlers.problems import STATUS
from chalicelib.settings import Settings
from infra.package import Package
from tests.infra.conftest import of_type

STREAMS = {
    "Drive": {"ReceptionTable", "ApprovalsTable", "DirectoryTable", "SpendingTable"},
    "Record": {"ReceptionTable", "ApprovalsTable", "DirectoryTable", "ExportsTable", "SpendingTable"},
    "Export": {"ExportsTable"},
    "Deliver": {"NotificationsTable"},
}
WITHOUT_RESOURCE = {
    *("logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies"),
    *("logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery"),
    *("states:SendTaskFailure", "states:SendTaskSuccess"),
}
"""Actions for which AWS knows no resource."""


@pytest.fixture(scope="module")
def functions(package: Package) -> dict[str, dict[str, Any]]:
    return of_type(package.template, "AWS::Serverless::Function")


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_setting_that_the_code_reads_is_in_the_template(template: dict[str, Any]) -> None:
    given = template["Globals"]["Function"]["Environment"]["Variables"]
    assert {name.upper() for name in Settings.model_fields} <= set(given)


def test_the_application_and_the_template_name_the_same_functions(functions: dict[str, Any]) -> None:
    assert set(functions) == {
        *("APIHandler", "VisitTasks", "Drive", "Record", "Deliver", "Export", "Reconcile", "Bootstrap"),
    }
    assert all("Handler" in function for function in functions.values())


def test_every_function_has_a_role_of_its_own(functions: dict[str, Any]) -> None:
    assert {name: function["Role"] for name, function in functions.items()} == {
        name: {"Fn::GetAtt": [f"{name}Role", "Arn"]} for name in functions
    }


def test_every_function_has_a_log_that_forgets(functions: dict[str, Any], template: dict[str, Any]) -> None:
    logs = {log["LogGroupName"]["Fn::Sub"]: log for log in of_type(template, "AWS::Logs::LogGroup").values()}
    for function in functions.values():
        assert logs[f"/aws/lambda/{function['FunctionName']['Fn::Sub']}"]["RetentionInDays"] == 90


def test_no_role_may_do_everything_or_touch_everything(template: dict[str, Any]) -> None:
    for role in of_type(template, "AWS::IAM::Role").values():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = set(listed(statement["Action"]))
                assert not any("*" in action for action in actions)
                assert "*" not in listed(statement.get("Resource")) or actions <= WITHOUT_RESOURCE


def test_streams_reach_their_consumers_and_failures_a_queue(template: dict[str, Any]) -> None:
    found: dict[str, set[str]] = {}
    for mapping in of_type(template, "AWS::Lambda::EventSourceMapping").values():
        consumer = mapping["FunctionName"]["Ref"]
        found.setdefault(consumer, set()).add(mapping["EventSourceArn"]["Fn::GetAtt"][0])
        assert mapping["BisectBatchOnFunctionError"] is True
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {
            "Fn::GetAtt": [f"{consumer}Failures", "Arn"]
        }
    assert found == STREAMS


def test_every_queue_of_failures_has_an_alarm(template: dict[str, Any]) -> None:
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "QueueName"
    }
    assert watched == set(of_type(template, "AWS::SQS::Queue"))


def test_requests_reach_the_version_that_starts_from_a_snapshot(functions: dict[str, Any], package: Package) -> None:
    assert functions["APIHandler"]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    paths = package.template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for operations in paths.values():
        for operation in operations.values():
            uri = operation["x-amazon-apigateway-integration"].get("uri", {"Fn::Sub": "${APIHandlerAliaslive}"})
            assert "${APIHandlerAliaslive}" in uri["Fn::Sub"]


def test_the_api_fits_into_the_gateway(package: Package) -> None:
    body = package.template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    nodes = {tuple(path.split("/")[:depth]) for path in body["paths"] for depth in range(1, path.count("/") + 2)}
    assert len(nodes) < 300
    assert body["x-amazon-apigateway-binary-media-types"] == ["*/*"]


def test_what_the_gateway_says_by_itself_has_the_codes_of_the_application(package: Package) -> None:
    body = package.template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    known = {refusal.code: status for refusal, status in STATUS.items()} | {"unavailable": 503}
    for answer in body["x-amazon-apigateway-gateway-responses"].values():
        said = json.loads(answer["responseTemplates"]["application/json"])
        assert known[said["code"]] == said["status"] == answer["statusCode"]
        assert answer["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"


def test_every_path_reaches_the_application(package: Package) -> None:
    paths = package.template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert {path for path in paths if "x-amazon-apigateway-any-method" in paths[path]} == {"/", "/{proxy+}"}
