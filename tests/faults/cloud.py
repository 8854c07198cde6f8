"""Everything of AWS that Atrium's functions talk to, in memory, as plain data that can be kept and brought back."""

from __future__ import annotations

import io
import json
import pickle
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.faults.dynamodb import DynamoDB, Tables
from tests.faults.executions import Book, Invoke, Machine
from tests.faults.hook import Parameters, Refused

DEFINITION = Path(__file__).parents[2] / "infra/workflows/visit.asl.json"
SECRET = "a secret of the tests"


@dataclass
class Contents:
    """What AWS holds. `accounts` are the user pool's: name -> enabled."""

    tables: Tables = field(default_factory=lambda: Tables(defaultdict(dict)))
    book: Book = field(default_factory=Book)
    files: dict[tuple[str, str], bytes] = field(default_factory=dict)
    messages: list[tuple[str, str]] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    posts: list[tuple[str, str]] = field(default_factory=list)
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    let_go: set[tuple[str, str]] = field(default_factory=set)


class Cloud:
    """Answers the calls of every service. `invoke` is how Step Functions reaches the function of its tasks."""

    def __init__(self, invoke: Invoke) -> None:
        self._definition = json.loads(DEFINITION.read_text())
        self._invoke = invoke
        self.contents = Contents()

    def __call__(self, service: str, operation: str, parameters: Parameters) -> dict[str, Any]:
        """One call; raises Refused."""
        match service:
            case "dynamodb":
                return self._dynamodb.answer(operation, parameters)
            case "stepfunctions":
                return self.machine.answer(operation, parameters, datetime.now(UTC))
        answer: dict[str, Any] = getattr(self, f"_{operation}")(parameters)
        return answer

    @cached_property
    def machine(self) -> Machine:
        """Step Functions."""
        return Machine(self._definition, self.contents.book, self._invoke)

    @cached_property
    def _dynamodb(self) -> DynamoDB:
        return DynamoDB(self.contents.tables)

    def save(self) -> bytes:
        """All that is held, to be brought back by `load`."""
        return pickle.dumps(self.contents)

    def load(self, saved: bytes) -> None:
        """Hold what was held when it was saved."""
        self.contents = pickle.loads(saved)
        self.__dict__.pop("machine", None)
        self.__dict__.pop("_dynamodb", None)

    def _GetSecretValue(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802 - the operation's name
        return {"SecretString": SECRET}

    def _GenerateDataKey(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        return {"Plaintext": b"k" * 32, "CiphertextBlob": b"k" * 32}

    def _Decrypt(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        return {"Plaintext": parameters["CiphertextBlob"]}

    def _PutObject(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        body = parameters["Body"]
        content = body if isinstance(body, bytes) else body.getvalue()
        self.contents.files[parameters["Bucket"], parameters["Key"]] = content
        return {}

    def _GetObject(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        content = self.contents.files.get((parameters["Bucket"], parameters["Key"]))
        if content is None:
            raise Refused("NoSuchKey", 404)
        last = len(content) - 1
        return {"Body": io.BytesIO(content), "ContentRange": f"bytes 0-{last}/{len(content)}", "VersionId": "v1"}

    def _PutObjectTagging(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self.contents.let_go.add((parameters["Bucket"], parameters["Key"]))
        return {}

    def _ListObjectsV2(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        bucket, prefix = parameters["Bucket"], parameters["Prefix"]
        keys = sorted(key for place, key in self.contents.files if place == bucket and key.startswith(prefix))
        return {"Contents": [{"Key": key} for key in keys], "IsTruncated": False}

    def _CopyObject(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        source = unquote(parameters["CopySource"]).partition("?")[0]
        bucket, _, key = source.partition("/")
        self.contents.files[parameters["Bucket"], parameters["Key"]] = self.contents.files[bucket, key]
        return {}

    def _Publish(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self.contents.messages.append((parameters["PhoneNumber"], parameters["Message"]))
        return {"MessageId": f"message-{len(self.contents.messages)}"}

    def _SendEmail(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        (address,) = parameters["Destination"]["ToAddresses"]
        self.contents.mails.append((address, _text_of(parameters["Content"])))
        return {"MessageId": f"mail-{len(self.contents.mails)}"}

    def _Post(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self.contents.posts.append((parameters["url"], parameters["body"]))
        return {}

    def _AdminCreateUser(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        if parameters["Username"] in self.contents.accounts:
            raise Refused("UsernameExistsException")
        self.contents.accounts[parameters["Username"]] = {"enabled": True, "password": None, "signed_out": False}
        return {"User": {"Username": parameters["Username"]}}

    def _AdminSetUserPassword(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self._account(parameters)["password"] = (parameters["Password"], parameters["Permanent"])
        return {}

    def _AdminDisableUser(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self._account(parameters)["enabled"] = False
        return {}

    def _AdminUserGlobalSignOut(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self._account(parameters)["signed_out"] = True
        return {}

    def _AdminSetUserMFAPreference(self, parameters: Parameters) -> dict[str, Any]:  # noqa: N802
        self._account(parameters)["second_factor"] = parameters["SoftwareTokenMfaSettings"]["Enabled"]
        return {}

    def _account(self, parameters: Parameters) -> dict[str, Any]:
        if parameters["Username"] not in self.contents.accounts:
            raise Refused("UserNotFoundException")
        return self.contents.accounts[parameters["Username"]]


def _text_of(content: Parameters) -> str:
    """What an e-mail says; of one that was put together by us, whole, all but the boundaries between its parts."""
    if "Simple" in content:
        return str(content["Simple"]["Body"]["Text"]["Data"])
    mail = message_from_bytes(content["Raw"]["Data"], policy=default)
    return "\n".join(str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text")
