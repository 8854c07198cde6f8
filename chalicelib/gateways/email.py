"""E-mails (Amazon SES, version 2 of its interface)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.gateways import aws
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.settings import settings

FINAL: Mapping[str, str] = {
    "BadRequestException": "bad_address",
    "MessageRejected": "rejected",
}
"""The provider's codes after which the same e-mail can never be delivered, and what we call them."""


class Email:
    """The provider: it sends from one address, nothing else."""

    def __init__(self, client: Any, sender: str) -> None:
        self._client = client
        self._sender = sender

    def send(self, address: str, subject: str, text: str) -> Receipt:
        """Send a plain text; raises NotSent."""
        content = {"Subject": _data(subject), "Body": {"Text": _data(text)}}
        try:
            answer = self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [address]},
                Content={"Simple": content},
            )
        except ClientError as error:
            code = str(error.response["Error"]["Code"])
            raise NotSent(FINAL.get(code, "refused"), code in FINAL, code) from error
        except BotoCoreError as error:
            raise NotSent("unreachable", final=False) from error
        return Receipt(str(answer["MessageId"]))


def _data(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


@cache
def email() -> Email:
    """The process's provider."""
    return Email(aws.client("sesv2"), settings().mail_from)
