"""Public pages: short function views over what `registry.records` publishes."""
