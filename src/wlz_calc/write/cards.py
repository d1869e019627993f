"""Rate cards for people: the library as a list, and a card as sentences that a lawyer can sign."""

from collections.abc import Mapping
from typing import Final

from rich.console import Console

from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.sentence import sentence
from wlz_calc.ratecard.summary import meanings, monitored, rules, summary
from wlz_calc.write import words
from wlz_calc.write.screen import MARK, QUIET, STRONG, Grid, draw, gap, say

SIGNED: Final = "Name:                          Signed:                          Date:"


def list_cards(console: Console, cards: Mapping[str, Card]) -> None:
    """The cards by name, with what each is of and which children are on it."""
    drawn = Grid(["Card", "Title", "Joined", "Terms"])
    for name, card in cards.items():
        marked = words.ILLUSTRATIVE if card.illustrative else "as signed"
        drawn.row(name, card.title, f"{card.joined.start} to {card.joined.end}", marked)
    draw(console, drawn, widest=console.width)


def show_card(console: Console, card: Card) -> None:
    """The whole of a card: what it applies to, every payment with its clause, and what the words mean."""
    say(console, card.title, STRONG)
    if card.illustrative:
        say(console, words.banner(card.illustrative), MARK)
    _paragraphs(console, "Terms", summary(card))
    clause = None
    for payable in card.payables:
        gap(console)
        if payable.clause != clause:
            say(console, payable.clause, STRONG)
            clause = payable.clause
        say(console, sentence(card, payable))
    _paragraphs(console, "What the words mean", meanings(card), QUIET)
    _paragraphs(console, "How it is paid", rules(card))
    _paragraphs(console, "What is monitored, and makes no money by itself", monitored(card))
    _signatures(console, card)


def _paragraphs(console: Console, title: str, lines: list[str], style: str = "") -> None:
    if lines:
        gap(console)
        say(console, title, STRONG)
    for line in lines:
        say(console, line, style)


def _signatures(console: Console, card: Card) -> None:
    """Room for everybody whose terms these are; of one of whom there are several, each signs for itself."""
    gap(console)
    say(console, "Parties", STRONG)
    each = {name: f" (each {one.each})" if one.each else "" for name, one in card.commissioners.items()}
    named = [f"{one.name}{each[name]}" for name, one in card.commissioners.items()]
    for party in ("The provider", *named):
        gap(console)
        say(console, f"For: {party}")
        say(console, SIGNED)
