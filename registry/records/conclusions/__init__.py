"""What the entries of a person say, read together: plain facts, and what is concluded from them.

The lowest of the packages of the records: it imports none of the others, and writes nothing.
"""
