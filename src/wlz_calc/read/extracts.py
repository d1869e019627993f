"""The extracts of a programme: read, checked stage by stage, and turned into typed frames.

A stage reports everything that it finds, and the next runs only if it found no error.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import polars as pl

from wlz_calc.finding import Finding, Where, errors
from wlz_calc.programme import Extracts, InputFile
from wlz_calc.ratecard.card import Card
from wlz_calc.read import relations, repeats, rows
from wlz_calc.read.cells import Typed, typed
from wlz_calc.read.files import headed, opened
from wlz_calc.read.gaps import gaps
from wlz_calc.read.questionnaires import scored
from wlz_calc.read.submissions import standing
from wlz_calc.standards.assessment import Scale
from wlz_calc.standards.attendance import CODES
from wlz_calc.tables import EXTRACTS, FRAMES, HOLDS, Table, conform


class Reading(NamedTuple):
    """What of a programme the extracts are read by: its cards, and how its partners resubmit."""

    cards: Sequence[Card]
    whole_sessions: bool

    @property
    def scales(self) -> dict[str, Scale]:
        """The scales on which attainment may be recorded."""
        return {name: scale for card in self.cards for name, scale in card.all_scales.items()}


def read_extracts(
    paths: Mapping[str, Path], folder: Path, reading: Reading, validated: Mapping[str, str]
) -> tuple[Extracts | None, list[Finding]]:
    """Every extract of a folder through stages 1 to 5.

    `paths`: by table name, the files there are (children must be among them), holds included. `validated`:
    by table name, who vouches for it, and since when.
    """
    files, found = _each(lambda of: opened(paths[of], of, _shown(paths[of], folder)), list(paths))
    if errors(found):
        return None, found
    sheets, problems = _each(lambda file: headed(file, _table(file.role)), files)
    found += problems
    if errors(found):
        return None, found
    read, problems = typed(sheets, reading.scales)
    found += problems
    if errors(found):
        return None, found
    for each in read:
        found += rows.checked(each.frame, each.sheet.table.name, each.sheet.file)
    if errors(found):
        return None, found
    frames = {each.sheet.table.name: each.frame for each in read}
    names = {each.sheet.table.name: each.sheet.file for each in read}
    tables, problems = _related(frames, names, reading)
    found += problems
    for each in read:
        found += gaps(each.sheet, each.gaps, each.frame.height)
    if errors(found):
        return None, found
    files_read = tuple(_source(each, validated) for each in read)
    return Extracts(tables, _schools(frames), files_read), found


Item = TypeVar("Item")
Value = TypeVar("Value")


def _each(
    step: Callable[[Item], tuple[Value | None, list[Finding]]], items: Sequence[Item]
) -> tuple[list[Value], list[Finding]]:
    """One step for every file: what came of it, and all that was found."""
    results = [step(item) for item in items]
    values = [value for value, _ in results if value is not None]
    return values, [finding for _, found in results for finding in found]


def _source(read: Typed, validated: Mapping[str, str]) -> InputFile:
    file = read.sheet.opened
    return InputFile(file.role, file.file, file.sha256, read.frame.height, validated.get(file.role) or None)


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _table(role: str) -> Table:
    return next(table for table in (*EXTRACTS, HOLDS) if table.name == role)


def _related(
    frames: dict[str, pl.DataFrame], names: dict[str, str], reading: Reading
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Stage 5: the tables beside each other, and the frames that come of it."""
    register = frames["children"]
    found = _about_register(register, frames.get("schools"), reading.cards, names["children"])
    found += _about_tables(frames, names, reading.cards)
    ids = register.select("child_id").unique().sort("child_id").with_row_index("child")
    sound = {table: pl.DataFrame(schema=schema) for table, schema in FRAMES.items()}
    for table, keyed in _keyed(frames, ids).items():
        found += relations.registered(keyed, register, names[table])
        settled, problems = _sound(table, keyed.drop_nulls("child"), names[table], reading)
        found += problems
        sound[table] = conform(settled, FRAMES[table])
    if "survey" in frames:
        found += relations.survey_scores(frames["survey"], register, reading.cards, names["survey"])
    if "holds" in frames:
        found += relations.held_payables(frames["holds"], register, reading.cards, names["holds"])
    return sound, found


def _keyed(frames: Mapping[str, pl.DataFrame], ids: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables of children with the number of each, null for one who is not in the register."""
    tables = [table for table in FRAMES if table in frames]
    keyed = pl.collect_all(
        frames[table].lazy().join(ids.lazy(), on="child_id", how="left", maintain_order="left")
        for table in tables
    )
    return dict(zip(tables, keyed, strict=True))


def _schools(frames: dict[str, pl.DataFrame]) -> pl.DataFrame | None:
    return frames["schools"].select("school", "name") if "schools" in frames else None


def _about_register(
    register: pl.DataFrame, schools: pl.DataFrame | None, cards: Sequence[Card], file: str
) -> list[Finding]:
    return [
        *relations.each_child_once(register, file),
        *relations.known_schools(register, schools, file),
        *relations.on_one_card(register, cards, file),
        *relations.commissioned(register, cards, file),
    ]


def _about_tables(
    frames: dict[str, pl.DataFrame], names: dict[str, str], cards: Sequence[Card]
) -> list[Finding]:
    """Every extract that a payment needs is there, and in a shape that will do."""
    found = [
        Finding(
            "table-missing",
            Where(f"extracts/{table}.csv"),
            "no such file",
            f"the extract that {payment} needs",
        )
        for table, payment in relations.needed_tables(cards).items()
        if table not in frames
    ]
    by_months = relations.months_of_attendance(cards)
    if by_months and "sessions_possible" in frames.get("attendance", pl.DataFrame()).columns:
        expected = f"register marks, as {by_months} looks at months"
        found.append(Finding("attendance-shape", Where(names["attendance"]), "totals by period", expected))
    return found


def _sound(
    table: str, frame: pl.DataFrame, file: str, reading: Reading
) -> tuple[pl.DataFrame, list[Finding]]:
    """One extract with what is repeated in it settled, in the columns of its typed frame."""
    match table:
        case "engagement":
            return standing(frame, file, whole_sessions=reading.whole_sessions)
        case "attendance":
            return _attendance(frame, file)
        case "attainment":
            frame, found = repeats.assessments(frame, file, reading.scales)
            relative = {name: scale.age_relative for name, scale in reading.scales.items()}
            age_relative = pl.col("scale").replace_strict(relative, return_dtype=pl.Boolean)
            return frame.with_columns(date="assessed_on", age_relative=age_relative), found
        case "sdq":
            frame, found = repeats.questionnaires(scored(frame), file)
            return frame.with_columns(date="completed_on"), found
        case "survey":
            frame, found = repeats.surveys(frame, file)
            return frame.with_columns(date="completed_on"), found
        case _:
            return frame, []


def _attendance(frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Either shape as periods; a mark is a period of one day, and a missing mark counts neither way."""
    if "code" not in frame.columns:
        found = relations.not_overlapping(frame, file)
        return frame.rename(_PERIOD), found
    found = relations.one_mark_a_session(frame, file)
    sides = {
        side: pl.col("code").replace_strict(
            {code: int(getattr(mark, side)) for code, mark in CODES.items()},
            default=None,
            return_dtype=pl.Int32,
        )
        for side in ("possible", "attended")
    }
    marks = frame.with_columns(start="date", end="date", **sides)
    return marks.filter(pl.col("possible").is_not_null()), found


_PERIOD: Final = {
    "period_start": "start",
    "period_end": "end",
    "sessions_possible": "possible",
    "sessions_attended": "attended",
}
