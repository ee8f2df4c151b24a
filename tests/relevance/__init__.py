"""How well people are found: queries in classes, asked of a registry, judged, and counted.

`python -m tests.relevance` says it for a registry of generated people (see `__main__`);
`test_floors.py` holds it at fixture size. S@1 and S@10 are the shares of queries whose right
person is the first, or among the first ten; MRR is the mean of one by the place; empty is the
share answered by nobody at all. What is right is told in `queries`; whom it is asked of, in
`people`; how names are spelt otherwise, in `standards`, `forms` and `mistakes`.

What is independent of the code under test and what is not: typing mistakes, the held-out
standards, the forms of given names and the rules for Ukrainian and Belarusian were written for
the measurement. The rules for languages of Latin letters were used as a check while the readings
were tuned. Given names of the generated people come from the tables of `registry.names`, so that
their rare forms are known to it; surnames are of nobody. The real pairs were tuned on: their
figures are those of a training set.
"""
