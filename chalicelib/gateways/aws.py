"""AWS clients, made once for a process (making one costs more than most requests)."""

from functools import cache
from typing import Any


@cache
def client(service: str) -> Any:
    """The boto3 client of a service; region, credentials and endpoint come from the environment."""
    import boto3
    from botocore.config import Config

    # Addresses of files are signed in a way that every region takes (botocore's own choice is older in some).
    signature = {"signature_version": "s3v4"} if service == "s3" else {}
    retries = {"mode": "standard", "total_max_attempts": 3}
    return boto3.client(service, config=Config(connect_timeout=3, read_timeout=10, retries=retries, **signature))
