"""The pages beside the program: what they repeat of it is made from it, and what they say to type is run.

The made parts stand between cog's marks (`<!-- [[[cog ...` and `[[[end]]] -->`), all other text is written by
hand. `python -m tests.docs` makes them anew; a test says where one is out of date.
"""
