"""The index of names: what is in it, how it is kept in step with the names, and made anew.

It may import `columns` and what is below that.
"""
