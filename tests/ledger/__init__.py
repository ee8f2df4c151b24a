"""What the ledger promises, put to the test over long histories."""
