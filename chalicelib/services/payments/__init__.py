"""Payments: documents owe, finance pays, the bank answers; a payable and its document are settled in one transaction.

What documents of other areas use: `owing`, `dropped`, `reversed`, `keys`, `known`; SETTLED and READS, where they say
what becomes of them when they are paid.
"""

from chalicelib.domain.payments import payable_id
from chalicelib.services.payments.kinds import READS, SETTLED
from chalicelib.services.payments.owing import dropped, keys, known, owing, reversed

__all__ = ["READS", "SETTLED", "dropped", "keys", "known", "owing", "payable_id", "reversed"]
