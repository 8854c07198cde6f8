"""Registering an invoice, and throwing one away that nothing was claimed with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain import received as rules
from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.forms.amounts import iso_date
from chalicelib.domain.received import FIELDS, KINDS, REQUIRED, Received
from chalicelib.models.received import ReceivedItem, UseItem
from chalicelib.models.store import create, save
from chalicelib.models.store import replace as replace_item
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.received.reading import REGISTER, Brought, brought, readings_of
from chalicelib.services.received.record import VIEW, resource_of
from chalicelib.services.received.using import keys, known, uses_of
from chalicelib.web.money import digits_of, minor


def register(call: Call, stated: Mapping[str, str], file: str = "", qr: str = "") -> Answer:
    """Keep an invoice: what its owner states, and for what they leave out what the file and the code say.

    Raises Invalid naming every field that is missing or cannot be.
    """
    call.permit(REGISTER, COMPANY)
    found = brought(call, file) if file else None
    readings = readings_of(found, qr)
    said = rules.merged([stated, *readings])
    invoice = _made(call, said, readings, found)
    claims = [found.claim(invoice.id)] if found else []
    return call.commit(_answer(invoice), create(ReceivedItem.from_received(invoice)), *claims)


def discard(call: Call, id: str) -> Answer:
    """Throw an invoice away; raises IllegalMove for one that is gone, Conflict for one that a document ever used.

    Its uses are written anew, so that nobody takes it who read it before.
    """
    call = read_ahead(call, keys([id]))
    invoice = known(call.store, [id]).get(id)
    if invoice is None:
        raise NotFound
    resource = resource_of(call, invoice)
    call.permit("received:change", resource, unseen=not call.may(VIEW, resource))
    uses = uses_of(call.store, [id])
    if any(use.backs_with(id) for use in uses.values()):
        raise Conflict("invoice_in_use", state="used")
    gone = rules.discarded(invoice)
    touched = [save(UseItem.from_use(rules.touch(use))) for use in uses.values()]
    return call.commit(_answer(gone), replace_item(ReceivedItem.from_received(gone)), *touched)


def _answer(invoice: Received) -> Answer:
    facts = {"id": invoice.id, "status": invoice.status, "version": invoice.version, "differs": list(invoice.differs)}
    return facts | {"location": f"/received/{invoice.id}" if invoice.status == "registered" else "/received"}


def _made(call: Call, said: Mapping[str, str], readings: Sequence[Mapping[str, str]], file: Brought | None) -> Received:
    day, sums = _checked(call, said)
    digest = file.digest if file else ""
    by_identity = rules.identity_key(said["code"], said["number"], said["seller"], said["seller_tax_id"])
    texts: dict[str, Any] = {name: said[name] for name in FIELDS if name not in ("day", "total", "tax", "net")}
    return Received(
        id=rules.received_id(call.new_id(), by_identity, *([rules.file_key(digest)] if digest else [])),
        owner=call.me.id,
        owner_name=call.me.name,
        **texts,
        day=day,
        total=sums[0],
        tax=sums[1],
        net=sums[2],
        created_at=call.now,
        file=file.shown if file else None,
        digest=digest,
        read={name: text for name, text in rules.merged(readings).items() if text},
        differs=rules.differences(said, readings),
    )


def _checked(call: Call, said: Mapping[str, str]) -> tuple[date, tuple[int, int, int]]:
    """The day and the sums (total, tax, net); raises Invalid naming every field that is missing or cannot be."""
    faults = [FieldError(name, "required") for name in REQUIRED if not said[name]]
    if said["type"] and said["type"] not in KINDS:
        faults.append(FieldError("type", "bad_choice"))
    if said["number"] and not any(char.isalnum() for char in said["number"]):
        faults.append(FieldError("number", "bad_format"))
    if said["currency"] and digits_of(said["currency"]) is None:
        faults.append(FieldError("currency", "unknown_currency"))
    day = iso_date(said["day"])
    if said["day"] and (day is None or day > _today(call) + timedelta(days=1)):
        faults.append(FieldError("day", "bad_format" if day is None else "invoice_from_future"))
    sums = {name: minor(said[name], said["currency"]) for name in ("total", "tax", "net") if said[name]}
    faults += [FieldError(name, "bad_amount") for name, found in sums.items() if found is None]
    total = sums.get("total")
    if faults or day is None or total is None:
        raise Invalid(*faults)
    return day, (total, *rules.reckoned(total, sums.get("tax"), sums.get("net")))


def _today(call: Call) -> date:
    """The person's day."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
