"""Files in the bucket: pictures of codes, lists that people took out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.gateways import aws
from chalicelib.settings import settings

NOTHING_THERE = frozenset({"NoSuchKey", "AccessDenied"})
"""S3 says that a key is not there only to those who may list the bucket, and no function may."""

log = logging.getLogger("atrium")


class Files:
    """One bucket."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`, in place of what was there."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`, None when there is nothing."""
        try:
            content: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] not in NOTHING_THERE:
                raise
            log.warning("nothing to read under %s: %s", key, error.response["Error"]["Code"])
            return None
        return content

    def link(self, key: str, disposition: str, seconds: int) -> str:
        """An address under which anybody can fetch what is kept under `key` for so long; AWS is not asked."""
        wanted = {"Bucket": self._bucket, "Key": key, "ResponseContentDisposition": disposition}
        return str(self._client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds))

    def keys(self, prefix: str) -> Iterator[str]:
        """The names that begin so, in the order of their characters."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        yield from (held["Key"] for page in pages for held in page.get("Contents", []))


@cache
def files() -> Files:
    """The process's bucket."""
    return Files(aws.client("s3"), settings().files_bucket)
