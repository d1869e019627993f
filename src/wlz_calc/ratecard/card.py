"""The rate card: one version of one contract's terms. An invalid card cannot be built.

A payment or an outcome that a child is decided on is a *payable*; `Card.payables` lists them in the order of
the card with what an outcome takes over from its payment already filled in.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails

from wlz_calc.finding import quote
from wlz_calc.period import Period
from wlz_calc.ratecard.base import (
    Dated,
    Day,
    Flag,
    Id,
    Money,
    Name,
    Number,
    Path,
    Phase,
    Problem,
    Terms,
    Text,
    Whole,
    again,
    dated_at,
    invalid,
    refusal,
)
from wlz_calc.ratecard.conditions import Condition
from wlz_calc.ratecard.invoicing import Invoicing
from wlz_calc.ratecard.measures import Measure, family, member
from wlz_calc.ratecard.windows import Window
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import SCALES, Scale
from wlz_calc.standards.sdq import Informant
from wlz_calc.standards.year_groups import PHASES, YEAR_GROUPS

YearGroup = Annotated[
    Literal["N1", "N2", "R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"],
    WithJsonSchema({"enum": [*YEAR_GROUPS, *range(1, 14)]}),
]


class Range(Terms):
    """The days from one date to another, both included."""

    start: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if self.start > self.end:
            found = f"{self.start} to {self.end}"
            raise refusal("Range", [Problem((), "card-value", found, "from on or before to")])
        return self

    @property
    def period(self) -> Period:
        """As a period."""
        return Period(self.start, self.end)


class Source(Terms):
    """The document that states the terms."""

    document: Text
    clause: Text
    dated: Day


def _part_of_one(shares: Mapping[date, Decimal]) -> Mapping[date, Decimal]:
    wrong = [
        Problem(dated_at(day), "card-value", quote(str(share)), "a share between 0 and 1, such as 0.30")
        for day, share in shares.items()
        if not 0 <= share <= 1
    ]
    if wrong:
        raise refusal("Commissioner", wrong)
    return shares


def _positive(number: Decimal) -> Decimal:
    if number <= 0:
        raise invalid("card-value", "a number above 0")
    return number


def _version(number: int) -> int:
    if number < 1:
        raise invalid("card-value", "a whole number, 1 or more")
    return number


def _low_to_high(limits: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    if limits[0] >= limits[1]:
        raise invalid("card-value", "a lower and a higher number, such as [0, 100]")
    return limits


LowToHigh = Annotated[tuple[Number, Number], AfterValidator(_low_to_high)]


class Commissioner(Terms):
    """Who pays, and what part. With `each`, one commissioner per value of a column of the register."""

    name: Text
    share: Annotated[Dated[Number], AfterValidator(_part_of_one)]
    commitment: Money | None = None
    each: Literal["school", "authority"] | None = None
    detail: Literal["children", "totals"] | None = None

    @property
    def shown(self) -> Literal["children", "totals"]:
        """What may be shown to it: without a word on the card, each school or authority its own children."""
        return self.detail or ("children" if self.each else "totals")


class Matching(Terms):
    """The others together pay at least so many times the share of one commissioner."""

    commissioner: Name
    times: Annotated[Number, AfterValidator(_positive)]


class Limits(Terms):
    """The most that can be paid: under the contract, in a financial year, for a child."""

    contract: Money | None = None
    financial_year: Money | None = None
    child: Money | None = None


class Survey(Terms):
    """The range of a survey's score, and which way is better."""

    range: LowToHigh
    better: Literal["higher", "lower"]


def _different(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise invalid("card-value", "each value once")
    return values


class OwnScale(Terms):
    """A scale of the card's own: values in order (worst first), or a range."""

    values: Annotated[tuple[Text, ...], Field(min_length=2), AfterValidator(_different)] | None = None
    range: LowToHigh | None = None
    age_relative: Flag

    @model_validator(mode="after")
    def _says_one_thing(self) -> "OwnScale":
        if (self.values is None) == (self.range is None):
            found = "both values and range" if self.values else "neither values nor range"
            expected = "either values in order (worst first), or a range"
            raise refusal("OwnScale", [Problem((), "card-value", found, expected)])
        return self

    @property
    def scale(self) -> Scale:
        """As the published scales are described."""
        return Scale(self.age_relative, self.values or (), self.range)


class Requires(Terms):
    """The payments of which any, or all, must be met before this one is."""

    any: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    all: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Requires":
        if (self.any is None) == (self.all is None):
            found = "both any and all" if self.any else "neither any nor all"
            raise refusal(
                "Requires", [Problem((), "card-value", found, "either any or all of some payments")]
            )
        return self

    @property
    def payments(self) -> tuple[str, ...]:
        """The payments named."""
        return self.any or self.all or ()


class _Judged(Terms):
    """What a payment and an outcome can both say."""

    price: Dated[Money] | None = None
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)] | None = None
    window: Window | None = None
    baseline: Window | None = None
    endpoint: Window | None = None


class Outcome(_Judged):
    """One of the things that an outcomes payment can be earned by."""

    clause: Text | None = None
    when: Condition


