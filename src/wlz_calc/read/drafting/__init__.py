"""Drafting: what wlz.yaml may have to say of a file that nobody has seen before.

A draft is a guess that says so. It is made of what the headings and cells of one file look like, with the
words of hints and of the shipped maps, and is read by the same readers as any part. Nothing personal is
looked at: a column under a personal heading is not read here either, and no heading is taken for the id of a
child without saying that a person has to confirm it.
"""
