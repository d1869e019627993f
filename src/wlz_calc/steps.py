"""Steps: what a run is at, how long each step takes and over how many rows, for whoever watches.

Without a watcher nothing is kept. A step that another step is part of is not told apart.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol


@dataclass(slots=True)
class Step:
    """One step of a run. `rows`: those gone through, if that says something; `seconds`: once it is over."""

    name: str
    rows: int | None = None
    seconds: float = 0.0


class Watcher(Protocol):
    """Whoever wants to know."""

    def begun(self, step: Step) -> None:
        """A step begins."""

    def ended(self, step: Step) -> None:
        """A step is over, by an error too."""


_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let somebody watch the steps of what runs inside."""
    before = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(before)


@contextmanager
def step(name: str) -> Iterator[Step]:
    """A step of a run, to be told how many rows it goes through."""
    here, watcher = Step(name), _WATCHER.get()
    if watcher is None:
        yield here
        return
    watcher.begun(here)
    start = time.perf_counter()
    try:
        yield here
    finally:
        here.seconds = time.perf_counter() - start
        watcher.ended(here)
