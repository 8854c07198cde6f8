"""People's own bank accounts: stated and changed by the person alone, opened for payments alone."""

from chalicelib.services.bank_accounts.keeping import mine, remove, state, tell
from chalicelib.services.bank_accounts.paying import accounts_of, for_payment

__all__ = ["accounts_of", "for_payment", "mine", "remove", "state", "tell"]
