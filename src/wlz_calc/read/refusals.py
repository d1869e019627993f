"""What Pydantic refuses, as findings: each with its place in the file, and in words that need no Python.

The models of cards and of `wlz.yaml` speak through `ratecard.base.Problem` wherever they can; what Pydantic
says by itself (a missing key, a word that is none of those allowed) is worded here.
"""

from collections.abc import Callable, Iterator, Mapping, Sized
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from wlz_calc.finding import Finding, Where
from wlz_calc.ratecard.base import Path, one_of
from wlz_calc.ratecard.conditions import ALONE, TESTS
from wlz_calc.ratecard.measures import Measure
from wlz_calc.read.strictyaml import Document, Prefix, described

TAGS: Final = frozenset({"all", "any", "months", "academic_year"})
"""Members of a union that are named after a key: in a location they stand for either."""

_WORDS: Final[dict[str, str]] = {
    "tuple_type": "a list, such as [a, b]",
    "list_type": "a list, such as [a, b]",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "string_type": "a text",
}


@cache
def _measures() -> TypeAdapter[str]:
    return TypeAdapter(Measure)


def findings(error: ValidationError, document: Document, prefix: Prefix) -> list[Finding]:
    """Everything that a model refused, each once, in the order of the file."""
    refused = [_Refusal(details, document, prefix) for details in error.errors(include_url=False)]
    found = dict.fromkeys(finding for refusal in refused for finding in refusal.findings())
    return sorted(found, key=lambda finding: _order(finding.where))


def _order(where: Where) -> tuple[int, int]:
    return where.row or 0, int(where.column or 0)


class _Refusal:
    """One error of Pydantic's."""

    def __init__(self, details: ErrorDetails, document: Document, prefix: Prefix) -> None:
        self.kind = details["type"]
        self.loc: Path = details["loc"]
        self.input: Any = details["input"]
        self.context: Mapping[str, Any] = details.get("ctx", {})
        self.document = document
        self.prefix = prefix

    def findings(self) -> Iterator[Finding]:
        yield from _SAID.get(self.kind, _Refusal.value)(self)

    def finding(
        self, code: str, found: str, expected: str, at: Path = (), *, at_key: bool = False
    ) -> Finding:
        """`code` without its first word."""
        where = self.document.where((*self.loc, *at), at_key=at_key, tags=TAGS)
        return Finding(f"{self.prefix}-{code}", where, found, expected)

    def problem(self) -> Iterator[Finding]:
        """What the models refuse by themselves."""
        code = str(self.context["code"]).partition("-")[2]
        found = self.context.get("found") or described(self.input)
        yield self.finding(code, found, self.context["expected"], at_key=code == "unknown-key")

    def missing(self) -> Iterator[Finding]:
        """A key that is not there; in a list, an item."""
        *_, last = self.loc
        if isinstance(last, int):
            yield self.finding("value", described(self.input), f"{last + 1} values")
        else:
            yield self.finding("missing-key", f"no {last}", last)

    def unknown_key(self) -> Iterator[Finding]:
        yield self.finding("unknown-key", described(self.loc[-1]), "no such key", at_key=True)

    def literal(self) -> Iterator[Finding]:
        """A word that is none of those allowed. Pydantic lists them as `'a', 'b' or 'c'`."""
        allowed = str(self.context["expected"]).split("'")[1::2]
        shown = described(self.input)
        yield self.finding("value", shown, one_of(shown.strip("`"), allowed))

    def too_short(self) -> Iterator[Finding]:
        """Too few items; where there are enough, those that are wrong have said so themselves."""
        least = int(self.context["min_length"])
        if not isinstance(self.input, Sized) or len(self.input) < least:
            expected = "at least one" if least == 1 else f"at least {least}"
            yield self.finding("value", described(self.input) if self.input else "none", expected)

    def too_long(self) -> Iterator[Finding]:
        yield self.finding("value", described(self.input), f"{self.context['max_length']} values")

    def unknown_test(self) -> Iterator[Finding]:
        """No such test, or a risk without a measure and a test."""
        if self.context.get("tag") == ALONE:
            expected = "a measure and a test beside it; at_risk is no condition by itself"
            yield self.finding("at-risk-inside", "a bare at_risk", expected, (ALONE,), at_key=True)
        else:
            shown = described(self.input["test"])
            yield self.finding("unknown-test", shown, one_of(shown.strip("`"), TESTS), ("test",))
        yield from self.measure()

    def no_test(self) -> Iterator[Finding]:
        if isinstance(self.input, Mapping):
            yield self.finding("missing-key", "no test", one_of("", TESTS))
            yield from self.measure()
        else:
            expected = "a measure and a test, such as {measure: consent, test: happened}"
            yield self.finding("value", described(self.input), expected)

    def measure(self) -> Iterator[Finding]:
        """The measure beside a test that is not known, which Pydantic does not get to."""
        try:
            _measures().validate_python(self.input.get("measure", "consent"))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                inner = details | {"loc": (*self.loc, "measure")}
                yield from _Refusal(inner, self.document, self.prefix).findings()

    def value(self) -> Iterator[Finding]:
        """Anything else."""
        yield self.finding("value", described(self.input), _WORDS.get(self.kind, "another value"))


_SAID: Final[dict[str, Callable[[_Refusal], Iterator[Finding]]]] = {
    "problem": _Refusal.problem,
    "missing": _Refusal.missing,
    "extra_forbidden": _Refusal.unknown_key,
    "literal_error": _Refusal.literal,
    "too_short": _Refusal.too_short,
    "too_long": _Refusal.too_long,
    "union_tag_invalid": _Refusal.unknown_test,
    "union_tag_not_found": _Refusal.no_test,
}
