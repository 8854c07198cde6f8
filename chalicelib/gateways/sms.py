"""Text messages to phones (Amazon SNS)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.gateways import aws
from chalicelib.gateways.provider import NotSent, Receipt

FINAL: Mapping[str, str] = {
    "InvalidParameter": "bad_number",
    "InvalidParameterValue": "bad_number",
    "ParameterValueInvalid": "bad_number",
    "OptedOut": "opted_out",
    "OptedOutException": "opted_out",
}
"""The provider's codes after which the same message can never be delivered, and what we call them."""


class Sms:
    """The provider: it sends, nothing else."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def send(self, phone: str, text: str) -> Receipt:
        """Send `text` to an E.164 number; raises NotSent."""
        kind = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
        try:
            answer = self._client.publish(PhoneNumber=phone, Message=text, MessageAttributes=kind)
        except ClientError as error:
            code = str(error.response["Error"]["Code"])
            raise NotSent(FINAL.get(code, "refused"), code in FINAL) from error
        except BotoCoreError as error:
            raise NotSent("unreachable", final=False) from error
        return Receipt(str(answer["MessageId"]))


@cache
def sms() -> Sms:
    """The process's provider."""
    return Sms(aws.client("sns"))
