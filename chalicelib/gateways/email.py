"""E-mails (Amazon SES, version 2 of its interface)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.gateways import aws
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.settings import settings

REFUSED: Mapping[str, tuple[str, bool]] = {
    "BadRequestException": ("bad_address", True),
    # Mostly a sender that nobody has verified yet: that is mended within the day over which e-mails are tried.
    "MessageRejected": ("rejected", False),
}
"""What we call the provider's codes, and whether the same e-mail can never be delivered after them."""


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
            raise NotSent(*REFUSED.get(code, ("refused", False)), code) from error
        except BotoCoreError as error:
            raise NotSent("unreachable", final=False) from error
        return Receipt(str(answer["MessageId"]))


def _data(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


@cache
def email() -> Email:
    """The process's provider."""
    return Email(aws.client("sesv2"), settings().mail_from)