class Payment(_Judged):
    """Something payable: one number and a test, or several numbers to be earned by outcomes."""

    clause: Text
    number: Whole | None = None
    numbers: Annotated[tuple[Whole, ...], Field(min_length=1)] | None = None
    requires: Requires | None = None
    when: Condition | None = None
    outcomes: Annotated[dict[Name, Outcome], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _is_simple_or_outcomes(self) -> "Payment":
        keys = ("number", "when", "numbers", "outcomes")
        said = [key for key in keys if getattr(self, key) is not None]
        if said not in (["number", "when"], ["numbers", "outcomes"]):
            expected = "either number and when, or numbers and outcomes"
            found = ", ".join(said) or "none of them"
            raise refusal("Payment", [Problem((), "card-payment", found, expected)])
        return self


def _parts(payment: Payment) -> list[tuple[str | None, Payment | Outcome]]:
    """What of a payment a child is decided on: its outcomes, or the payment itself."""
    return [*payment.outcomes.items()] if payment.outcomes else [(None, payment)]


class Payable(NamedTuple):
    """A payment, or an outcome of one, with everything that decides it. `order` is its place on the card."""

    order: int
    payment: str
    outcome: str | None
    clause: str
    numbers: tuple[int, ...]
    price: Mapping[date, Decimal] | None
    phases: tuple[str, ...] | None
    requires: Requires | None
    window: Window | None
    baseline: Window | None
    endpoint: Window | None
    when: Condition

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands on the card."""
        return ("payments", self.payment, *(("outcomes", self.outcome) if self.outcome else ()))

    @property
    def last_window(self) -> Window | None:
        """The window in which it is earned: `window`, or else `endpoint`."""
        return self.window or self.endpoint


class Monitored(Terms):
    """An area of the outcomes framework: measured and reported, whether it is paid or not."""

    domain: Text
    area: Text
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)] | None = None


class Card(Terms):
    """The dated terms of one version of a contract. See rate_cards/README.md for every field.

    Raises:
        ValidationError: anything about the terms that could not be paid on; all of it at once.
    """

    contract: Id
    version: Annotated[Whole, AfterValidator(_version)]
    title: Text
    joined: Range
    term: Range
    currency: Literal["GBP"]
    source: Source
    illustrative: tuple[Text, ...] = ()
    commissioners: Annotated[dict[Name, Commissioner], Field(min_length=1)]
    invoicing: dict[Text, Invoicing] = {}
    matching: Matching | None = None
    limits: Limits = Field(default_factory=Limits)
    informants: dict[Phase, Informant] = {}
    surveys: dict[Name, Survey] = {}
    scales: dict[Name, OwnScale] = {}
    phases: dict[Phase, tuple[YearGroup, ...]] = {}
    leavers: Literal["as_others", "not_eligible"] = "as_others"
    payments: Annotated[dict[Name, Payment], Field(min_length=1)]
    framework: tuple[Monitored, ...] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _can_be_paid_on(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        from wlz_calc.ratecard.soundness import problems, sound_part  # noqa: PLC0415 - it needs this type

        wrong: list[InitErrorDetails] = []
        broken: set[str] = set()
        try:
            card = handler(value)
        except ValidationError as error:
            if not isinstance(value, Mapping):
                raise
            wrong = list(again(error))
            part, broken = sound_part(value, [details.get("loc", ()) for details in wrong])
            card = handler(part)
        wrong += [problem.error() for problem in problems(card, broken)]
        if wrong:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return card

    @cached_property
    def payables(self) -> tuple[Payable, ...]:
        """Every payment without outcomes and every outcome, in the order of the card."""
        stated = [
            (name, outcome, terms)
            for name, payment in self.payments.items()
            for outcome, terms in _parts(payment)
        ]
        return tuple(self._payable(order, *item) for order, item in enumerate(stated))

    def _payable(self, order: int, name: str, outcome: str | None, part: Payment | Outcome) -> Payable:
        whole = self.payments[name]
        assert part.when is not None  # noqa: S101 - only a payment with outcomes has no test
        return Payable(
            order=order,
            payment=name,
            outcome=outcome,
            clause=part.clause or whole.clause,
            numbers=whole.numbers or (whole.number or 0,),
            price=part.price or whole.price,
            phases=part.phases or whole.phases,
            requires=whole.requires,
            window=part.window or whole.window,
            baseline=part.baseline or whole.baseline,
            endpoint=part.endpoint or whole.endpoint,
            when=part.when,
        )

    def stated_at(self, payable: Payable, key: str) -> Path:
        """Where the card states a term of a payable: on the outcome itself, or on its payment."""
        outcomes = self.payments[payable.payment].outcomes or {}
        outcome = outcomes.get(payable.outcome or "")
        own = outcome is None or getattr(outcome, key) is not None
        return (*(payable.path if own else ("payments", payable.payment)), key)

    @cached_property
    def phase_of(self) -> dict[str, str]:
        """The phase of each year group."""
        usual = {year: phase for phase, years in PHASES.items() for year in years}
        own = {year: phase for phase, years in self.phases.items() for year in years}
        return usual | own

    def phases_judged(self, payable: Payable) -> tuple[str, ...]:
        """The phases in which there can be children on whom it is decided."""
        used = dict.fromkeys(self.phase_of.values())
        return tuple(phase for phase in used if payable.phases is None or phase in payable.phases)

    def higher_is_better(self, measure: str) -> bool:
        """Which way is better; a survey's is the card's to say. Source: rate-cards, Measures."""
        match family(measure):
            case "sdq":
                return sdq.higher_is_better(member(measure))
            case "survey":
                return self.surveys[member(measure)].better == "higher"
            case _:
                return True

    @cached_property
    def all_scales(self) -> dict[str, Scale]:
        """The published scales of attainment and the card's own."""
        return SCALES | {name: own.scale for name, own in self.scales.items()}
