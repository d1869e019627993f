"""What came of the worked cases of a card."""

from rich.console import Console

from wlz_calc.trial import Trial, Tried
from wlz_calc.write import words
from wlz_calc.write.screen import MARK, QUIET, STRONG, gap, say


def show_trial(console: Console, trial: Trial) -> None:
    """The cases that came out otherwise, the edges that lack one, and how many cases there are."""
    for tried in trial.failed:
        _failed(console, tried)
    if trial.unproven:
        say(console, f"Edges of {trial.card} without a case below, at and above them:", QUIET)
    for edge in trial.unproven:
        say(console, edge, QUIET, indent=2)
    cases, failed = len(trial.cases), len(trial.failed)
    said = f"{failed:,} otherwise" if failed else "all as expected"
    say(console, f"{trial.card}: {words.counted(cases, 'case')}, {said}", MARK if failed else "")


def _failed(console: Console, tried: Tried) -> None:
    case = tried.case
    say(console, case.sentence, STRONG)
    say(console, f"{case.clause}; {case.quarter}; {case.where}", QUIET)
    for fault in tried.faults:
        for line in fault.splitlines():
            console.out(f"  {line}", highlight=False)
    gap(console)
