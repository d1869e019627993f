"""Broken examples: for every code the smallest input that provokes it, and what is then said.

The cases stand here, by where they are found; `python -m tests.broken` makes `examples/broken` of them.
"""

from typing import Final

from tests.broken.inputs import Case
from tests.broken.of_book import BOOK
from tests.broken.of_cards import CARDS
from tests.broken.of_cells import CELLS
from tests.broken.of_files import FILES
from tests.broken.of_folder import FOLDER
from tests.broken.of_invoices import INVOICES
from tests.broken.of_rows import ROWS
from tests.broken.of_sense import SENSE

CASES: Final[dict[str, Case]] = FOLDER | CARDS | FILES | CELLS | ROWS | SENSE | INVOICES | BOOK
"""Every code that an input can provoke."""

NOT_BY_INPUT: Final = {
    "folder-unreadable": ("wlz.yaml is somebody else's, who lets nobody read it", "test_read_folder.py"),
    "card-unreadable": ("a rate card is somebody else's, who lets nobody read it", "test_read_cards.py"),
    "book-unwritable": (
        "the disk is full, or the folder of claims is somebody else's",
        "test_book_survives.py",
    ),
    "book-inputs-changed": ("somebody writes to the files meanwhile", "test_book_guards.py"),
}
"""Codes that only the machine provokes: when it does, and the tests that stand in for it."""

BESIDES: Final = {"file-old-workbook": {"heading-extra"}, "part-again": {"period-overlaps"}}
"""What is said beside a code, where it cannot be provoked alone."""
