"""Reading: files in, typed values out, and a finding for everything that stands in the way.

Promises to refuse rather than to guess, to report all that is wrong at once, and to say where: the row as the
spreadsheet numbers it, the line and column of a YAML file. Nothing here decides what is owed.
"""
