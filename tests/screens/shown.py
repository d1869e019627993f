"""Every screen: its name, what is typed, and what is there before."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from tests.docs.commands import every
from tests.screens import programmes as made
from tests.screens.programmes import Maker, nothing


class Screen(NamedTuple):
    """What is typed, what is there before, and how many columns the terminal has."""

    command: str
    before: Maker = nothing
    widths: tuple[int, ...] = (80, 120)


HELP: Final = "help"
UNSHOWN: Final = {
    "cards schema": "it prints JSON, for editors",
    "completion": "it prints a script, for a shell",
}
"""The commands that have no screen but their help, and why."""


OF_COMMANDS: Final[Mapping[str, Screen]] = {
    # ---------------------------------------------------------------- a programme
    "init": Screen("init our-programme --card kensington-chelsea"),
    "sample": Screen("sample demo --card kensington-chelsea --children 24 --seed 1"),
    "sample, folder taken": Screen("sample . --card kensington-chelsea", made.full),
    "draft-map": Screen("draft-map demo/extracts/sdq.csv --table sdq --folder demo", made.demo),
    "check": Screen("check", made.sound),
    "check, warnings": Screen("check demo", made.demo),
    "check, errors": Screen("check", made.wrong),
    "check, one file": Screen("check --part children", made.wrong),
    "check, all rows": Screen("check --all", made.wrong),
    "pay": Screen("pay --quarter 2018-Q4 demo", made.demo),
    "pay, limits and holds": Screen("pay --quarter 2018-Q4", made.full),
    "pay, from the start": Screen("pay --quarter 2018-Q4 --from-start --commissioner council", made.full),
    "pay, set aside": Screen("pay --quarter 2018-Q4 --set-aside", made.doubtful),
    "pay, after a sealed quarter": Screen("pay --quarter 2018-Q4", made.reopened),
    "pay, written": Screen("pay --quarter 2018-Q4 --output claim.csv demo", made.demo),
    "pay, a card that cannot be used": Screen("pay --quarter 2018-Q4", made.unusable),
    "decisions": Screen("decisions --quarter 2018-Q4", made.full),
    "decisions, one child": Screen("decisions --quarter 2018-Q4 --child c00001 demo", made.demo),
    "explain": Screen("explain c00001 --quarter 2018-Q4 demo", made.demo),
    "explain, one payment": Screen("explain c00001 --quarter 2018-Q4 --payment engagement demo", made.demo),
    "explain, cut by a limit": Screen("explain c04 --quarter 2018-Q4", made.full),
    "explain, held": Screen("explain c05 --quarter 2018-Q4", made.full),
    "explain, taken back": Screen("explain c02 --quarter 2018-Q4", made.reopened),
    "results": Screen("results --as-of 2019-11-30 --by phase demo", made.larger),
    "results, published": Screen("results --as-of 2019-11-30 --by school --publish demo", made.larger),
    # ---------------------------------------------------------------- the book
    "close": Screen('close --quarter 2018-Q3 --by "A. Analyst"', made.full),
    "close, refused": Screen('close --quarter 2018-Q4 --by "A. Analyst"', made.reopened),
    "claims": Screen("claims list", made.book),
    "claims, nothing sealed": Screen("claims", made.full),
    "claims show": Screen("claims show 2019-Q1", made.book),
    "claims verify": Screen("claims verify", made.book),
    "claims verify, broken": Screen("claims verify", made.book_broken),
    "claims rerun": Screen("claims rerun 2019-Q1", made.book),
    "claims rerun, other files": Screen("claims rerun 2019-Q1", made.book_changed_today),
    "claims approve": Screen('claims approve 2018-Q4 --by "B. Director"', made.book),
    "claims withdraw": Screen('claims withdraw 2019-Q1 --by "A. Analyst"', made.book),
    "claims import": Screen('claims import claimed.csv --quarter 2018-Q3 --by "A. Analyst"', made.claimed),
    "claims reconcile": Screen("claims reconcile --as-of 2019-06-30", made.book_with_payments),
    "claims draw": Screen("claims draw 2018-Q4 --rate 0.50 --seed 7", made.book),
    "bridge": Screen("bridge --from 2018-Q3 --to 2019-Q1", made.book),
    "export journal": Screen("export journal 2019-Q1", made.book),
    "export journal, beancount": Screen("export journal 2019-Q1 --format beancount", made.book),
    "export journal, written": Screen("export journal 2018-Q3 --output claim.journal", made.book),
    "export journal, not closed": Screen("export journal 2019-Q2", made.book),
    # ---------------------------------------------------------------- cards, and what a finding means
    "cards list": Screen("cards list"),
    "cards show hammersmith-fulham": Screen("cards show hammersmith-fulham"),
    "cards show kensington-chelsea": Screen("cards show kensington-chelsea"),
    "cards show life-chances-fund": Screen("cards show life-chances-fund"),
    "cards check": Screen("cards check brent.yaml", made.full),
    "cards check, refused": Screen("cards check brent.yaml", made.unusable),
    "cards diff": Screen("cards diff hammersmith-fulham kensington-chelsea"),
    "cards diff, on history": Screen("cards diff brent.yaml dearer.yaml .", made.dearer),
    "cards test": Screen("cards test brent.yaml", made.cases),
    "cards test, failing": Screen("cards test brent.yaml", made.cases_that_fail),
    "finding": Screen("finding no-baseline"),
    # ---------------------------------------------------------------- wrong usage
    "no such command": Screen("chek demo"),
    "no such option": Screen("pay --quarter 2018-Q4 --commisioner council", made.full),
    "no such quarter": Screen("pay --quarter 2018-Q5"),
    "no such child": Screen("decisions --quarter 2018-Q4 --child c0001 demo", made.demo),
    "no such commissioner": Screen("pay --quarter 2018-Q4 --commissioner counsil", made.full),
    "no such finding": Screen("finding no-base-line"),
    "no such card": Screen("cards show kensington"),
}
HELPS: Final[Mapping[str, Screen]] = {
    f"{HELP} {command}".strip(): Screen(f"{command} --help".strip(), widths=(80,)) for command in every()
}
SCREENS: Final[Mapping[str, Screen]] = {**OF_COMMANDS, **HELPS}
