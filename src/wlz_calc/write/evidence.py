"""Evidence: the rows of the extracts that a decision rests on, named so that a verifier finds them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from wlz_calc.finding import Where
from wlz_calc.programme import InputFile, Origin
from wlz_calc.ratecard.measures import Kind, kind, table
from wlz_calc.write.words import Evidence, counted, listed

Origins = Mapping[str, Origin]
"""By the name of an extract, the parts that it came in."""


def origins(files: Iterable[InputFile]) -> Origins:
    """Where the rows of every extract come from."""
    parts: dict[str, list[InputFile]] = {}
    for file in sorted(files, key=lambda file: file.after):
        parts.setdefault(file.role, []).append(file)
    return {role: Origin(tuple(found)) for role, found in parts.items()}


def rests_on(evidence: Sequence[Evidence], measured: Sequence[str], come_from: Origins) -> str:
    """The file, sheet and rows behind each test of a decision; where there are none, the file without them.

    `measured`: the measure of each test, in the same order.
    """
    said = (_of_test(item, measure, come_from) for item, measure in zip(evidence, measured, strict=False))
    return "; ".join(dict.fromkeys(said))


def named_rows(name: str, rows: Sequence[int], come_from: Origins, *, short: bool = False) -> str:
    """Rows of a table as its files number them; `short`: without the file, where it came in one alone."""
    origin = come_from[name]
    if short and len(origin.parts) == 1:
        return _unit(list(_runs([row - origin.parts[0].after for row in sorted(rows)])))
    return "; ".join(_of_parts(sorted(rows), origin))


def register(come_from: Origins) -> str:
    """Where the register says something of a child: its rows are found by the child's id."""
    return f"{whole('children', come_from)}, the child's row"


def _of_test(item: Evidence, measure: str, come_from: Origins) -> str:
    if kind(measure) is Kind.DATE:
        return register(come_from)
    name, rows = table(measure), sorted(item["rows"] or ())
    if not rows:
        return f"{whole(name, come_from)}, no row"
    return "; ".join(_of_parts(rows, come_from[name]))


def whole(name: str, come_from: Origins) -> str:
    """A table by its file; by its name where it came in several, or was not sent."""
    parts = come_from[name].parts if name in come_from else ()
    if len(parts) == 1:
        return str(Where(parts[0].file, sheet=parts[0].sheet))
    return f"{name} ({counted(len(parts), 'file')})"


def _of_parts(rows: Sequence[int], origin: Origin) -> Iterator[str]:
    """Rows of a table as each of its files numbers them."""
    for part, own in groupby(rows, key=origin.part):
        runs = list(_runs([row - part.after for row in own]))
        yield f"{Where(part.file, sheet=part.sheet)}, {_unit(runs)}"


def _unit(runs: Sequence[str]) -> str:
    unit = "row" if len(runs) == 1 and runs[0].isdigit() else "rows"
    return f"{unit} {listed(runs)}"


def _runs(rows: Sequence[int]) -> Iterator[str]:
    """`3`, or `5-9` for rows that follow each other."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        own = [row for _, row in run]
        yield f"{own[0]}-{own[-1]}" if len(own) > 1 else f"{own[0]}"
