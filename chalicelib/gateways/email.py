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

    def send(self, address: str, subject: str, text: str, calendar: str = "") -> Receipt:
        """Send a plain text, with a calendar file where there is one; raises NotSent."""
        content: dict[str, Any] = {"Simple": {"Subject": _data(subject), "Body": {"Text": _data(text)}}}
        if calendar:
            content = {"Raw": {"Data": with_calendar(self._sender, address, subject, text, calendar)}}
        try:
            answer = self._client.send_email(
                FromEmailAddress=self._sender, Destination={"ToAddresses": [address]}, Content=content
            )
        except ClientError as error:
            code = str(error.response["Error"]["Code"])
            raise NotSent(*REFUSED.get(code, ("refused", False)), code) from error
        except BotoCoreError as error:
            raise NotSent("unreachable", final=False) from error
        return Receipt(str(answer["MessageId"]))


def with_calendar(sender: str, address: str, subject: str, text: str, calendar: str) -> bytes:
    """The e-mail as it travels (RFC 5322), with the calendar file twice (RFC 6047).

    As another form of the text it makes Outlook and Gmail offer the appointment; other programs show it as a file.
    """
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, address, subject
    mail.set_content(text)
    mail.add_alternative(calendar, subtype="calendar", params={"method": _method_of(calendar)})
    mail.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename="visit.ics")
    return mail.as_bytes()


def _method_of(calendar: str) -> str:
    """What the file asks for; the e-mail has to say the same beside it."""
    lines = calendar.splitlines()
    return next(line.partition(":")[2] for line in lines if line.startswith("METHOD:"))


def _data(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


@cache
def email() -> Email:
    """The process's provider."""
    return Email(aws.client("sesv2"), settings().mail_from)
