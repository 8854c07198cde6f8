"""One stage of Atrium as one CloudFormation stack: upload the package, change the stack, read its outputs."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

from infra.package import Package

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


class DeploymentFailed(Exception):
    """CloudFormation did not take the change; the text says which resources and why."""


class Stack:
    """The stack `atrium-<stage>`. `client` makes boto3 clients; `poll` is how often, in seconds, to look."""

    def __init__(self, stage: str, client: Callable[[str], Any], poll: float = 5) -> None:
        self.stage = stage
        self.name = f"atrium-{stage}"
        self._poll = poll
        self._cloudformation = client("cloudformation")
        self._s3 = client("s3")
        self._account = client("sts").get_caller_identity()["Account"]

    @property
    def bucket(self) -> str:
        """Where packages and templates are uploaded to; made before the stack and kept after it."""
        return f"{self.name}-deployments-{self._account}"

    def deploy(self, package: Package, parameters: Mapping[str, str]) -> bool:
        """Bring the stack to `package` and `parameters`; False if it was there already.

        Raises DeploymentFailed; CloudFormation has then put everything back as it was.
        """
        template = with_code(package, self.bucket)
        digest = hashlib.sha256(template.encode() + json.dumps(sorted(parameters.items())).encode()).hexdigest()
        stack = self._describe()
        if stack and _tags(stack).get("content") == digest:
            return False
        self._ensure_bucket()
        self._upload(package.zip.read_bytes(), _code_key(package))
        url = self._upload(template.encode(), f"templates/{digest}.json")
        self._change(stack, url, parameters, digest)
        return True

    def outputs(self) -> dict[str, str]:
        """The stack's outputs by name; none before the first deployment."""
        stack = self._describe() or {}
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def _describe(self) -> dict[str, Any] | None:
        try:
            stack: dict[str, Any] = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return None if stack["StackStatus"] in ("REVIEW_IN_PROGRESS", "DELETE_COMPLETE") else stack

    def _ensure_bucket(self) -> None:
        region = self._s3.meta.region_name
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        try:
            self._s3.create_bucket(Bucket=self.bucket, **place)
        except ClientError as error:
            if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
                raise
        closed = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        self._s3.put_public_access_block(Bucket=self.bucket, PublicAccessBlockConfiguration=dict.fromkeys(closed, True))

    def _upload(self, content: bytes, key: str) -> str:
        self._s3.put_object(Bucket=self.bucket, Key=key, Body=content)
        return f"https://s3.{self._s3.meta.region_name}.amazonaws.com/{self.bucket}/{key}"

    def _change(self, stack: dict[str, Any] | None, url: str, parameters: Mapping[str, str], digest: str) -> None:
        name = f"change-{digest[:16]}"
        self._cloudformation.create_change_set(
            StackName=self.name,
            ChangeSetName=name,
            ChangeSetType="UPDATE" if stack else "CREATE",
            TemplateURL=url,
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=CAPABILITIES,
            Tags=[{"Key": "application", "Value": "atrium"}, {"Key": "content", "Value": digest}],
        )
        try:
            self._wait("change_set_create_complete", ChangeSetName=name)
            self._cloudformation.execute_change_set(StackName=self.name, ChangeSetName=name)
            self._wait("stack_update_complete" if stack else "stack_create_complete")
        except WaiterError as error:
            raise DeploymentFailed(self._reasons(name)) from error

    def _wait(self, what: str, **arguments: str) -> None:
        rhythm = {"Delay": self._poll, "MaxAttempts": int(1800 / self._poll)}
        self._cloudformation.get_waiter(what).wait(StackName=self.name, WaiterConfig=rhythm, **arguments)

    def _reasons(self, change_set: str) -> str:
        """What CloudFormation said, the first failures first."""
        answer = self._cloudformation.describe_change_set(StackName=self.name, ChangeSetName=change_set)
        events = self._cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
        failed = [event for event in reversed(events) if "FAILED" in event["ResourceStatus"]]
        lines = [f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}" for event in failed]
        return "\n".join([answer.get("StatusReason", ""), *lines[:10]]).strip()


def client_factory(**options: Any) -> Callable[[str], Any]:
    """A maker of boto3 clients that share one session; `options` go to each of them."""
    session = boto3.session.Session()
    config = Config(retries={"mode": "standard", "total_max_attempts": 5}, read_timeout=120)
    return lambda service: session.client(service, config=config, **options)


def _tags(stack: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}


def _code_key(package: Package) -> str:
    return f"packages/{package.digest}.zip"


def with_code(package: Package, bucket: str) -> str:
    """The template as JSON with the zip's place in `bucket` in it: a new zip has a new key, hence a new version."""
    template = copy.deepcopy(package.template)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{bucket}/{_code_key(package)}"
    return json.dumps(template, separators=(",", ":"))
