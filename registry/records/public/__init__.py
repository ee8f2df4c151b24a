"""What the public sees: frozen objects made of rows, and the only way by which these get out.

It may import `drafts` and `conclusions`. It knows nothing of the ledger, and no act: whoever
reads writes nothing.
"""
