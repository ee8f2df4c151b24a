"""Tests of who may be the same person, on judged pairs of real entries and on invented families."""
