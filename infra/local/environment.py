"""What the emulator reads from the process's environment. It reads it while it is imported, so this comes first."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from logging.handlers import RotatingFileHandler

from infra.local.options import HOST, REGION, Options

SERVICES = (
    *("apigateway", "cloudformation", "cognito-idp", "dynamodb", "dynamodbstreams", "events", "glue", "iam"),
    *(
        "kms",
        "lambda",
        "logs",
        "monitoring",
        "s3",
        "scheduler",
        "secretsmanager",
        "ses",
        "sns",
        "sqs",
        "ssm",
        "states",
        "sts",
    ),
)
KEPT = ("AUTH", "HOME", "LANG", "LC_ALL", "PATH", "SYSTEMROOT", "TZ", "VIRTUAL_ENV")


def prepare_environment(options: Options) -> None:
    """Replace the environment: functions inherit it, and nothing of the machine's may reach them."""
    temporary = options.data / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept | _settings(options) | {"TMPDIR": str(temporary)})
    tempfile.tempdir = str(temporary)
    _log_to_file(options)


def _settings(options: Options) -> dict[str, str]:
    return {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(options.emulator_port),
        "SERVICES": ",".join(SERVICES),
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(options.data / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(options.data / "s3"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "COGNITO_EMAIL_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "LAMBDA_WARM_TTL_SECONDS": "60",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",  # Lambda's word for it; the emulator has no snapshots
        # No Docker: a socket that does not exist keeps the emulator from looking for containers.
        "DOCKER_HOST": "unix:///nonexistent",
    }


def _log_to_file(options: Options) -> None:
    """The emulator's and the functions' logs go to emulator.log, ten megabytes and the ten before."""
    handler = RotatingFileHandler(options.data / "emulator.log", maxBytes=10_000_000, backupCount=1)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("persistence").setLevel(logging.WARNING)  # it tells of every file of every save
