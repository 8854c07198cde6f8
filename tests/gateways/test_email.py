"""E-mails through SES, and what its refusals mean."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from chalicelib.gateways.email import Email
from chalicelib.gateways.provider import NotSent


class Ses:
    """SES as far as it is used."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: dict[str, Any] = {}

    def send_email(self, **asked: Any) -> dict[str, str]:
        if self.error:
            raise self.error
        self.asked = asked
        return {"MessageId": "M1"}


def test_an_e_mail_goes_to_one_address_as_plain_text() -> None:
    ses = Ses()
    assert Email(ses, "atrium@atrium.example").send("lin@atrium.example", "标题", "正文").message_id == "M1"
    assert ses.asked["Destination"] == {"ToAddresses": ["lin@atrium.example"]}
    assert ses.asked["FromEmailAddress"] == "atrium@atrium.example"
    simple = ses.asked["Content"]["Simple"]
    assert (simple["Subject"]["Data"], simple["Body"]["Text"]["Data"]) == ("标题", "正文")


def test_an_e_mail_with_a_calendar_file_offers_it_as_an_appointment_and_as_a_file() -> None:
    ses = Ses()
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:来访\r\nEND:VCALENDAR\r\n"
    Email(ses, "atrium@atrium.example").send("lin@atrium.example", "标题", "正文", calendar)
    mail = message_from_bytes(ses.asked["Content"]["Raw"]["Data"], policy=default)
    assert (mail["To"], mail["Subject"]) == ("lin@atrium.example", "标题")
    plain, offered, file = (part for part in mail.walk() if not part.is_multipart())
    assert plain.get_content().strip() == "正文"
    assert (offered.get_content_type(), offered["Content-Type"].params["method"]) == ("text/calendar", "CANCEL")
    assert offered.get_content().split() == calendar.split()
    assert (file.get_filename(), file.get_content()) == ("visit.ics", calendar.encode())


@pytest.mark.parametrize(
    ("code", "reason", "final"),
    [
        ("MessageRejected", "rejected", False),
        ("BadRequestException", "bad_address", True),
        ("TooManyRequestsException", "refused", False),
        ("SendingPausedException", "refused", False),
    ],
)
def test_refusals_are_told_apart(code: str, reason: str, final: bool) -> None:
    error = ClientError({"Error": {"Code": code, "Message": "no"}}, "SendEmail")
    with pytest.raises(NotSent) as refused:
        Email(Ses(error), "a@b.example").send("c@d.example", "s", "t")
    assert (refused.value.reason, refused.value.final, refused.value.said) == (reason, final, code)


def test_a_service_that_does_not_answer_is_tried_again() -> None:
    with pytest.raises(NotSent) as refused:
        Email(Ses(ConnectTimeoutError(endpoint_url="x")), "a@b.example").send("c@d.example", "s", "t")
    assert (refused.value.reason, refused.value.final) == ("unreachable", False)
