"""The programmes that screens are looked at on: small, invented, and with something of everything."""

import shutil
from collections.abc import Callable
from contextlib import chdir
from datetime import date
from pathlib import Path
from typing import Final

from tests.broken.inputs import lines
from tests.broken.made import today
from tests.sound_folder import wlz_calc
from wlz_calc.cli.ending import Exit

Maker = Callable[[Path], None]
"""What is there before a command is typed, put in an empty folder."""

FROZEN: Final = Path(__file__).parents[1] / "frozen" / "book"
SAMPLE: Final = ("--card", "kensington-chelsea", "--children", "24", "--seed", "1")
LARGER: Final = ("--card", "kensington-chelsea", "--children", "150", "--seed", "4")
SOON: Final = date(2018, 10, 20)
"""The day on which a quarter was closed before."""
CLOSER: Final = ("--by", "A. Analyst")
CHILDREN: Final = "extracts/children.csv"
SESSIONS: Final = "extracts/engagement.csv"

FULL: Final = {
    "wlz.yaml": lines(
        "provider: A charity for children",
        "rate_cards: [brent.yaml]",
        "extracts:",
        "  children: {validated: {by: The data manager, on: 2019-06-30}}",
        "  schools: {validated: {by: The data manager, on: 2019-06-30}}",
        "  engagement: {validated: {by: The data manager, on: 2019-06-30}}",
    ),
    "brent.yaml": lines(
        "contract: brent",
        "version: 1",
        "title: A contract with limits, commitments and a match",
        "joined: {from: 2017-09-01, to: 2019-08-31}",
        "term: {from: 2017-09-01, to: 2021-08-31}",
        "currency: GBP",
        "source: {document: The contract, clause: Schedule 1, dated: 2017-08-01}",
        "illustrative: [prices, limits]",
        "commissioners:",
        "  council: {name: Brent Council, share: 0.75, commitment: 400.00}",
        "  school: {name: The child's school, share: 0.25, each: school}",
        "matching: {commissioner: school, times: 3}",
        "limits: {contract: 800.00, financial_year: 430.00}",
        "payments:",
        "  sign_up: {number: 1, price: 100.00, clause: Payment 1, when: {measure: consent, test: happened}}",
        "  outcomes:",
        "    numbers: [2, 3]",
        "    price: 60.00",
        "    clause: Payments 2 and 3",
        "    window: {months: [0, 12]}",
        "    outcomes:",
        "      mentored: {when: {measure: link_worker_sessions, test: reaches, at_least: 1}}",
        "      supported: {when: {measure: partner_sessions, test: reaches, at_least: 2}}",
    ),
    "holds.csv": lines(
        "child_id,payment,outcome,from,to,reason,raised_by",
        "c05,,,2018-10-01,2019-01-31,Whether the consent was given,Brent Council",
    ),
    "extracts/schools.csv": lines("school,name", "ark,Ark Primary School", "oak,Oak Primary School"),
    CHILDREN: lines(
        "child_id,contract,school,year_group,joined_on,consent_on",
        "c01,brent,ark,5,2018-04-16,2018-05-01",
        "c02,brent,oak,5,2018-07-02,2018-08-01",
        "c03,brent,ark,4,2018-09-10,2018-11-01",
        "c04,brent,oak,4,2018-09-10,2018-11-05",
        "c05,brent,ark,3,2018-09-17,2018-11-12",
        "c06,brent,oak,3,2018-09-17,2019-04-01",
        "c07,brent,oak,3,2018-09-17,",
    ),
    SESSIONS: lines(
        "child_id,date,kind,provider,session,status",
        "c01,2018-07-02,link_worker,,,attended",
        "c02,2018-08-15,link_worker,,,attended",
        "c03,2018-11-20,partner,Chess Club,A,attended",
        "c03,2018-11-27,partner,Chess Club,A,attended",
        "c04,2018-11-21,link_worker,,,attended",
        "c04,2018-12-04,link_worker,,,attended",
        "c05,2018-11-22,link_worker,,,attended",
        "c06,2017-08-31,link_worker,,,attended",
    ),
}
"""Seven children on a contract that has every kind of limit."""
SMALL: Final = lines(
    "contract: brent",
    "version: 1",
    "title: A contract with a single payment",
    "joined: {from: 2017-09-01, to: 2019-08-31}",
    "term: {from: 2017-09-01, to: 2021-08-31}",
    "currency: GBP",
    "source: {document: The contract, clause: Schedule 1, dated: 2017-08-01}",
    "commissioners: {council: {name: Brent Council, share: 1}}",
    "payments:",
    "  sign_up: {number: 1, price: 100.00, clause: Payment 1, when: {measure: consent, test: happened}}",
)
CASES: Final = lines(
    "cases:",
    "  - case: A sign-up is paid until the last day of the contract, and not after it.",
    "    clause: Payment 1",
    "    quarter: 2021-Q3",
    "    about: term last day",
    "    children: |",
    "      | child | joined_on  | consent_on |",
    "      | below | 2019-06-01 | 2021-08-30 |",
    "      | at    | 2019-06-01 | 2021-08-31 |",
    "      | above | 2019-06-01 | 2021-09-01 |",
    "    decisions: |",
    "      | child | status       | price  |",
    "      | below | met          | 100.00 |",
    "      | at    | met          | 100.00 |",
    "      | above | not_eligible |        |",
)
"""A worked case on a small card; it is of the only day at which that turns."""


