"""The sheet of a card: all that has to be on it before somebody signs, readable at both widths."""

from io import StringIO

import pytest

from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.sentence import sentence
from wlz_calc.ratecard.summary import meanings, monitored, rules, summary
from wlz_calc.read.cards import read_card, shipped
from wlz_calc.write.cards import show_card
from wlz_calc.write.screen import screen

NARROW, WIDE = 80, 120


def card_of(name: str) -> Card:
    read, _ = read_card(shipped()[name], name)
    assert read is not None
    return read.card


def sheet(card: Card, width: int) -> str:
    stream = StringIO()
    show_card(screen(stream, width=width), card)
    return stream.getvalue()


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", list(shipped()))
def test_a_sheet_says_everything_that_is_agreed(name: str, width: int) -> None:
    card = card_of(name)
    said = sheet(card, width)
    assert max(map(len, said.splitlines())) <= width
    whole = " ".join(said.split())
    agreed = [*summary(card), *(sentence(card, each) for each in card.payables)]
    for line in (*agreed, *meanings(card), *rules(card), *monitored(card)):
        assert line in whole
    for payable in card.payables:
        assert payable.clause in whole
    for commissioner in card.commissioners.values():
        assert f"For: {commissioner.name}" in whole


def test_what_is_monitored_is_told_by_its_area() -> None:
    assert monitored(card_of("kensington-chelsea"))[1] == (
        "Wellbeing, Relationships: SDQ peer score and SDQ prosocial score (primary and secondary)."
    )


def test_limits_are_explained_only_where_there_are_some() -> None:
    cut = [any("Awards take" in line for line in rules(card_of(name))) for name in shipped()]
    assert cut == [False, True, True]


def test_a_card_that_monitors_nothing_has_no_such_section() -> None:
    card = card_of("hammersmith-fulham")
    bare = card.model_copy(update={"framework": (card.framework[0].model_copy(update={"phases": None}),)})
    assert monitored(bare) == ["Wellbeing, Emotional health: SDQ total score and SDQ emotional score."]
    assert "monitored" not in sheet(card.model_copy(update={"framework": ()}), WIDE)


def test_totals_are_told_from_children() -> None:
    card = card_of("hammersmith-fulham")
    all_open = {
        name: one.model_copy(update={"detail": "children"}) for name, one in card.commissioners.items()
    }
    assert not [
        line for line in rules(card.model_copy(update={"commissioners": all_open})) if "Totals" in line
    ]
