"""What can be wrong with the folder, with wlz.yaml, and with where a result is to go."""

from typing import Final

from tests.broken.inputs import CHILDREN, HEADINGS, REGISTER, SHIPPED, Case, lines, programme, workbook

_PART: Final = "rate_cards: [kensington-chelsea]\nextracts: {{survey: {{{}}}}}\n"


def _config(text: str | bytes) -> Case:
    return Case({"wlz.yaml": text})


def _part(said: str) -> Case:
    return _config(_PART.format(said))


FOLDER: Final = {
    "folder-missing": Case({}, "check programme"),
    "folder-no-config": Case({}),
    "folder-encoding": _config(f"provider: Caf\u00e9\n{SHIPPED}".encode("cp1252")),
    "folder-empty": _config(""),
    "folder-syntax": _config("rate_cards: [kensington-chelsea\nprovider: us\n"),
    "folder-plain": _config("rate_cards: !!seq [kensington-chelsea]\n"),
    "folder-duplicate-key": _config(SHIPPED + SHIPPED),
    "folder-unknown-key": _config(f"{SHIPPED}provder: us\n"),
    "folder-missing-key": _config("provider: us\n"),
    "folder-value": _config("rate_cards: []\n"),
    "folder-unknown-column": _part("columns: {Result: scores}"),
    "folder-column-twice": _part("columns: {Result: score, Points: score}"),
    "folder-unknown-map": _part("map: sims"),
    "folder-personal-id": _part("columns: {UPN: child_id}"),
    "folder-two-files": Case(
        {
            "wlz.yaml": SHIPPED,
            REGISTER: CHILDREN,
            "extracts/children.xlsx": workbook(Sheet1=[HEADINGS.split(",")]),
        }
    ),
    "folder-file-twice": Case(
        {
            "wlz.yaml": f"{SHIPPED}extracts: {{children: [{{path: children.csv}}, {{path: child*.csv}}]}}\n",
            "children.csv": CHILDREN,
        }
    ),
    "output-exists": Case({"demo/notes.txt": lines("Mine.")}, "sample demo --card kensington-chelsea"),
    "output-unwritable": Case(
        {"notes.txt": lines("Mine.")}, "sample notes.txt/demo --card kensington-chelsea"
    ),
    "contract-unclear": Case(programme(), "pay --quarter 2017-Q1 --contract camden"),
}
