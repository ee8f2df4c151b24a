"""What every act goes through: one change with its reason, and what was asserted before and after.

Whoever it is about is concluded again in the same transaction. It may import `public` and what
is below that.
"""
