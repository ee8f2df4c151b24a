"""Commands: they parse arguments, call one function and print its report."""
