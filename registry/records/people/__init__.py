"""Acts on people: who is whom, what is believed and told of them, and who may be seen.

It may import `catalogue` and what is below that.
"""
