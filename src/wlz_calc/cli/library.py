"""The commands that need no programme: rate cards, and what a finding means."""

import json
import sys
from difflib import get_close_matches
from typing import Annotated

import typer

from wlz_calc.cli import trials
from wlz_calc.cli.ending import misused, refused

cards = typer.Typer(
    help="The library of rate cards.", no_args_is_help=True, epilog="Example:\n\nwlz-calc cards list"
)

CardName = Annotated[str, typer.Argument(help="The name of a shipped card, or the path of a file.")]
FINDING_EXAMPLE = "Example:\n\nwlz-calc finding card-none"


@cards.command("list", epilog="Example:\n\nwlz-calc cards list")
def list_cards() -> None:
    """The cards that are shipped."""
    from wlz_calc.read.cards import read_card, shipped
    from wlz_calc.write.cards import list_cards as show_all
    from wlz_calc.write.screen import screen

    read = [(name, *read_card(path, path.name)) for name, path in shipped().items()]
    if wrong := [finding for _, _, found in read for finding in found]:
        refused(wrong)
    show_all(screen(sys.stdout), {name: card.card for name, card, _ in read if card})


@cards.command(epilog="Example:\n\nwlz-calc cards show kensington-chelsea")
def show(name: CardName) -> None:
    """Every payment of a card as a sentence that a lawyer can sign."""
    from wlz_calc.read.cards import named_card
    from wlz_calc.write.cards import show_card
    from wlz_calc.write.screen import screen

    card, found = named_card(name)
    if card is None:
        refused(found)
    show_card(screen(sys.stdout), card.card)


@cards.command(epilog="Example:\n\nwlz-calc cards check kensington-chelsea")
def check(name: CardName) -> None:
    """Whether a card can be used: silent and 0 when it can."""
    from wlz_calc.read.cards import named_card

    _, found = named_card(name)
    if found:
        refused(found)


cards.command("diff", epilog=trials.DIFF_EXAMPLE)(trials.diff)
cards.command("test", epilog=trials.TEST_EXAMPLE)(trials.try_cases)


@cards.command(epilog="Example:\n\nwlz-calc cards schema")
def schema() -> None:
    """The JSON Schema of a card, for editors that complete and underline."""
    from wlz_calc.ratecard.schema import schema as of_card

    sys.stdout.write(json.dumps(of_card(), indent=2, ensure_ascii=False) + "\n")


def finding(code: Annotated[str, typer.Argument(help="A code, as a message names it.")]) -> None:
    """What a finding means, why it matters, and how to mend it."""
    from wlz_calc.catalogue import CODES
    from wlz_calc.write.meaning import page

    if code not in CODES:
        near = get_close_matches(code, CODES, n=3)
        misused(
            f"no finding {code!r}: "
            + (f"did you mean {' or '.join(near)}?" if near else "a message begins with its code")
        )
    sys.stdout.write(page(code, CODES[code]))
