"""The audit: recording changes in chains, verifying the chains, searching them, a record's history."""

from chalicelib.services.audit.filled_in import forms_of, told
from chalicelib.services.audit.history import History, history, names, steps
from chalicelib.services.audit.recording import copy_behind, record
from chalicelib.services.audit.records import RECORDS, RecordKind, kind_of
from chalicelib.services.audit.search import Asked, Found, search
from chalicelib.services.audit.verifying import Copies, Verified, disagreement, sample, verify_chain

__all__ = [
    "RECORDS",
    "Asked",
    "Copies",
    "Found",
    "History",
    "RecordKind",
    "Verified",
    "copy_behind",
    "disagreement",
    "forms_of",
    "history",
    "kind_of",
    "names",
    "record",
    "sample",
    "search",
    "steps",
    "told",
    "verify_chain",
]
