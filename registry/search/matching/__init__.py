"""Who answers a name that was asked for, how well, and why: questions to the index of names.

It may import `index` and what is below that.
"""
