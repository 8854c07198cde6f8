"""`make deploy STAGE=name`: the stage on the AWS account whose credentials are in the environment.

Environment: AWS_REGION (or the profile's region); PUBLIC_URL, where a custom domain leads to the API (else its own
address is used); ALARM_EMAIL, who hears of alarms; MAIL_FROM, where e-mails come from (an address of a domain that SES
has verified; without it there are none); OFFICE_TIME_ZONE, in which finance's export of the night begins at half past
two (Asia/Shanghai).
"""

from __future__ import annotations

import os
import sys

from infra.package import ROOT, build
from infra.stack import DeploymentFailed, Stack, client_factory


def deploy(stage: str) -> str:
    """Deploy and return the URL. Links in messages need it, and a new API learns its own only when it is there."""
    package = build(ROOT / ".build" / "package")
    stack = Stack(stage, client_factory())
    url = os.environ.get("PUBLIC_URL", "").rstrip("/") or stack.outputs().get("EndpointURL", "").rstrip("/")
    parameters = {
        "Stage": stage,
        "AlarmEmail": os.environ.get("ALARM_EMAIL", ""),
        "MailFrom": os.environ.get("MAIL_FROM", ""),
        "OfficeTimeZone": os.environ.get("OFFICE_TIME_ZONE", "Asia/Shanghai"),
    }
    stack.deploy(package, parameters | {"PublicUrl": url})
    if not url:
        url = stack.outputs()["EndpointURL"].rstrip("/")
        stack.deploy(package, parameters | {"PublicUrl": url})
    return url


def main() -> None:
    """Deploy the stage that the command line names."""
    try:
        url = deploy(sys.argv[1])
    except DeploymentFailed as error:
        sys.exit(f"The deployment failed and was undone:\n{error}")
    print(f"Atrium is at {url}/")


if __name__ == "__main__":
    main()
