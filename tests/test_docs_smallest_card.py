"""The smallest card of the page about cards can be used, tried and begun with, as the page says."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from tests.docs.made import ROOT
from tests.sound_folder import wlz_calc

PAGE = ROOT / "rate_cards" / "README.md"
BLOCK = re.compile(r"### The smallest card\n(?:[^\n]+\n)+\n((?:    [^\n]*\n)+)")
OPTIONAL = {
    "commissioners/school/each",
    "payments/progress/requires",
    "payments/progress",  # a payment is one of several
}


def smallest() -> str:
    """The card as the page prints it."""
    found = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert found
    return dedent(found[1])


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file that the page says to save it as, in this folder."""
    monkeypatch.chdir(tmp_path)
    name = "riverside.yaml"
    Path(name).write_text(smallest(), encoding="utf-8")
    return name


def test_the_smallest_card_can_be_used(card: str) -> None:
    assert wlz_calc("cards", "check", card).err == ""
    said = wlz_calc("cards", "show", card).out
    assert "Payment 1 (Sign-up): £150.00 when consent" in said
    assert "only if Payment 1 (Sign-up) is met too" in said


@pytest.mark.parametrize(
    "typed", ["sample trial --card riverside.yaml", "init our-programme --card riverside.yaml"]
)
def test_what_the_page_says_to_do_with_it_makes_a_folder_that_can_be_paid(card: str, typed: str) -> None:
    assert card in typed
    assert wlz_calc(*typed.split()).code == 0
    assert wlz_calc("pay", "--quarter", "2018-Q4", typed.split()[1]).code == 0


def without(card: object, path: Path) -> Iterator[tuple[str, object]]:
    """The same without one of its keys, each in turn, by where it stood."""
    if isinstance(card, dict):
        for key, value in card.items():
            yield str(path / key), {name: other for name, other in card.items() if name != key}
            yield from ((place, {**card, key: less}) for place, less in without(value, path / key))


def test_every_key_is_needed_but_for_those_of_which_the_page_says_so(card: str) -> None:
    fine = set()
    for place, less in without(yaml.safe_load(smallest()), Path()):
        Path(card).write_text(yaml.safe_dump(less, sort_keys=False), encoding="utf-8")
        if wlz_calc("cards", "check", card).code == 0:
            fine.add(place)
    assert fine == OPTIONAL
