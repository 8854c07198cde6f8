"""AWS clients, made once for a process (making one costs more than most requests)."""

from functools import cache
from typing import Any


@cache
def client(service: str) -> Any:
    """The boto3 client of a service; region, credentials and endpoint come from the environment."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        config=Config(
            connect_timeout=3,
            read_timeout=10,
            retries={"mode": "standard", "total_max_attempts": 3},
            # Links into the bucket name its own region's host, which is the one that pages may reach.
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"} if service == "s3" else None,
        ),
    )
