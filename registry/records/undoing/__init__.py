"""What reaches every kind of record at once: undoing of any act, and erasing by order of a court.

It may import `people` and what is below that; `entries` and `history` stand beside it.
"""
