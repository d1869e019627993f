"""Spelling: headings and codes without what senders vary in, so that they can be compared."""

import re


def plain(text: str) -> str:
    """`child_id` for `Child ID` and `childId`; a percentage, which is no count, keeps its sign as a word."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("%", " percent ")
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")


def spaced(heading: str) -> str:
    """A heading as headings are compared: in one line, its words one space apart."""
    return " ".join(heading.split())
