"""The rules: from typed extracts to measures, decisions, awards and lines.

Nothing here reads a file, shows a word or asks the clock; every comparison is of whole numbers.
Source of every rule: the rate cards' section *Meaning* (rate_cards/README.md).
"""
