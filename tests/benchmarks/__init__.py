"""Benchmarks: whole processes beside their peers, in turn and in one run; `make bench` starts them all.

Seconds differ from machine to machine and from hour to hour, the ratio of two runs that follow each other
much less. What came out last stands in `results.md`, with the machine and the versions.
"""
