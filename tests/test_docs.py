"""The pages beside the program repeat it as it is, and hold no table of it that is written by hand."""

import re
from pathlib import Path

import pytest

from tests.docs import commands, keys, of_extracts
from tests.docs.made import ROOT, by_hand, made, pages
from tests.docs.markdown import told
from tests.test_card_pages import MODELS

DECISIONS = "\n## Decisions\n"
LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
INLINE = re.compile(r"`wlz-calc ([a-z-]+(?: [a-z-]+)?)")


def test_these_pages_are_made_in_part() -> None:
    assert pages() == ["README.md", "rate_cards/README.md", "examples/README.md"]


@pytest.mark.parametrize("page", pages())
def test_making_a_page_anew_changes_nothing(page: str) -> None:
    assert made(page) == (ROOT / page).read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("page", pages())
def test_no_table_of_the_program_is_written_by_hand(page: str) -> None:
    """A table by hand says what holds for people, in whole sentences, and has no row about a name alone."""
    own = {"`test`", "`key`", "`column`", "`measure`"} | {f"`{name}`" for name in commands.every() if name}
    own |= {f"`{key}`" for part in keys.EVERY for key in part.keys}
    own |= {f"`{column.name}`" for table in of_extracts.EVERY for column in table.columns}
    first = {line.split("|")[1].strip() for line in by_hand(page).splitlines() if line.startswith("|")}
    assert not first & own


@pytest.mark.parametrize("page", [*pages(), "examples/broken/README.md"])
def test_what_a_page_links_to_is_there(page: str) -> None:
    for target, section in LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), target
        assert not section or section in sections(file), section


def sections(file: Path) -> set[str]:
    """The headings of a page, as a link names them."""
    headings = HEADING.findall(file.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", pages())
def test_a_command_that_a_sentence_names_is_there(page: str) -> None:
    for named in INLINE.findall(by_hand(page)):
        first = named.partition(" ")[0]
        assert named in commands.every() or not hasattr(commands.every()[first], "commands"), named


def test_every_part_of_a_card_is_told_of() -> None:
    general = {model for model in MODELS if any(model in other.__mro__[1:] for other in MODELS)}
    assert {model for part in keys.EVERY for model in part.models} == set(MODELS) - general


def test_every_table_is_told_of() -> None:
    assert of_extracts.PLACES.keys() == set(of_extracts.EVERY)


def test_words_are_of_all_that_there_is_and_of_nothing_else() -> None:
    assert told({"b": 1, "a": 2}, ["a", "b"], "letters") == [("a", 2), ("b", 1)]
    with pytest.raises(ValueError, match=r"letters: nothing is said of \['c'\]"):
        told({"a": 1}, ["a", "c"], "letters")
    with pytest.raises(ValueError, match=r"letters: there is no \['a'\]"):
        told({"a": 1}, [], "letters")


def test_the_readme_is_read_in_ten_minutes() -> None:
    """Two hundred words a minute, and tables and listings are looked at rather than read."""
    before, _, rest = by_hand("README.md").partition(DECISIONS)
    text = before + rest.partition("\n## ")[2]
    assert len(text.split()) <= 2000
