"""The maps that are shipped: how the exports of known systems become ours, each in a file of `maps/`.

A map is used by its name (`map: sims_totals`), and whatever a folder says beside it goes before. Its file has
those keys of a part that are about headings and cells, and says for which `table` it is, and `about` it.

No map says which column is `child_id`. Only the folder knows by which of a school's numbers its register
calls the children: an admission number is one school's own, so that two schools may have given the same one,
and a unique pupil number may not be used at all.

For Arbor, Bromcom and Wonde there is no map, as no published list of the headings of their exports is known:
schools make these reports themselves. A part with `columns` reads them.
"""

from functools import cache
from pathlib import Path
from typing import Any

import wlz_calc
from wlz_calc.finding import quote
from wlz_calc.ratecard.base import Problem, Text, listed, one_of
from wlz_calc.read import strictyaml
from wlz_calc.read.translation import Translation


class Map(Translation):
    """One map: the extract it is for, what it is made for, and what it says."""

    table: Text
    about: Text


def shipped() -> dict[str, Path]:
    """The files of the maps by name."""
    folder = Path(wlz_calc.__file__).resolve().parent / "maps"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


@cache
def shipped_map(name: str) -> Map:
    """The map of that name.

    Raises:
        KeyError: there is none; wlz.yaml may only name one there is (see `fault`).
    """
    return Map.model_validate(_content(shipped()[name]))


def _content(path: Path) -> dict[str, Any]:
    document, found = strictyaml.parse(path.read_bytes(), path.name, "folder")
    if document is None:
        raise ValueError(*found)  # a map that is shipped is sound
    return document.data


def fault(name: str, table: str) -> Problem | None:
    """Why this map cannot be used for that extract, if it cannot."""
    if name not in shipped():
        return Problem(("map",), "folder-unknown-map", quote(name), one_of(name, shipped()))
    if (other := shipped_map(name).table) != table:
        found = f"{quote(name)}, which is for the {other} extract"
        return Problem(("map",), "folder-unknown-map", found, _for(table))
    return None


def _for(table: str) -> str:
    names = [name for name in shipped() if shipped_map(name).table == table]
    return listed(names) if names else f"no map; none is shipped for the {table} extract"
