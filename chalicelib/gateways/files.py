"""Files in the bucket: pictures of codes today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from chalicelib.gateways import aws
from chalicelib.settings import settings


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
        except self._client.exceptions.NoSuchKey:
            return None
        return content

    def keys(self, prefix: str) -> Iterator[str]:
        """The names that begin so, in the order of their characters."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        yield from (held["Key"] for page in pages for held in page.get("Contents", []))


@cache
def files() -> Files:
    """The process's bucket."""
    return Files(aws.client("s3"), settings().files_bucket)
