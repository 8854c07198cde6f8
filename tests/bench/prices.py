"""Published on-demand prices in US dollars, us-east-1, read on 2026-11-22; free tiers are not counted.

https://aws.amazon.com/dynamodb/pricing/on-demand/ (as lowered on 2024-11-01), https://aws.amazon.com/lambda/pricing/,
https://aws.amazon.com/api-gateway/pricing/, https://aws.amazon.com/step-functions/pricing/,
https://aws.amazon.com/s3/pricing/, https://aws.amazon.com/secrets-manager/pricing/
"""

MILLION = 1_000_000

READ_UNITS_MILLION = 0.125
WRITE_UNITS_MILLION = 0.625
STORED_GB_MONTH = 0.25
RECOVERABLE_GB_MONTH = 0.20
"""Point-in-time recovery, on top of storage."""

LAMBDA_GB_SECOND = 0.0000166667
LAMBDA_REQUESTS_MILLION = 0.20
GATEWAY_REQUESTS_MILLION = 3.50
"""REST API, first 333 million a month."""

TRANSITIONS_MILLION = 25.0
"""Step Functions, standard workflows."""

S3_PUTS_MILLION = 5.0
SECRET_MONTH = 0.40

GB_OF_A_CORE = 1.769
"""Lambda gives one whole core at this memory, and less in proportion."""
