"""What visitors send: receiving and deciding. The only code that changes submissions."""
