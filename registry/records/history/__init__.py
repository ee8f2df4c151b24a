"""What the ledger tells the public: every change in words, and a record as of a day past.

It may import `people` and what is below that; `entries` and `undoing` stand beside it.
"""
