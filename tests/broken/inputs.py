"""What broken examples are made of: a case, the smallest sound card and register, and how to spoil them."""

import re
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from tests.closing import resum
from tests.sound_folder import wlz_calc

Step = Callable[[Path], None]
"""Something that is done to a folder before it is as the example shows it."""


class Case(NamedTuple):
    """The files of an example, by their names, and what is typed in its folder; `steps` seal its book."""

    files: Mapping[str, str | bytes]
    command: str = "check"
    steps: Sequence[Step] = ()


def lines(*each: str) -> str:
    """A text file."""
    return "".join(f"{line}\n" for line in each)


# ---------------------------------------------------------------- what is sound

CARD: Final = lines(
    "contract: brent",
    "version: 1",
    "title: The smallest card there is",
    "joined: {from: 2016-09-01, to: 2018-08-31}",
    "term: {from: 2016-09-01, to: 2020-08-31}",
    "currency: GBP",
    "source: {document: The contract, clause: Schedule 1, dated: 2016-08-01}",
    "commissioners: {council: {name: The council, share: 1}}",
    "payments:",
    "  sign_up: {number: 1, price: 100.00, clause: Payment 1, when: {measure: consent, test: happened}}",
)
SIGN_UP: Final = CARD.splitlines()[-1]
CONFIG: Final = "rate_cards: [card.yaml]\n"
SHIPPED: Final = "rate_cards: [kensington-chelsea]\n"
REGISTER: Final = "extracts/children.csv"
HEADINGS: Final = "child_id,contract,school,year_group,joined_on"
CHILD: Final = "c1,brent,ark,5,2017-01-09"
CHILDREN: Final = lines(HEADINGS, CHILD)
ATTENDANCE: Final = "child_id,period_start,period_end,sessions_possible,sessions_attended"
MARKS: Final = "child_id,date,session,code"
SURVEY: Final = "child_id,completed_on,measure,score"
CLAIMED: Final = "child_id,commissioner,amount"
PAYMENTS: Final = "contract,commissioner,quarter,paid_on,amount,reference"
IMPORT: Final = 'claims import claimed.csv --quarter 2017-Q1 --by "A. Analyst"'
RECONCILE: Final = "claims reconcile --as-of 2017-12-31"
VOUCHED: Final = "validated: {by: The school, on: 2018-08-31}"


def vouched(*names: str) -> str:
    """wlz.yaml for a programme whose extracts somebody has validated, so that nothing else is found."""
    return lines("rate_cards: [card.yaml]", "extracts:", *(f"  {name}: {{{VOUCHED}}}" for name in names))


def card(*changes: tuple[str, str]) -> str:
    """The card with some of its text replaced."""
    text = CARD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def judged(condition: str, *more: str) -> str:
    """The card with one payment that compares two readings; `more`: what the card says besides."""
    payment = lines(
        "  progress:",
        "    number: 1",
        "    price: 100.00",
        "    clause: Payment 1",
        "    baseline: {months: [-6, 3]}",
        "    endpoint: {months: [9, 12]}",
        f"    when: {{{condition}}}",
    )
    return card((f"{SIGN_UP}\n", payment), ("payments:\n", lines(*more, "payments:")))


CONFIDENCE: Final = judged(
    "measure: survey.confidence, test: improves, by: 10",
    "surveys: {confidence: {range: [0, 100], better: higher}}",
)


def programme(*register: str, terms: str = CARD, config: str = CONFIG, **extracts: str) -> dict[str, str]:
    """A programme folder with its own card; `register`: the rows of its children, below their headings."""
    own = {f"extracts/{name}.csv": rows for name, rows in extracts.items()}
    children = lines(*register) if register else CHILDREN
    return {"wlz.yaml": config, "card.yaml": terms, REGISTER: children} | own


def unread(**extracts: str) -> dict[str, str]:
    """A programme folder on a shipped card, of which more would be wrong if it were read to the end."""
    own = {f"extracts/{name}.csv": rows for name, rows in extracts.items()}
    return {"wlz.yaml": SHIPPED, REGISTER: CHILDREN} | own


# ---------------------------------------------------------------- files that are no text

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows: the same workbook is the same bytes."""
WRITTEN: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook, by the titles of its sheets."""
    from openpyxl import Workbook

    book, made = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(made)
    return _undated(made)


def _undated(made: BytesIO) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), WRITTEN.sub(b"", old.read(name)))
    return packed.getvalue()


def parquet(**columns: Sequence[object]) -> bytes:
    """A parquet file."""
    import polars as pl

    made = BytesIO()
    pl.DataFrame(columns).write_parquet(made)
    return made.getvalue()


# ---------------------------------------------------------------- what is done to a folder


def ran(*arguments: str) -> Step:
    """A command that has to end well, run in the folder."""

    def run(_folder: Path) -> None:
        said = wlz_calc(*arguments)
        assert said.code == 0, said.err

    return run


def edited(name: str, old: str, new: str) -> Step:
    """A text replaced in a file."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def removed(name: str) -> Step:
    """A file or a folder taken out."""

    def remove(folder: Path) -> None:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def moved(pattern: str, name: str) -> Step:
    """What fits a pattern, put elsewhere."""

    def move(folder: Path) -> None:
        (path,) = folder.glob(pattern)
        path.rename(folder / name)

    return move


def summed(name: str) -> Step:
    """The sums of a sealed folder made anew, as whoever changes it by hand can."""
    return lambda folder: resum(folder / name)
