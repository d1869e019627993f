"""Watching a run: on a terminal what it is at, once it takes long; and how long each step took, if asked."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Final

from wlz_calc.steps import Step, watched

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE: Final = 1.0
"""Seconds after which a reader would like to know."""
NARROW: Final = 60


@contextmanager
def watching(*, timings: bool) -> Iterator[None]:
    """Whatever runs inside is watched; `timings`: its steps are listed on stderr when it is over."""
    shown, start = _Shown(), time.perf_counter()
    try:
        with watched(shown):
            yield
    finally:
        if timings:
            _list(shown.steps, time.perf_counter() - start)


class _Shown:
    """The steps so far, and on a terminal a line that names the one that a run is at."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._patient = time.perf_counter() + PATIENCE
        self._line: Status | None = None
        self._timer: Timer | None = None

    def begun(self, step: Step) -> None:
        if sys.stderr.isatty():
            rows = max((earlier.rows or 0 for earlier in self.steps), default=0)
            said = f"{step.name} ({rows:,} rows)" if rows else step.name
            self._timer = Timer(max(0.0, self._patient - time.perf_counter()), self._show, (said,))
            self._timer.daemon = True
            self._timer.start()

    def ended(self, step: Step) -> None:
        self.steps.append(step)
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._line is not None:
            self._line.stop()
            self._line = None

    def _show(self, said: str) -> None:
        from rich.console import Console

        self._line = Console(stderr=True).status(said)
        self._line.start()


def _list(steps: list[Step], whole: float) -> None:
    from wlz_calc.write.screen import Grid, draw, screen

    grid = Grid(["Step"], ["Rows", "Seconds"])
    for name in dict.fromkeys(step.name for step in steps):
        own = [step for step in steps if step.name == name]
        rows = sum(step.rows or 0 for step in own)
        grid.row(name, f"{rows:,}" if rows else "", f"{sum(step.seconds for step in own):.2f}")
    grid.section()
    grid.row("all", "", f"{whole:.2f}")
    draw(screen(sys.stderr), grid, NARROW)
