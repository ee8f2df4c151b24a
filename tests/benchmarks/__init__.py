"""Measurements on a generated population; run by hand, never part of the tests."""
