"""Files in the bucket."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.gateways.files import Files
from tests import cloud


def test_what_is_put_can_be_got_and_what_is_not_there_is_none(aws: cloud.Cloud) -> None:
    client = boto3.client("s3")
    client.create_bucket(Bucket="pictures")
    files = Files(client, "pictures")
    files.put("qr/1.png", b"\x89PNG", "image/png")
    assert files.get("qr/1.png") == b"\x89PNG"
    assert files.get("qr/2.png") is None
    assert client.head_object(Bucket="pictures", Key="qr/1.png")["ContentType"] == "image/png"
    client.delete_object(Bucket="pictures", Key="qr/1.png")
    client.delete_bucket(Bucket="pictures")


@pytest.mark.parametrize("code", ["NoSuchKey", "AccessDenied"])
def test_what_is_not_there_is_none_also_for_who_may_not_list_the_bucket(aws: cloud.Cloud, code: str) -> None:
    client = boto3.client("s3")
    with Stubber(client) as stub:
        stub.add_client_error("get_object", code)
        assert Files(client, "pictures").get("qr/1.png") is None


def test_a_bucket_that_does_not_answer_is_not_taken_for_an_empty_one(aws: cloud.Cloud) -> None:
    client = boto3.client("s3")
    with Stubber(client) as stub, pytest.raises(ClientError):
        stub.add_client_error("get_object", "SlowDown")
        Files(client, "pictures").get("qr/1.png")
