"""What visitors send: receiving and deciding. The only code that changes submissions."""

from . import ledger as ledger  # the ledger keeps what was decided, from the start