def nothing(_folder: Path) -> None:
    """A command that needs nothing."""


def demo(folder: Path) -> None:
    """A sample, as whoever tries the tool for the first time makes it."""
    _done("sample", str(folder / "demo"), *SAMPLE)


def larger(folder: Path) -> None:
    """A sample of so many children that not every count is small."""
    _done("sample", str(folder / "demo"), *LARGER)


def full(folder: Path) -> None:
    """What a claim can have beside its lines: an opening balance, a cut, what is held and unfunded."""
    for name, content in FULL.items():
        _write(folder / name, *content.splitlines())


def sound(folder: Path) -> None:
    """The same without the session before the term of the contract, of which nothing is to be said."""
    full(folder)
    _edited(folder / SESSIONS, "c06,2017-08-31", "c06,2018-12-31")


def wrong(folder: Path) -> None:
    """The same with dates as they are written in Britain."""
    full(folder)
    _edited(folder / CHILDREN, "2018-11-05", "05/11/2018")
    _edited(folder / CHILDREN, "2018-11-12", "12/11/2018")


def doubtful(folder: Path) -> None:
    """The same with a row in dispute, which can be set aside."""
    full(folder)
    _edited(folder / SESSIONS, "c04,2018-12-04,link_worker,,,attended", "c04,2018-12-04,link_worker,,,came")


def unusable(folder: Path) -> None:
    """The same on a card that cannot be used."""
    full(folder)
    _edited(folder / "brent.yaml", "share: 0.25", "share: 0.20")


def claimed(folder: Path) -> None:
    """The same with what was claimed by other means before."""
    full(folder)
    amounts = "c01,council,75.00", "c01,school:ark,25.00", "c02,council,75.00", "c02,school:oak,25.00"
    _write(folder / "claimed.csv", "child_id,commissioner,amount", *amounts)


def shut(folder: Path) -> None:
    """The same with a sealed quarter."""
    full(folder)
    with chdir(folder), today(SOON):
        _done("close", "--quarter", "2018-Q3", *CLOSER)


def reopened(folder: Path) -> None:
    """The same with a sealed quarter, of which a session and a consent were then taken back."""
    shut(folder)
    _edited(folder / SESSIONS, "2018-07-02,link_worker,,,attended", "2018-07-02,link_worker,,,absent")
    _edited(folder / CHILDREN, "2018-07-02,2018-08-01", "2018-07-02,")


def dearer(folder: Path) -> None:
    """The same with a second version of its card, dearer from a day that is long gone."""
    full(folder)
    _write(folder / "dearer.yaml", *FULL["brent.yaml"].splitlines())
    _edited(folder / "dearer.yaml", "version: 1", "version: 2")
    _edited(folder / "dearer.yaml", "dated: 2017-08-01", "dated: 2018-11-01")
    _edited(folder / "dearer.yaml", "price: 100.00", "price: 110.00")


def cases(folder: Path) -> None:
    """A card with a worked case."""
    _write(folder / "brent.yaml", *SMALL.splitlines())
    _write(folder / "brent.cases.yaml", *CASES.splitlines())


def cases_that_fail(folder: Path) -> None:
    """The same, which expects another price than the card says, and has no child above the day."""
    cases(folder)
    _edited(folder / "brent.cases.yaml", "at    | met          | 100", "at    | met          | 110")
    _edited(folder / "brent.cases.yaml", "      | above | 2019-06-01 | 2021-09-01 |\n", "")
    _edited(folder / "brent.cases.yaml", "      | above | not_eligible |        |\n", "")


def book(folder: Path) -> None:
    """Three sealed quarters: an opening balance, a correction, a reversal, a claim that was withdrawn."""
    shutil.copytree(FROZEN, folder, dirs_exist_ok=True)


def book_with_payments(folder: Path) -> None:
    """The same, and what was paid: all of one claim, less of another, and something without a claim."""
    book(folder)
    _write(
        folder / "payments.csv",
        "contract,commissioner,quarter,paid_on,amount,reference",
        "alpha,council,2018-Q3,2018-11-15,480.00,BACS 1",
        "alpha,council,2018-Q4,2019-02-20,1000.00,BACS 2",
        "alpha,school:ark,2018-Q4,2019-03-01,240.00,BACS 3",
    )


def book_changed_today(folder: Path) -> None:
    """The same book, beside files that are no longer those it was made from."""
    book(folder)
    _edited(folder / CHILDREN, "2018-07-02", "2018-07-03")
    _edited(folder / SESSIONS, "2019-01-15,link_worker,,,attended", "2019-01-15,link_worker,,,absent")


def book_broken(folder: Path) -> None:
    """The same book, with an amount that somebody changed by hand and a file that is not there."""
    book(folder)
    lines_of = folder / "claims" / "alpha" / "2018-Q4" / "lines.csv"
    lines_of.write_text(lines_of.read_text(encoding="utf-8").replace("240.00", "250.00"), encoding="utf-8")
    (folder / "claims" / "alpha" / "2019-Q1" / "decisions.parquet").unlink()


def _write(path: Path, *each: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines(*each), encoding="utf-8")


def _edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def _done(*command: str) -> None:
    said = wlz_calc(*command)
    assert said.code == Exit.FINE, said
