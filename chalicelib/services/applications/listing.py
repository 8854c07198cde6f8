"""Which budget applications a person lists."""

from __future__ import annotations

from chalicelib.domain.applications import PREFIX, Application
from chalicelib.models.applications import of_applicant, of_company, of_department
from chalicelib.models.store import Store
from chalicelib.services.applications.record import held, resource_of
from chalicelib.services.permissions import Resource
from chalicelib.services.registers import Register


def _opened(store: Store, application: str) -> tuple[Application, Resource]:
    found = held(store, application)
    return found.application, resource_of(found.application, found.running)


register = Register(Application, "Application", PREFIX, of_applicant, of_company, of_department, _opened)
