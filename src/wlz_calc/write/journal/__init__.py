"""The journal: a sealed claim as double entry, described once and written for ledgers and finance systems.

Promises that every transaction comes to nothing to the penny, that the income of each payment is what its
lines come to, and that no child is named: lines are added up before anything is written. The same claim gives
the same bytes.
"""
