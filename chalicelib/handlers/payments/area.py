"""The one area of payables, batches and how finance pays."""

from chalicelib.handlers.endpoint import Area

area = Area("chalicelib.handlers.payments")
