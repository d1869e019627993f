"""A programme folder: `wlz.yaml`, the cards it names, its extracts and holds.

Promises a programme whose every file was found, read whole and checked, or everything that stands in the way.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from wlz_calc.finding import Finding, Where, quote
from wlz_calc.places import is_file, is_folder
from wlz_calc.programme import Extracts, InputFile, Issue, Issued, Programme
from wlz_calc.ratecard.base import one_of
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.invoicing import Accounts
from wlz_calc.ratecard.sound_money import no_payer
from wlz_calc.read import strictyaml
from wlz_calc.read.cards import CONFIG, ReadCard, find_card, read_cards, shown
from wlz_calc.read.config import Config, stated
from wlz_calc.read.extracts import read_extracts
from wlz_calc.read.parts import parts
from wlz_calc.read.related import Reading
from wlz_calc.read.strictyaml import Document


class _Terms(NamedTuple):
    """What wlz.yaml says, and where in the file it says it."""

    config: Config
    document: Document
    source: InputFile


def read_programme(
    folder: Path, *, set_aside: bool = False, each_mark: bool = False, passed_over: bool = False
) -> tuple[Programme | None, list[Finding]]:
    """Everything that a calculation starts from, or all the findings of the stage that stopped it.

    `set_aside`: errors in single rows do not stop it; see `aside`. `each_mark`: see `cells.typed`.
    `passed_over`: see `programme.Extracts`.
    """
    terms, found = _terms(folder)
    if terms is None:
        return None, found
    config = terms.config
    cards, found = _cards(folder, config, terms.document)
    if cards is None:
        return None, found
    if found := list(_unknown_payers(terms, [card.card for card in cards])):
        return None, found
    reading = Reading(
        [card.card for card in cards],
        whole_sessions=config.resubmission == "sessions",
        set_aside=set_aside,
        each_mark=each_mark,
        passed_over=passed_over,
    )
    extracts, problems = _extracts(folder, terms, reading)
    found += problems
    if extracts is None:
        return None, found
    files = (
        terms.source,
        *(InputFile("card", card.file, card.sha256, None) for card in cards),
        *extracts.files,
    )
    return Programme(
        provider=config.provider,
        cards=tuple(card.card for card in cards),
        extracts=extracts,
        files=files,
        issued={_issue(card): Issued(card.file, card.sha256, card.text) for card in cards},
        book=folder / config.claims,
        accounts=config.accounts,
    ), found


def book_of(folder: Path) -> tuple[Path | None, list[Finding]]:
    """Where wlz.yaml says that the sealed claims of a programme are."""
    terms, found = _terms(folder)
    return (folder / terms.config.claims if terms else None), found


def accounts_of(folder: Path) -> tuple[Accounts | None, list[Finding]]:
    """What wlz.yaml says of invoices."""
    terms, found = _terms(folder)
    return (terms.config.accounts if terms else None), found


def _unknown_payers(terms: _Terms, cards: list[Card]) -> Iterator[Finding]:
    """What wlz.yaml says of invoices is said of contracts and commissioners that there are cards for."""
    contracts = dict.fromkeys(card.contract for card in cards)
    for contract, payers in terms.config.invoicing.items():
        own = [card for card in cards if card.contract == contract]
        if not own:
            where = terms.document.where(("invoicing", contract), at_key=True)
            yield Finding("folder-value", where, quote(contract), one_of(contract, contracts))
            continue
        for payer in payers:
            if expected := no_payer(payer, *own):
                where = terms.document.where(("invoicing", contract, payer), at_key=True)
                yield Finding("folder-value", where, quote(payer), expected)


def _issue(card: ReadCard) -> Issue:
    return card.card.contract, card.card.version


def _terms(folder: Path) -> tuple[_Terms | None, list[Finding]]:
    document, raw, found = _document(folder)
    if document is None:
        return None, found
    config, found = stated(document)
    if config is None:
        return None, found
    return _Terms(config, document, InputFile("config", CONFIG, sha256(raw).hexdigest(), None)), []


def _extracts(folder: Path, terms: _Terms, reading: Reading) -> tuple[Extracts | None, list[Finding]]:
    there, found = parts(folder, terms.config, terms.document)
    return (None, found) if there is None else read_extracts(there, reading)


def _document(folder: Path) -> tuple[Document | None, bytes, list[Finding]]:
    if not is_folder(folder):
        where = Where(folder.as_posix())
        return None, b"", [Finding("folder-missing", where, "no such folder", "a programme folder")]
    if not is_file(folder / CONFIG):
        where = Where((folder / CONFIG).as_posix())
        return None, b"", [Finding("folder-no-config", where, "no such file", f"a {CONFIG} in the folder")]
    raw, found = strictyaml.load(folder / CONFIG, CONFIG, "folder")
    if raw is None:
        return None, b"", found
    document, found = strictyaml.parse(raw, CONFIG, "folder")
    return document, raw, found


def _cards(folder: Path, config: Config, document: Document) -> tuple[list[ReadCard] | None, list[Finding]]:
    entries: list[tuple[Path, str]] = []
    found: list[Finding] = []
    for place, name in enumerate(config.rate_cards):
        path, missing = find_card(name, folder, document.where(("rate_cards", place)))
        found += missing
        entries += [(path, shown(name, path))] if path else []
    if not config.rate_cards:
        expected = "the name of at least one rate card"
        found.append(Finding("folder-value", document.where(("rate_cards",)), "none", expected))
    if found:
        return None, found
    return read_cards(entries)
