"""Files in the bucket."""

from __future__ import annotations

import boto3

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
