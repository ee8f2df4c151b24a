"""The registry: what each source says of each person, and what they say together."""
