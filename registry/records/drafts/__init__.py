"""What comes in, before it is a record: entries and places as drafts, how they are read, files.

It may import `conclusions`.
"""
