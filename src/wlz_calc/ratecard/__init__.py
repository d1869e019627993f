"""Rate cards: the dated terms of a contract, as models of which no invalid one can be built.

Promises that a card which exists can be paid on, and that everything wrong with one is reported at once, each
thing with its place. Knows no file and no frame.
"""
