"""Rate cards from their files: the library that is shipped, and the cards of a programme.

Promises every error of a card at once, with line and column, and a checksum of the very bytes that were read.
What the terms mean is the business of `ratecard`; whether cards agree with each other is settled here.
"""

import hashlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

import wlz_calc
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.places import is_file
from wlz_calc.ratecard.base import one_of
from wlz_calc.ratecard.card import Card
from wlz_calc.read import refusals, strictyaml
from wlz_calc.read.strictyaml import Document, Loc

CONFIG: Final = "wlz.yaml"
SUFFIXES: Final = (".yaml", ".yml")
TYPED: Final = Where("the command line")
"""Where a card is named that no file names."""


class ReadCard(NamedTuple):
    """A card, the file it was read from, and that file's checksum and text."""

    card: Card
    file: str
    sha256: str
    text: bytes


# ---------------------------------------------------------------- where cards are


def shipped() -> dict[str, Path]:
    """The cards of the library by name: inside an installed package, or at the top of a checkout."""
    package = Path(wlz_calc.__file__).resolve().parent
    places = (package / "rate_cards", package.parents[1] / "rate_cards")
    folder = next((place for place in places if place.is_dir()), places[0])
    return {path.stem: path for path in sorted(folder.glob("*.yaml")) if "." not in path.stem}


def find_card(name: str, folder: Path, where: Where | None = None) -> tuple[Path | None, list[Finding]]:
    """The file of a card that a programme names: one that is shipped, or a path from its folder.

    `where`: where it is named, if not just somewhere in wlz.yaml.
    """
    library = shipped()
    if name in library:
        return library[name], []
    path = folder / name
    if name.endswith(SUFFIXES) and is_file(path):
        return path, []
    expected = (
        f"{one_of(name, library)}, or the path of a .yaml file" if library else "the path of a .yaml file"
    )
    return None, [Finding("card-not-found", where or Where(CONFIG), quote(name), expected)]


def shown(name: str, path: Path) -> str:
    """The name of a card's file as messages show it: as it was given, or that of a file shipped."""
    return path.name if name in shipped() else Path(name).as_posix()


# ---------------------------------------------------------------- one card


def named_card(name: str) -> tuple[ReadCard | None, list[Finding]]:
    """The card that a user names: one that is shipped, or a path from where the user is."""
    path, findings = find_card(name, Path(), TYPED)
    return read_card(path, shown(name, path)) if path else (None, findings)


def read_card(path: Path, file: str) -> tuple[ReadCard | None, list[Finding]]:
    """The card in a file, or everything that is wrong with it. `file`: its name as messages show it."""
    opened, findings = _open(path, file)
    return (opened.read if opened else None), findings


class _Opened(NamedTuple):
    """A card with the document it came from, for as long as places in it may be asked for."""

    read: ReadCard
    document: Document

    def finding(self, code: str, loc: Loc, found: str, expected: str) -> Finding:
        return Finding(code, self.document.where(loc), found, expected)


def _open(path: Path, file: str) -> tuple[_Opened | None, list[Finding]]:
    raw, findings = strictyaml.load(path, file, "card")
    if raw is None:
        return None, findings
    document, findings = strictyaml.parse(raw, file, "card")
    if document is None:
        return None, findings
    try:
        card = Card.model_validate(document.data)
    except ValidationError as error:
        return None, refusals.findings(error, document, "card")
    return _Opened(ReadCard(card, file, hashlib.sha256(raw).hexdigest(), raw), document), []


# ---------------------------------------------------------------- the cards of a programme


def read_cards(entries: list[tuple[Path, str]]) -> tuple[list[ReadCard] | None, list[Finding]]:
    """All cards of a programme, or everything that is wrong with any of them and between them.

    Cards of one contract may cover the same days of joining: which one is meant is a question of each child.
    """
    opened: list[_Opened] = []
    findings: list[Finding] = []
    for path, file in entries:
        card, wrong = _open(path, file)
        opened += [card] if card else []
        findings += wrong
    findings += [finding for check in _CHECKS for finding in check(opened)]
    return (None, findings) if findings else ([card.read for card in opened], [])


def _cards_differ(opened: list[_Opened]) -> Iterator[Finding]:
    """No two cards are the same version of the same contract."""
    first: dict[tuple[str, int], _Opened] = {}
    for this in opened:
        card = this.read.card
        other = first.setdefault((card.contract, card.version), this)
        if other is not this:
            expected = f"another version; {other.read.file} is this one of {card.contract}"
            yield this.finding("card-twice", ("version",), quote(str(card.version)), expected)


def _limits_agree(opened: list[_Opened]) -> Iterator[Finding]:
    """The limits are the contract's: all its cards state the same."""
    for first, this in _with_first(opened):
        for key in ("contract", "financial_year", "child"):
            stated = getattr(first.read.card.limits, key)
            found = getattr(this.read.card.limits, key)
            if found != stated:
                expected = f"{_amount(stated)}, as in {first.read.file}: limits are the contract's"
                yield this.finding("card-limits-differ", ("limits", key), _amount(found), expected)


def _commitments_agree(opened: list[_Opened]) -> Iterator[Finding]:
    """What a commissioner has committed to a contract is the same on all its cards."""
    stated: dict[tuple[str, str], tuple[_Opened, Decimal | None]] = {}
    for this in opened:
        for name, commissioner in this.read.card.commissioners.items():
            key = (this.read.card.contract, name)
            first, amount = stated.setdefault(key, (this, commissioner.commitment))
            if commissioner.commitment != amount:
                at: Loc = ("commissioners", name, "commitment")
                expected = f"{_amount(amount)}, as in {first.read.file}: commitments are the contract's"
                yield this.finding("card-limits-differ", at, _amount(commissioner.commitment), expected)


def _scales_agree(opened: list[_Opened]) -> Iterator[Finding]:
    """A score is read before it is known whose card a child is on, so a name stands for one scale."""
    stated: dict[str, _Opened] = {}
    for this in opened:
        for name, own in this.read.card.scales.items():
            first = stated.setdefault(name, this)
            other = first.read.card.scales[name]
            if own != other:
                expected = f"{other.scale}, as in {first.read.file}; or another name"
                yield this.finding("card-scale", ("scales", name), str(own.scale), expected)


def _with_first(opened: list[_Opened]) -> Iterator[tuple[_Opened, _Opened]]:
    """Every card beside the first of its contract."""
    first: dict[str, _Opened] = {}
    for this in opened:
        yield first.setdefault(this.read.card.contract, this), this


def _amount(stated: Decimal | None) -> str:
    return "none" if stated is None else f"{stated:.2f}"


_CHECKS: Final[tuple[Callable[[list[_Opened]], Iterator[Finding]], ...]] = (
    _cards_differ,
    _limits_agree,
    _commitments_agree,
    _scales_agree,
)
