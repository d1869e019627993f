"""Screens: what every command shows, as it was looked at, on a terminal of 80 columns and on one of 120.

Each is a file here, `NAME, WIDTH.txt`: what is typed, what is shown for it, what is said on stderr, and the
exit code. The version and digests are replaced, so that a file changes when its screen does (`terminal`).
What is typed stands in one table (`shown`), what is there before in another (`programmes`).
`python -m tests.screens` writes all of them anew; look at what it changed before it is kept.
"""
