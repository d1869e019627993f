"""The page on all findings, from the catalogue: what each means, and where its example is."""

from collections.abc import Iterable, Iterator
from typing import Final

from tests.broken import CASES, NOT_BY_INPUT
from tests.broken.made import TODAY, TRANSCRIPT
from wlz_calc.catalogue import CODES
from wlz_calc.finding import Severity
from wlz_calc.write.meaning import BOOK, STAGES, place

_HEAD: Final = f"""\
# Everything that can be wrong, and how to mend it

A message begins with its code. This page says what each code means, why it matters and how to mend it, and so
does `wlz-calc finding CODE`. The folder of that name holds the smallest input that provokes it, and a
`{TRANSCRIPT}` of what was typed there and exactly what was said:

```sh
cd examples/broken/card-none
wlz-calc check
```

An **error** stops a payment run. A *warning* does not: it is printed on the schedule. The stages come one
after the other, each only if the one before found no error. Every child, school and payment here is invented.
Nothing is written by what is typed here. Commands that ask for the day were told {TODAY.day} {TODAY:%B %Y}.
"""
_ROW: Final = "| {} | {} | {} | {} |"
_ALONE: Final = """\
## Without an example

No input provokes these, only the machine; the tests stand in for it.

| code | it happens when |
|---|---|
"""
_FOOT: Final = "\nMade from the catalogue by `python -m tests.broken`; not edited by hand.\n"


def page() -> str:
    """All of it."""
    places = dict.fromkeys([*STAGES.values(), BOOK])
    tables = "".join(f"\n## {where[0].upper()}{where[1:]}\n\n{_table(where)}" for where in places)
    alone = "".join(f"| `{code}` | {when} |\n" for code, (when, _) in NOT_BY_INPUT.items())
    return f"{_HEAD}{tables}\n{_ALONE}{alone}{_FOOT}"


def _table(where: str) -> str:
    return "".join(f"{line}\n" for line in _rows(code for code in CODES if place(code, CODES[code]) == where))


def _rows(codes: Iterable[str]) -> Iterator[str]:
    yield _ROW.format("code", "what is wrong", "why it matters", "how to mend it")
    yield "|---|---|---|---|"
    for code in codes:
        meaning = CODES[code]
        named = f"[`{code}`]({code}/)" if code in CASES else f"`{code}`"
        mark = "**" if meaning.severity is Severity.ERROR else "*"
        title = f"{mark}{meaning.severity}{mark}: {meaning.title}"
        yield _ROW.format(named, *(text.replace("|", r"\|") for text in (title, meaning.why, meaning.fix)))
