"""Exchange rates: kept by finance, read by documents, which freeze what they were reckoned by."""

from chalicelib.services.rates.importing import take
from chalicelib.services.rates.keeping import Listed, listed, remove, state, today
from chalicelib.services.rates.reading import forget, keys, rate_on

__all__ = ["Listed", "forget", "keys", "listed", "rate_on", "remove", "state", "take", "today"]
