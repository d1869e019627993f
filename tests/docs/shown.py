"""Shown: what the program really says, run where the pages are read."""

import shlex
from contextlib import chdir
from typing import Final

from tests.docs.made import ROOT
from tests.docs.markdown import block
from tests.sound_folder import wlz_calc
from wlz_calc.cli.ending import Exit

EXAMPLE: Final = "examples/kensington-chelsea"
CLAIM: Final = f"pay --quarter 2018-Q4 {EXAMPLE}"
FOLLOWED: Final = ("c00281", "engagement")
SCHEDULES: Final = 2
"""So many paragraphs of a claim are its heading and the schedule of its first commissioner."""


def said(command: str) -> str:
    """What a command prints at the top of the project."""
    with chdir(ROOT):
        answer = wlz_calc(*shlex.split(command))
    if answer.code != Exit.FINE:
        raise ValueError(f"{command}: {answer.err}")
    return answer.out


def first_look() -> str:
    """How the claim of the example begins."""
    paragraphs = said(CLAIM).split("\n\n")
    return block("\n\n".join(paragraphs[:SCHEDULES]), "text")


def one_payment() -> str:
    """The lines of one award of the example, as csv."""
    heading, *lines = said(f"{CLAIM} --format csv").splitlines()
    own = [line for line in lines if all(f",{each}," in line for each in FOLLOWED)]
    return block("\n".join([heading, *own]), "text")


def explained(payment: str, begins: str) -> str:
    """Why a payment was paid, or was not: of what `explain` says of it, the part that begins so."""
    child, _ = FOLLOWED
    whole = said(f"explain {child} --quarter 2018-Q4 {EXAMPLE} --payment {payment}")
    (own,) = (part for part in whole.split("\n\n") if part.startswith(begins))
    return block(own, "text")
