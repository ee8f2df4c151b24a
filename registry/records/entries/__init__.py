"""Acts on entries: adding what sources say, and editing it, with a view of what that would change.

It may import `people` and what is below that; `undoing` and `history` stand beside it.
"""
