"""Files in a bucket: pictures of codes, what people hand in, lists that they took out, finance's export."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from chalicelib.gateways import aws
from chalicelib.settings import settings

NOTHING_THERE = frozenset({"NoSuchKey", "AccessDenied"})
"""S3 says that a key is not there only to those who may list the bucket, and no function may."""

log = logging.getLogger("atrium")


@dataclass(frozen=True)
class PostForm:
    """Where a browser posts a file to, and the fields that go before it."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Part:
    """Some of a file's bytes, the size of the whole, and the bucket's name for this very content."""

    content: bytes
    size: int
    version: str


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

    def first(self, key: str, count: int) -> Part | None:
        """The first `count` bytes of what is kept under `key`, None when there is nothing, or nothing in it."""
        return self._range(Key=key, Range=f"bytes=0-{count - 1}")

    def last(self, key: str, count: int, version: str) -> Part | None:
        """The last `count` bytes of that very content."""
        return self._range(Key=key, Range=f"bytes=-{count}", VersionId=version)

    def _range(self, **wanted: str) -> Part | None:
        try:
            answer = self._client.get_object(Bucket=self._bucket, **wanted)
        except ClientError as error:
            if error.response["Error"]["Code"] not in NOTHING_THERE | {"InvalidRange"}:
                raise
            return None
        content: bytes = answer["Body"].read()
        # Who keeps no ranges of older versions answers with the whole, as HTTP allows.
        size = int(answer.get("ContentRange", f"/{len(content)}").rpartition("/")[2])
        return Part(content, size, answer.get("VersionId", ""))

    def address(self, key: str) -> str:
        """What other services of AWS call what is kept under `key`."""
        return f"s3://{self._bucket}/{key}"

    def let_go(self, key: str) -> None:
        """Mark what is kept under `key` as replaced: the bucket's rules remove it later (infra/resources.yaml)."""
        tags = {"TagSet": [{"Key": "replaced", "Value": "true"}]}
        self._client.put_object_tagging(Bucket=self._bucket, Key=key, Tagging=tags)

    def copy(self, source: str, version: str, target: str) -> None:
        """Keep that very content of `source` (the latest where no version is named) under `target`, too."""
        found = {"Bucket": self._bucket, "Key": source} | ({"VersionId": version} if version else {})
        self._client.copy_object(Bucket=self._bucket, Key=target, CopySource=found)

    def post_form(self, key: str, content_type: str, most: int, seconds: int) -> PostForm:
        """How a browser brings up to `most` bytes of that type to exactly this key, within so many seconds."""
        fields = {"Content-Type": content_type}
        conditions = [fields, ["content-length-range", 1, most]]
        signed = self._client.generate_presigned_post(self._bucket, key, fields, conditions, seconds)
        return PostForm(signed["url"], signed["fields"])

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        """Where the file can be had for so many seconds: saved under `name`, never shown in place."""
        wanted = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "ResponseContentType": content_type,
        } | ({"VersionId": version} if version else {})
        return str(self._client.generate_presigned_url("get_object", wanted, seconds))

    def keys(self, prefix: str) -> Iterator[str]:
        """The names that begin so, in the order of their characters."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        yield from (held["Key"] for page in pages for held in page.get("Contents", []))


@cache
def files() -> Files:
    """The process's bucket."""
    return Files(aws.client("s3"), settings().files_bucket)


@cache
def finance_files() -> Files:
    """The process's bucket for what finance takes out."""
    return Files(aws.client("s3"), settings().finance_bucket)
