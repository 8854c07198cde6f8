"""How finance pays: stated by administrators, so that who pays does not decide who has to look at it."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.bank_accounts import normalised
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.payments import Settings
from chalicelib.models.payments import SettingsItem
from chalicelib.models.store import save
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments.record import SET_UP, VIEW
from chalicelib.services.payments.releasing import settings_of
from chalicelib.services.permissions import COMPANY


def show(call: Call) -> Settings:
    """How finance pays now."""
    call.permit(VIEW, COMPANY)
    return settings_of(call.store)


def state(call: Call, stated: Settings) -> Answer:
    """State it anew; raises Invalid for an account that cannot be."""
    call.permit(SET_UP, COMPANY)
    iban, bic = normalised(stated.iban), normalised(stated.bic)
    _check(iban, bic)
    before = settings_of(call.store)
    changed = replace(stated, iban=iban, bic=bic, version=before.version + 1)
    answer: Answer = {"version": changed.version, "location": "/payments/settings"}
    return call.commit(answer, save(SettingsItem.from_settings(changed)))


def _check(iban: str, bic: str) -> None:
    from stdnum import bic as bics
    from stdnum import iban as ibans

    faults = []
    if iban and not (iban.isascii() and ibans.is_valid(iban)):
        faults.append(FieldError("iban", "bad_iban"))
    if bic and not (bic.isascii() and bics.is_valid(bic)):
        faults.append(FieldError("bic", "bad_bic"))
    if faults:
        raise Invalid(*faults)
