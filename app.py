"""Composes Atrium: registers the areas' routes and the workflows' functions, nothing else."""

from chalice.app import Chalice

from chalicelib import garbage
from chalicelib.handlers import (
    approvals,
    audit,
    budgets,
    checklist,
    directory,
    estimates,
    exports,
    gate,
    home,
    invitations,
    ledger,
    notices,
    preferences,
    privacy,
    processes,
    references,
    requests,
    sessions,
    sites,
    standards,
    system,
    unrouted,
    uploads,
    visits,
    webhooks,
)
from chalicelib.workflows import functions

app = Chalice(app_name="atrium")
app.api.binary_types = []  # bodies travel as base64 (answers.Encoded); the template declares */* to the gateway

for module in (
    system,
    sessions,
    home,
    visits,
    approvals,
    invitations,
    gate,
    ledger,
    notices,
    preferences,
    webhooks,
    directory,
    sites,
    audit,
    exports,
):
    app.register_blueprint(module.area)
for module in (processes, references, requests, uploads, standards, estimates, checklist, budgets, privacy):
    app.register_blueprint(module.area)
app.register_blueprint(functions.area)
app.register_middleware(unrouted.answer, "http")
garbage.resume()
