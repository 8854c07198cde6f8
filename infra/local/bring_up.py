"""What happens between the emulator's first breath and "Atrium is at ..."."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

from infra import example_company
from infra.local.durability import Saver
from infra.local.front import Front
from infra.local.options import REGION, STAGE, Options
from infra.package import Package
from infra.stack import Stack, client_factory

PEOPLE = "atrium-local-people"
"""The secret that holds the example people; it is there once the company is complete."""
MAIL_FROM = "atrium@atrium.example"
"""E-mails go nowhere; the emulator shows them at /_ministack/ses/messages."""


def bring_up(options: Options, package: Package, front: Front, saver: Saver) -> None:
    """Deploy, open the front, make the example company once, say where everything is.

    Raises what the deployment or the company's creation raises.
    """
    _wait_for(f"{options.emulator}/_ministack/health")
    client = client_factory(
        endpoint_url=options.emulator,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's
    )
    stack = Stack(STAGE, client, poll=0.5)
    print("Deploying the CloudFormation template to the emulator ...", flush=True)
    given = {"PublicUrl": options.url, "FilesOrigin": options.emulator, "MailFrom": MAIL_FROM}
    if stack.deploy(package, {"Stage": STAGE, **given}):
        saver.checkpoint()
    client("sesv2").create_email_identity(EmailIdentity=MAIL_FROM)
    outputs = stack.outputs()
    front.api = outputs["RestAPIId"]
    _wait_for(f"{options.url}/health")
    people = _people(options, client)
    saver.checkpoint()
    saver.release()
    _reconcile(client, outputs["ReconcileName"])
    record = {"url": options.url, "emulator": options.emulator, "people": people}
    (options.data / "run.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    _announce(options, people)


def _wait_for(url: str) -> None:
    """Wait, at most a minute, until the address answers; raises TimeoutError."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=30).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


def _people(options: Options, client: Any) -> list[dict[str, Any]]:
    """The example people; the company is created at the first start, once it is complete it is kept."""
    secrets = client("secretsmanager")
    try:
        return list(json.loads(secrets.get_secret_value(SecretId=PEOPLE)["SecretString"]))
    except secrets.exceptions.ResourceNotFoundException:
        print("Creating the example company ...", flush=True)
        people = example_company.create(options.url, options.emulator)
        secrets.create_secret(Name=PEOPLE, SecretString=json.dumps(people))
        return people


def _reconcile(client: Any, function: str) -> None:
    """The emulator forgets executions when it stops: start them again now, not at the next five minutes."""
    client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload="{}")


def _announce(options: Options, people: list[dict[str, Any]]) -> None:
    width = max((len(person["login"]) for person in people), default=0)
    print(f"\nAtrium is at {options.url}/\n")
    for person in people:
        roles = ", ".join(person["roles"])
        factor = ", with a second factor" if "totp_secret" in person else ""
        print(f"  {person['login']:{width}}  {person['password']}  {person['name']} ({roles}){factor}")
    print("\nSix digits of a second factor: make code LOGIN=he.gang")
    print(f"Data: {options.data}   Emulator: {options.emulator}   Stop: Ctrl-C", flush=True)
