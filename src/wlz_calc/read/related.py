"""Stage 5: the tables beside each other, and the frames that come of them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where
from wlz_calc.frames import CHILD_KEY, FRAMES, conform
from wlz_calc.programme import Aside, Extracts, InputFile, Origin
from wlz_calc.ratecard.card import Card
from wlz_calc.read import aside, relations
from wlz_calc.read.marks import are_gathered
from wlz_calc.read.settled import MARKS, settled
from wlz_calc.standards.assessment import Scale

NUMBER: Final = pl.col("child_id").to_physical().cast(CHILD_KEY)
"""The place of an id in the list of all, in whose order those of the register are."""


class Reading(NamedTuple):
    """What of a programme the extracts are read by: its cards, and how its partners resubmit.

    `set_aside`: errors in single rows do not stop it; see `aside`. `each_mark`: see `cells.typed`.
    `passed_over`: what did not come into the frames is wanted too.
    """

    cards: Sequence[Card]
    whole_sessions: bool
    set_aside: bool = False
    each_mark: bool = False
    passed_over: bool = False

    @property
    def scales(self) -> dict[str, Scale]:
        """The scales on which attainment may be recorded."""
        return {name: scale for card in self.cards for name, scale in card.all_scales.items()}


class Tables(NamedTuple):
    """The typed tables, whole: their parts one after the other, in rows numbered through.

    Attendance has two, one of totals and one of marks, by the name settled.MARKS.
    """

    frames: dict[str, pl.DataFrame]
    files: tuple[InputFile, ...]
    aside: tuple[Aside, ...] = ()

    def origin(self, table: str) -> Origin:
        """Where the rows of a table come from."""
        role = "attendance" if table == MARKS else table
        return Origin(tuple(file for file in self.files if file.role == role))


def related(tables: Tables, reading: Reading) -> tuple[Extracts, list[Finding]]:
    """Everything that the tables say together, and what is wrong between them; the tables are used up."""
    desk = _Desk(tables, reading)
    desk.found += _missing(tables, reading.cards)
    _check_register(desk)
    ids = desk["children"].select("child_id").unique().select(NUMBER.alias("child"), "child_id")
    gone = desk.gone()
    _check_between(desk)
    sound = {table: pl.DataFrame(schema=schema) for table, schema in FRAMES.items()}
    over: dict[str, pl.DataFrame] = {}
    for table in [name for name in FRAMES if name in desk.frames]:
        desk.frames[table] = _keyed(desk[table], ids)
        news = desk[table].filter(~pl.col("child_id").is_in(gone)) if gone else desk[table]
        desk.take(table, relations.registered(news, desk["children"], desk.origin(table)))
        sound[table] = conform(_settled(table, desk), FRAMES[table])
        if reading.passed_over:
            over[table] = desk[table].join(sound[table].select("row"), on="row", how="anti")
        if table != "children":
            del desk.frames[table], news
    if reading.set_aside:
        sound["holds"] = aside.held(sound["holds"], desk.aside, ids)
    schools = desk["schools"].select("school", "name") if "schools" in desk.frames else None
    found = list(dict.fromkeys(desk.found))  # what was settled twice is said once
    return Extracts(sound, schools, tables.files, tuple(desk.aside), over), found


class _Desk:
    """The tables while they are checked: what is found is gathered, and set aside where that is asked for."""

    def __init__(self, tables: Tables, reading: Reading) -> None:
        self.frames = tables.frames
        self.origin = tables.origin
        self.reading = reading
        self.aside = list(tables.aside)
        self.found: list[Finding] = []

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.frames[table]

    def take(self, table: str, found: list[Finding]) -> None:
        """What was found in a table; the rows that errors are about go out of it, if they are set aside."""
        self.found += found
        if self.reading.set_aside:
            self.frames[table], more = aside.without(self[table], self.origin(table), found)
            self.aside += more

    def gone(self) -> list[str]:
        """The children whose row in the register is set aside: what else there is of them is no news."""
        register = self.origin("children")
        return [
            put_by.child_id
            for put_by in self.aside
            if put_by.child_id is not None and register.number(put_by.finding.where) is not None
        ]


def _role(table: str) -> str:
    return "attendance" if table == MARKS else table


def _check_register(desk: _Desk) -> None:
    cards, origin = desk.reading.cards, desk.origin("children")
    desk.take("children", relations.each_child_once(desk["children"], origin))
    desk.take("children", relations.known_schools(desk["children"], desk.frames.get("schools"), origin))
    desk.take("children", relations.on_one_card(desk["children"], cards, origin))
    desk.take("children", relations.commissioned(desk["children"], cards, origin))


def _check_between(desk: _Desk) -> None:
    """What can be wrong with a row only because of what another table says of its child."""
    if MARKS in desk.frames and "attendance" in desk.frames and not are_gathered(desk[MARKS]):
        desk.take(MARKS, relations.marked_twice(desk[MARKS], desk["attendance"], desk.origin(MARKS)))
    checks = {"survey": relations.survey_scores, "holds": relations.held_payables}
    for table, check in checks.items():
        if table in desk.frames:
            found = check(desk[table], desk["children"], desk.reading.cards, desk.origin(table))
            desk.take(table, found)


def _keyed(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """A table with the number of each child, null for one who is not in the register."""
    known = ids.get_column("child")
    highest = frame.select(NUMBER.max()).item() or 0
    whole = known.max() == known.len() - 1 >= highest
    return frame.with_columns(child=NUMBER if whole else pl.when(NUMBER.is_in(known.implode())).then(NUMBER))


def _settled(table: str, desk: _Desk) -> pl.DataFrame:
    """A table with what is repeated in it settled; without a row set aside, another may turn out wrong."""
    if desk[table].get_column("child").has_nulls():
        desk.frames[table] = desk[table].drop_nulls("child")
    whole = desk.reading.whole_sessions
    while True:
        height = desk[table].height
        said, found = settled(
            table, desk[table], desk.origin(table), desk.reading.scales, whole_sessions=whole
        )
        desk.take(table, found)
        if desk[table].height == height:
            return said


def _missing(tables: Tables, cards: Sequence[Card]) -> list[Finding]:
    """Every extract that a payment needs is there, and in a shape that will do."""
    roles = {_role(table) for table in tables.frames}
    found = [
        Finding(
            "table-missing", Where(f"extracts/{table}.csv"), "no such file", f"the extract that {what} needs"
        )
        for table, what in relations.needed_tables(cards).items()
        if table not in roles
    ]
    by_months = relations.months_of_attendance(cards)
    if by_months and "attendance" in tables.frames:
        expected = f"register marks, as {by_months} looks at months"
        where = tables.origin("attendance").whole
        found.append(Finding("attendance-shape", where, "totals by period", expected))
    return found
