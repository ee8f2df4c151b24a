"""What is kept beside people and entries: vocabularies, sources, places, photographs and scans.

Their drafts, the acts that write them, and what the ledger keeps of them. It may import
`ledger` and what is below that.
"""
