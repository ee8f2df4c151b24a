"""What visitors send: receiving and deciding. The only code that changes submissions."""

# From the start: the ledger keeps what was decided, and an erasure reaches what was sent.
from . import erasing as erasing, ledger as ledger
