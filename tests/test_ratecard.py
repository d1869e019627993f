"""What a card may say: every rule at its edge, one step below it and one step above."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from wlz_calc.ratecard.base import exact, in_force, listed, one_of
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import AtRisk, Change
from wlz_calc.ratecard.measures import KINDS, Kind, kind, name, table
from wlz_calc.ratecard.windows import AcademicYear, Months
from wlz_calc.standards.assessment import SCALES, Scale

CONSENT = {"measure": "consent", "test": "happened"}
LINK_WORKER = {"measure": "link_worker_sessions", "test": "reaches", "at_least": "20"}
EMOTIONAL = {"measure": "sdq.emotional", "test": "crosses"}

TERMS: dict[str, Any] = {
    "contract": "kensington-chelsea",
    "version": "1",
    "title": "Six payments",
    "joined": {"from": "2016-09-01", "to": "2019-03-31"},
    "term": {"from": "2016-09-01", "to": "2021-03-31"},
    "currency": "GBP",
    "source": {"document": "The contract", "clause": "Schedule 1", "dated": "2016-08-01"},
    "commissioners": {
        "council": {"name": "The council", "share": "0.80"},
        "school": {"name": "The child's school", "share": "0.20", "each": "school"},
    },
    "informants": {"primary": "teacher", "secondary": "self"},
    "payments": {
        "sign_up": {"number": "1", "price": "300.00", "clause": "1", "when": CONSENT},
        "engagement": {
            "number": "2",
            "price": "450.00",
            "clause": "2",
            "window": {"months": ["0", "12"]},
            "when": LINK_WORKER,
        },
        "outcomes": {
            "numbers": ["3", "4"],
            "price": "700.00",
            "clause": "3",
            "phases": ["primary", "secondary"],
            "baseline": {"months": ["-6", "3"]},
            "endpoint": {"months": ["18", "24"]},
            "outcomes": {
                "maths": {"when": {"measure": "attainment.maths", "test": "progresses", "by": "1"}},
            },
        },
    },
}
OUTCOMES = "payments.outcomes.outcomes"


def stated(**terms: object) -> dict[str, Any]:
    """The terms above with some changed, each named by its path; None leaves it out."""
    card = deepcopy(TERMS)
    for path, value in terms.items():
        *parents, last = path.split(".")
        part = card
        for parent in parents:
            part = part.setdefault(parent, {})
        if value is None:
            del part[last]
        else:
            part[last] = deepcopy(value)
    return card


def built(**terms: object) -> Card:
    return Card.model_validate(stated(**terms))


def refusals(**terms: object) -> list[tuple[str, str, str, str]]:
    """Of everything refused: the code, the place, what was found and what was expected."""
    try:
        built(**terms)
    except ValidationError as error:
        return [
            (
                e.get("ctx", {}).get("code", e["type"]),
                ".".join(map(str, e["loc"])),
                e.get("ctx", {}).get("found", "" if isinstance(e["input"], dict) else str(e["input"])),
                e.get("ctx", {}).get("expected", e["msg"]),
            )
            for e in error.errors()
        ]
    return []


def codes(**terms: object) -> list[str]:
    return [code for code, _, _, _ in refusals(**terms)]


def outcome(when: dict[str, Any], **terms: object) -> dict[str, Any]:
    return {f"{OUTCOMES}.other": {"when": when, **terms}}


def at_risk(**risk: str) -> dict[str, Any]:
    return outcome({**EMOTIONAL, "at_risk": risk})


def test_the_terms_that_these_tests_vary_are_sound() -> None:
    assert refusals() == []


# ---------------------------------------------------------------- shares and matching


@pytest.mark.parametrize(
    ("council", "total"), [("0.79", "0.99"), ("0.80", None), ("0.81", "1.01"), ("0.8000001", "1.0000001")]
)
def test_shares_add_up_to_exactly_one(council: str, total: str | None) -> None:
    expected = [("card-shares", "commissioners", total, "shares that add up to exactly 1")] if total else []
    assert refusals(**{"commissioners.council.share": council}) == expected


def test_shares_add_up_on_every_day_on_which_one_changes() -> None:
    council = {"2016-09-01": "0.80", "2018-04-01": "0.75"}
    assert refusals(**{"commissioners.council.share": council}) == [
        ("card-shares", "commissioners", "0.95 from 2018-04-01", "shares that add up to exactly 1")
    ]
    school = {"2016-09-01": "0.20", "2018-04-01": "0.25"}
    assert codes(**{"commissioners.council.share": council, "commissioners.school.share": school}) == []


@pytest.mark.parametrize(("share", "others", "fine"), [("-0.01", "1.01", False), ("0", "1", True)])
def test_a_share_is_between_nothing_and_everything(share: str, others: str, *, fine: bool) -> None:
    found = codes(**{"commissioners.school.share": share, "commissioners.council.share": others})
    assert found == ([] if fine else ["card-value", "card-value"])


@pytest.mark.parametrize(
    ("times", "share", "most"),
    [
        ("3", "0.24", None),
        ("3", "0.25", None),
        ("3", "0.250000001", "at most 0.25, so that the others pay at least 3 times as much"),
        ("2", "0.333333333", None),
        ("2", "0.333333334", "at most 1/3, so that the others pay at least 2 times as much"),
        ("0.5", "0.67", "at most 2/3, so that the others pay at least 0.5 times as much"),
    ],
)
def test_a_matched_share_is_at_most_its_part(times: str, share: str, most: str | None) -> None:
    found = refusals(
        **{
            "matching": {"commissioner": "school", "times": times},
            "commissioners.school.share": share,
            "commissioners.council.share": str(1 - Decimal(share)),
        }
    )
    assert found == ([("card-matching", "commissioners.school.share", f"`{share}`", most)] if most else [])


def test_a_dated_share_is_matched_on_every_date() -> None:
    found = refusals(
        **{
            "matching": {"commissioner": "school", "times": "3"},
            "commissioners.school.share": {"2016-09-01": "0.25", "2018-04-01": "0.26"},
            "commissioners.council.share": {"2016-09-01": "0.75", "2018-04-01": "0.74"},
        }
    )
    assert [place for _, place, _, _ in found] == ["commissioners.school.share.2018-04-01"]


def test_matching_names_a_commissioner_of_the_card() -> None:
    assert refusals(matching={"commissioner": "schol", "times": "3"}) == [
        ("card-value", "matching.commissioner", "`schol`", "council or school (did you mean school?)")
    ]


@pytest.mark.parametrize("times", ["0", "-1"])
def test_matching_is_by_something(times: str) -> None:
    assert codes(matching={"commissioner": "school", "times": times}) == ["card-value"]


# ---------------------------------------------------------------- scalars


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", "one"),
        ("version", "1.0"),
        ("version", "0"),
        ("version", ["1"]),
        ("contract", "Kensington Chelsea"),
        ("contract", "-"),
        ("title", " "),
        ("title", ""),
        ("source.dated", "1 August 2016"),
        ("source.dated", "2016-02-30"),
        ("source.dated", "1899-12-31"),
        ("source.dated", "2200-01-01"),
        ("joined.from", "\u0662016-09-01"),
        ("payments.sign_up.price", "300.001"),
        ("payments.sign_up.price", "-1"),
        ("payments.sign_up.price", "3e2"),
        ("payments.sign_up.price", "300,00"),
        ("payments.sign_up.price", "1_000"),
        ("payments.sign_up.price", "£300"),
        ("payments.sign_up.price", "\u0663\u0660\u0660"),
        ("payments.sign_up.price", {}),
        ("payments.sign_up.number", "0"),
        ("payments.engagement.when.at_least", "0"),
        ("payments.engagement.when.at_least", "19.5"),
        (f"{OUTCOMES}.maths.when.strictly", "yes"),
        ("payments.engagement.window", {"months": ["12", "12"]}),
        ("payments.engagement.window", {"months": ["0", "601"]}),
        ("payments.engagement.window", {"academic_year": "51"}),
        ("joined", {"from": "2019-04-01", "to": "2019-03-31"}),
    ],
)
def test_a_value_that_is_not_what_it_should_be_is_refused(path: str, value: object) -> None:
    found = codes(**{path: value})
    assert found
    assert set(found) <= {"card-value", "card-window"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", "007"),
        ("title", "NO"),
        ("title", "12:30"),
        ("payments.sign_up.price", "0"),
        ("payments.sign_up.price", "300"),
        ("payments.sign_up.price", "300.5"),
        (f"{OUTCOMES}.maths.when.strictly", "false"),
        ("joined", {"from": "2016-09-01", "to": "2016-09-01"}),
        ("source.dated", "1900-01-01"),
        ("source.dated", "2199-12-31"),
        ("payments.engagement.window", {"months": ["-600", "600"]}),
        ("payments.engagement.window", {"academic_year": "1"}),
    ],
)
def test_a_value_at_the_edge_is_taken(path: str, value: object) -> None:
    assert refusals(**{path: value}) == []


def test_money_and_rates_are_exact_decimals() -> None:
    assert built(**{"payments.sign_up.price": "0.10"}).payables[0].price == {date.min: Decimal("0.10")}


def test_a_scalar_may_be_typed_already() -> None:
    typed = built(
        version=2, **{"payments.sign_up.price": Decimal("1.50"), f"{OUTCOMES}.maths.when.strictly": True}
    )
    assert typed.version == 2


# ---------------------------------------------------------------- payments


def test_numbers_are_used_once() -> None:
    assert refusals(**{"payments.outcomes.numbers": ["2", "3"]}) == [
        ("card-value", "payments.outcomes.numbers", "`2`", "a number of its own; engagement has this one")
    ]
    assert codes(**{"payments.outcomes.numbers": ["3", "3"]}) == ["card-value"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"number": None}, "when"),
        ({"when": None}, "number"),
        ({"number": None, "when": None}, "none of them"),
        ({"numbers": ["7"]}, "number, when, numbers"),
    ],
)
def test_a_payment_is_simple_or_one_of_outcomes(changes: dict[str, Any], found: str) -> None:
    changes = {f"payments.sign_up.{key}": value for key, value in changes.items()}
    expected = "either number and when, or numbers and outcomes"
    assert refusals(**changes) == [("card-payment", "payments.sign_up", found, expected)]


def test_an_outcome_needs_a_price_on_itself_or_on_its_payment() -> None:
    place = "payments.outcomes.outcomes.maths"
    assert refusals(**{"payments.outcomes.price": None}) == [
        ("card-missing-key", place, "no price", "price, on the payment or on each outcome")
    ]
    own = built(**{"payments.outcomes.price": None, f"{OUTCOMES}.maths.price": "1.00"})
    assert own.payables[2].price == {date.min: Decimal("1.00")}
    assert codes(**{"payments.sign_up.price": None}) == ["card-missing-key"]


def test_an_outcome_takes_over_what_it_does_not_say_itself() -> None:
    card = built(
        **{
            f"{OUTCOMES}.maths.phases": ["primary"],
            f"{OUTCOMES}.maths.clause": "3a",
            "payments.outcomes.requires": {"any": ["engagement"]},
        }
    )
    maths = card.payables[2]
    assert (maths.phases, maths.clause, maths.numbers) == (("primary",), "3a", (3, 4))
    assert maths.requires is not None
    assert maths.requires.payments == ("engagement",)
    assert maths.last_window == maths.endpoint
    assert maths.path == ("payments", "outcomes", "outcomes", "maths")
    assert card.payables[1].last_window == card.payables[1].window
    assert [payable.order for payable in card.payables] == [0, 1, 2]
    assert card.stated_at(maths, "phases") == (*maths.path, "phases")
    assert card.stated_at(maths, "price") == ("payments", "outcomes", "price")


@pytest.mark.parametrize(
    ("payment", "requires", "expected"),
    [
        ("outcomes", "engagement", None),
        ("outcomes", "sign_up", None),
        ("engagement", "engagement", "a payment above it that has no outcomes: sign_up"),
        (
            "engagement",
            "outcomes",
            "a payment above it that has no outcomes: sign_up",
        ),
        (
            "outcomes",
            "engagment",
            "a payment above it that has no outcomes: sign_up or engagement (did you mean engagement?)",
        ),
        ("sign_up", "engagement", "a payment above it that has no outcomes: there is none"),
    ],
)
def test_a_gate_stands_above_and_has_no_outcomes(payment: str, requires: str, expected: str | None) -> None:
    found = refusals(**{f"payments.{payment}.requires": {"all": [requires]}})
    place = f"payments.{payment}.requires"
    assert found == ([("card-requires", place, f"`{requires}`", expected)] if expected else [])


@pytest.mark.parametrize(
    ("requires", "found"),
    [({"any": ["sign_up"], "all": ["sign_up"]}, "both any and all"), ({}, "neither any nor all")],
)
def test_a_gate_asks_for_any_or_for_all(requires: dict[str, Any], found: str) -> None:
    expected = "either any or all of some payments"
    assert refusals(**{"payments.outcomes.requires": requires}) == [
        ("card-value", "payments.outcomes.requires", found, expected)
    ]


# ---------------------------------------------------------------- tests and measures


@pytest.mark.parametrize(
    ("test", "measure", "fits"),
    [
        ("happened", "consent", True),
        ("happened", "partner_sessions", False),
        ("reaches", "partner_sessions", True),
        ("reaches", "partner_engaged_rate", True),
        ("reaches", "attendance_rate", True),
        ("reaches", "consent", False),
        ("reaches", "sdq.total", False),
        ("improves", "attendance_rate", True),
        ("improves", "sdq.total", True),
        ("improves", "attainment.maths", True),
        ("improves", "partner_attendance_rate", False),
        ("improves", "partner_sessions", False),
        ("progresses", "attainment.reading", True),
        ("progresses", "sdq.total", False),
        ("progresses", "attendance_rate", False),
        ("crosses", "sdq.peer", True),
        ("crosses", "attendance_rate", True),
        ("crosses", "partner_engaged_rate", False),
    ],
)
def test_a_test_suits_its_measure(test: str, measure: str, *, fits: bool) -> None:
    rest: dict[str, dict[str, Any]] = {
        "happened": {},
        "reaches": {"at_least": "1"},
        "improves": {"by": "1"},
        "progresses": {"by": "1"},
        "crosses": {"at_risk": {"below": "5"}},
    }
    found = codes(**outcome({"test": test, "measure": measure, **rest[test]}, window={"months": ["0", "1"]}))
    assert found == ([] if fits else ["card-test-measure"])


def test_a_test_that_does_not_suit_names_the_measures_that_would() -> None:
    when = {"measure": "sdq.total", "test": "progresses", "by": "1"}
    assert refusals(**outcome(when)) == [
        (
            "card-test-measure",
            "payments.outcomes.outcomes.other.when.progresses.measure",
            "`sdq.total`",
            "attainment.reading, attainment.english, attainment.writing or attainment.maths",
        )
    ]


@pytest.mark.parametrize(
    "measure", ["", "survey.", "survey.Confidence", "sdq", "sdq.anger", "attainment.art"]
)
def test_an_unknown_measure_is_refused(measure: str) -> None:
    assert set(codes(**outcome({"measure": measure, "test": "improves", "by": "1"}))) <= {
        "card-unknown-measure",
        "card-value",
    }
    assert codes(**outcome({"measure": measure, "test": "improves", "by": "1"}))


def test_possible_sessions_are_of_school_attendance_only() -> None:
    when = {
        "measure": "partner_attendance_rate",
        "test": "reaches",
        "at_least": "0.5",
        "possible_at_least": "9",
    }
    assert refusals(**outcome(when, window={"months": ["0", "1"]})) == [
        (
            "card-test-measure",
            "payments.outcomes.outcomes.other.when.reaches.possible_at_least",
            "`partner_attendance_rate`",
            "it only beside attendance_rate",
        )
    ]
    assert codes(**outcome({**when, "measure": "attendance_rate"}, window={"months": ["0", "1"]})) == []


def test_a_count_is_compared_with_a_whole_number_on_every_date() -> None:
    least = {"2016-09-01": "20", "2018-09-01": "20.5"}
    (found,) = refusals(**{"payments.engagement.when.at_least": least})
    assert found == (
        "card-value",
        "payments.engagement.when.reaches.at_least.2018-09-01",
        "`20.5`",
        "a whole number of sessions, 1 or more",
    )


# ---------------------------------------------------------------- at risk


@pytest.mark.parametrize(
    ("risk", "found"),
    [
        ({"below": "5", "above": "3"}, "below, above"),
        ({"below": "5", "band": "high", "scheme": "four"}, "below, band, scheme"),
        ({"below": "5", "scheme": "four"}, "below, scheme"),
        ({"band": "high"}, "band"),
        ({"scheme": "four"}, "scheme"),
        ({}, "none of them"),
    ],
)
def test_at_risk_says_one_thing(risk: dict[str, str], found: str) -> None:
    expected = "one of below, at_most, above or at_least, or for SDQ a band and its scheme"
    place = "payments.outcomes.outcomes.other.when.crosses.at_risk"
    assert refusals(**at_risk(**risk)) == [("card-at-risk", place, found, expected)]


@pytest.mark.parametrize("comparison", ["below", "at_most", "above", "at_least"])
def test_at_risk_is_one_of_four_comparisons(comparison: str) -> None:
    test = built(**at_risk(**{comparison: "5"})).payables[3].when
    assert isinstance(test, Change)
    assert test.at_risk is not None
    assert test.at_risk.comparison == comparison
    assert test.at_risk.threshold == {date.min: Decimal(5)}


def test_a_band_is_no_comparison() -> None:
    banded = AtRisk(band="high", scheme="four")
    assert (banded.comparison, banded.threshold) == (None, None)


@pytest.mark.parametrize("several", ["all", "any"])
def test_at_risk_stands_alone(several: str) -> None:
    crosses = {**EMOTIONAL, "at_risk": {"at_least": "5"}}
    when = {several: [{"measure": "attainment.maths", "test": "improves", "by": "1"}, crosses]}
    place = f"payments.outcomes.outcomes.other.when.{several}.1.at_risk"
    expected = "no at_risk inside all or any; make it an outcome of its own"
    assert refusals(**outcome(when)) == [("card-at-risk-inside", place, "at_risk on sdq.emotional", expected)]
    deep = {several: [{"all": [crosses]}]}
    assert codes(**outcome(deep)) == ["card-at-risk-inside"]
    assert codes(**outcome(crosses)) == []


def test_at_risk_may_stand_on_improves_and_progresses() -> None:
    maths = {"measure": "attainment.maths", "by": "1", "at_risk": {"below": "100"}}
    assert codes(**outcome({**maths, "test": "improves"})) == []
    assert codes(**outcome({**maths, "test": "progresses"})) == []


@pytest.mark.parametrize(
    ("measure", "scheme", "band", "fine"),
    [
        ("sdq.emotional", "four", "slightly_raised", True),
        ("sdq.emotional", "four", "very_high", True),
        ("sdq.emotional", "four", "close_to_average", False),
        ("sdq.emotional", "three", "borderline", True),
        ("sdq.emotional", "three", "normal", False),
        ("sdq.emotional", "three", "slightly_raised", False),
        ("sdq.emotional", "four", "low", False),
        ("sdq.prosocial", "four", "slightly_lowered", True),
        ("sdq.prosocial", "four", "slightly_raised", True),
        ("sdq.prosocial", "three", "abnormal", True),
        ("sdq.internalising", "four", "high", False),
        ("attainment.maths", "four", "high", False),
    ],
)
def test_a_band_is_one_that_is_published(measure: str, scheme: str, band: str, *, fine: bool) -> None:
    when = {"measure": measure, "test": "crosses", "at_risk": {"band": band, "scheme": scheme}}
    assert codes(**outcome(when)) == ([] if fine else ["card-band"])


@pytest.mark.parametrize(("phase", "fine"), [("early_years", False), ("primary", True)])
def test_a_band_is_not_for_early_years(phase: str, *, fine: bool) -> None:
    informants = {"early_years": "parent", **TERMS["informants"]}
    banded = outcome({**EMOTIONAL, "at_risk": {"band": "high", "scheme": "four"}}, phases=[phase])
    assert codes(informants=informants, **banded) == ([] if fine else ["card-band"])
    numbers = outcome({**EMOTIONAL, "at_risk": {"at_least": "5"}}, phases=[phase])
    assert codes(informants=informants, **numbers) == []


def test_a_band_is_fine_where_no_year_group_is_early_years() -> None:
    everyone = ["early_years", "primary", "secondary"]
    banded = outcome({**EMOTIONAL, "at_risk": {"band": "high", "scheme": "four"}}, phases=everyone)
    primary = ["N1", "N2", "R", "1", "2", "3", "4", "5", "6"]
    assert codes(phases={"primary": primary}, **banded) == []


@pytest.mark.parametrize(
    ("phases", "missing"),
    [
        (["primary"], []),
        (["primary", "post_16"], ["post_16"]),
        (["early_years", "post_16"], ["early_years", "post_16"]),
    ],
)
def test_an_sdq_measure_has_an_informant_in_every_phase(phases: list[str], missing: list[str]) -> None:
    found = refusals(**outcome({**EMOTIONAL, "at_risk": {"at_least": "5"}}, phases=phases))
    assert found == [
        (
            "card-informant",
            "informants",
            f"nobody for {phase}",
            f"{phase}: parent, teacher or self, for other",
        )
        for phase in missing
    ]


# ---------------------------------------------------------------- windows


@pytest.mark.parametrize(
    ("baseline", "endpoint", "fine"),
    [
        ({"months": ["-6", "6"]}, {"months": ["5", "12"]}, False),
        ({"months": ["-6", "6"]}, {"months": ["6", "12"]}, True),
        ({"months": ["-6", "6"]}, {"months": ["7", "12"]}, True),
        ({"academic_year": "1"}, {"academic_year": "0"}, False),
        ({"academic_year": "1"}, {"academic_year": "1"}, False),
        ({"academic_year": "1"}, {"academic_year": "2"}, True),
        # Who joins on 1 September has the whole academic year 1 before them, who joins on 31 August none.
        ({"academic_year": "1"}, {"months": ["11", "18"]}, False),
        ({"academic_year": "1"}, {"months": ["12", "18"]}, True),
        ({"months": ["-6", "1"]}, {"academic_year": "2"}, False),
        ({"months": ["-6", "0"]}, {"academic_year": "2"}, True),
    ],
)
def test_an_endpoint_window_begins_after_the_baseline_window(
    baseline: dict[str, Any], endpoint: dict[str, Any], *, fine: bool
) -> None:
    found = codes(**{"payments.outcomes.baseline": baseline, "payments.outcomes.endpoint": endpoint})
    assert found == ([] if fine else ["card-window"])


def test_windows_that_overlap_are_both_named() -> None:
    assert refusals(**{"payments.outcomes.endpoint": {"months": ["2", "12"]}}) == [
        (
            "card-window",
            "payments.outcomes.endpoint",
            "baseline months -6 to 3 from joining, endpoint months 2 to 12 from joining",
            "an endpoint window that begins after the baseline window has ended",
        )
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("payments.engagement.window", "window, for link_worker_sessions"),
        ("payments.outcomes.baseline", "baseline, for attainment.maths"),
        ("payments.outcomes.endpoint", "endpoint, for attainment.maths"),
    ],
)
def test_what_is_judged_in_a_window_has_one(path: str, expected: str) -> None:
    ((code, _, found, wanted),) = refusals(**{path: None})
    assert (code, found, wanted) == ("card-missing-key", f"no {path.rpartition('.')[2]}", expected)


@pytest.mark.parametrize(
    ("window", "joined", "start", "end"),
    [
        (Months(months=(0, 12)), date(2016, 9, 5), date(2016, 9, 5), date(2017, 9, 4)),
        (Months(months=(-6, 3)), date(2016, 8, 31), date(2016, 2, 29), date(2016, 11, 29)),
        (Months(months=(0, 1)), date(2017, 1, 31), date(2017, 1, 31), date(2017, 2, 27)),
        (AcademicYear(academic_year=1), date(2016, 9, 1), date(2016, 9, 1), date(2017, 8, 31)),
        (AcademicYear(academic_year=1), date(2016, 8, 31), date(2015, 9, 1), date(2016, 8, 31)),
        (AcademicYear(academic_year=0), date(2016, 9, 1), date(2015, 9, 1), date(2016, 8, 31)),
        (AcademicYear(academic_year=2), date(2016, 9, 1), date(2017, 9, 1), date(2018, 8, 31)),
    ],
)
def test_a_window_is_counted_from_joining(
    window: Months | AcademicYear, joined: date, start: date, end: date
) -> None:
    assert (window.of(joined).start, window.of(joined).end) == (start, end)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (Months(months=(0, 12)), "months 0 to 12 from joining"),
        (AcademicYear(academic_year=0), "the academic year before joining"),
        (AcademicYear(academic_year=1), "the academic year of joining"),
        (AcademicYear(academic_year=2), "academic year 2 (the one of joining being 1)"),
    ],
)
def test_a_window_has_words(window: Months | AcademicYear, words: str) -> None:
    assert str(window) == words


# ---------------------------------------------------------------- dated values


@pytest.mark.parametrize(
    ("day", "price"),
    [(date(2019, 3, 31), "300.00"), (date(2019, 4, 1), "312.00"), (date(2019, 4, 2), "312.00")],
)
def test_a_dated_price_is_in_force_from_its_day(day: date, price: str) -> None:
    card = built(**{"payments.sign_up.price": {"2016-09-01": "300.00", "2019-04-01": "312.00"}})
    assert in_force(card.payables[0].price or {}, day) == Decimal(price)


def test_a_value_that_is_not_dated_was_always_in_force() -> None:
    assert in_force(built().payables[0].price or {}, date(1950, 1, 1)) == Decimal(300)


JOINED_FIRST = "2016-09-01"


@pytest.mark.parametrize(
    ("path", "value", "needed"),
    [
        ("payments.sign_up.price", "300", JOINED_FIRST),  # consent can come on the day of joining
        ("payments.engagement.price", "300", JOINED_FIRST),  # a count, on the first day of its window
        ("payments.engagement.when.at_least", "20", "2017-08-31"),  # the last day of the first window
        ("payments.outcomes.price", "700", "2018-08-31"),  # the last day of the first endpoint window
        (f"{OUTCOMES}.maths.when.by", "1", "2018-08-31"),
        ("commissioners.school.share", "0.20", JOINED_FIRST),
    ],
)
def test_a_dated_value_begins_by_the_day_on_which_it_is_first_needed(
    path: str, value: str, needed: str
) -> None:
    day = date.fromisoformat(needed)
    before, after = date.fromordinal(day.toordinal() - 1), date.fromordinal(day.toordinal() + 1)
    assert codes(**{path: {str(before): value}}) == []
    assert codes(**{path: {needed: value}}) == []
    ((code, _, found, expected),) = refusals(**{path: {str(after): value}})
    assert (code, found) == ("card-dated", f"nothing before {after}")
    assert expected == f"a value in force on {needed}, when it can first be needed"


@pytest.mark.parametrize(
    ("payment", "when", "needed"),
    [
        ({"window": {"months": ["3", "6"]}}, CONSENT, "2016-12-01"),
        ({"window": {"months": ["-3", "6"]}}, CONSENT, "2016-09-01"),
        ({"window": {"months": ["3", "6"]}}, {"any": [LINK_WORKER, CONSENT]}, "2016-12-01"),
        (
            {"window": {"months": ["3", "6"]}},
            {
                "all": [
                    LINK_WORKER,
                    {"measure": "partner_attendance_rate", "test": "reaches", "at_least": "0.5"},
                ]
            },
            "2017-02-28",
        ),
        (
            {"window": {"months": ["3", "6"]}},
            {
                "any": [
                    LINK_WORKER,
                    {"measure": "partner_attendance_rate", "test": "reaches", "at_least": "0.5"},
                ]
            },
            "2016-12-01",
        ),
    ],
)
def test_what_can_fall_due_later_needs_its_price_later(
    payment: dict[str, Any], when: dict[str, Any], needed: str
) -> None:
    def late(first: str) -> dict[str, Any]:
        return {
            "payments.late": {"number": "9", "clause": "9", "when": when, "price": {first: "1"}, **payment}
        }

    day = date.fromisoformat(needed)
    assert codes(**late(needed)) == []
    assert codes(**late(str(date.fromordinal(day.toordinal() + 1)))) == ["card-dated"]


def test_what_falls_due_before_the_term_needs_no_price() -> None:
    term = {"from": "2017-01-01", "to": "2021-03-31"}
    assert codes(term=term, **{"payments.sign_up.price": {"2017-01-01": "300"}}) == []
    assert codes(term=term, **{"payments.sign_up.price": {"2017-01-02": "300"}}) == ["card-dated"]


def test_one_price_of_several_outcomes_is_found_late_once() -> None:
    other = outcome({"measure": "attainment.reading", "test": "improves", "by": "1"})
    assert codes(**other, **{"payments.outcomes.price": {"2020-01-01": "1"}}) == ["card-dated"]


def test_dated_risks_and_possible_sessions_are_looked_up_in_the_endpoint_window() -> None:
    when = {"measure": "attendance_rate", "test": "crosses"}
    late = {"2018-09-01": "0.95"}
    in_time = {"2018-08-31": "0.95"}
    assert codes(**outcome({**when, "at_risk": {"below": late}})) == ["card-dated"]
    assert codes(**outcome({**when, "at_risk": {"below": in_time}})) == []
    few = {**when, "at_risk": {"below": "0.95"}, "possible_at_least": {"2018-09-01": "150"}}
    assert codes(**outcome(few)) == ["card-dated"]


# ---------------------------------------------------------------- surveys, scales, phases, framework


def test_a_survey_that_is_used_is_described() -> None:
    when = {"measure": "survey.confidence", "test": "improves", "by": "1"}
    expected = "surveys: {confidence: {range: [0, 100], better: higher}}"
    assert refusals(**outcome(when)) == [
        ("card-survey", "payments.outcomes.outcomes.other.when.measure", "`survey.confidence`", expected)
    ]
    assert codes(surveys={"confidence": {"range": ["0", "100"], "better": "higher"}}, **outcome(when)) == []


def test_a_survey_that_is_only_monitored_is_described_too() -> None:
    area = {"domain": "wellbeing", "area": "Confidence", "measures": ["sdq.total", "survey.confidence"]}
    ((code, place, _, _),) = refusals(framework=[area])
    assert (code, place) == ("card-survey", "framework.0.measures.1")


@pytest.mark.parametrize(("low", "high", "fine"), [("0", "1", True), ("1", "1", False), ("2", "1", False)])
def test_a_range_goes_from_a_lower_to_a_higher_number(low: str, high: str, *, fine: bool) -> None:
    found = [] if fine else ["card-value"]
    assert codes(surveys={"confidence": {"range": [low, high], "better": "lower"}}) == found
    assert codes(scales={"ladder": {"range": [low, high], "age_relative": "true"}}) == found


@pytest.mark.parametrize(
    ("scale", "found"),
    [
        ({"values": ["C", "B", "A"]}, []),
        ({"range": ["0", "60"]}, []),
        ({"values": ["C", "B"], "range": ["0", "60"]}, ["both values and range"]),
        ({}, ["neither values nor range"]),
    ],
)
def test_a_scale_has_values_in_order_or_a_range(scale: dict[str, Any], found: list[str]) -> None:
    refused = refusals(scales={"ladder": {**scale, "age_relative": "false"}})
    assert [said for _, _, said, _ in refused] == found


def test_a_scale_has_each_value_once_and_at_least_two() -> None:
    assert codes(scales={"ladder": {"values": ["A", "A"], "age_relative": "true"}}) == ["card-value"]
    assert codes(scales={"ladder": {"values": ["A"], "age_relative": "true"}}) == ["too_short"]


def test_a_scale_of_the_cards_own_has_a_name_of_its_own() -> None:
    own = {"values": ["C", "B", "A"], "age_relative": "true"}
    assert refusals(scales={"gcse": own}) == [
        ("card-scale", "scales.gcse", "`gcse`", "a name that no published scale has")
    ]
    card = built(scales={"ladder": own})
    assert card.all_scales == SCALES | {"ladder": Scale(age_relative=True, values=("C", "B", "A"))}


def test_a_card_may_group_year_groups_otherwise() -> None:
    phase_of = built(phases={"secondary": ["6", "7"]}).phase_of
    assert [phase_of[year] for year in ("N1", "5", "6", "7", "8", "13")] == [
        "early_years", "primary", "secondary", "secondary", "secondary", "post_16",
    ]  # fmt: skip


@pytest.mark.parametrize("phases", [{"primary": ["6"], "secondary": ["6", "7"]}, {"primary": ["6", "6"]}])
def test_a_year_group_is_in_one_phase(phases: dict[str, list[str]]) -> None:
    assert codes(phases=phases) == ["card-value"]


# ---------------------------------------------------------------- everything at once


def test_errors_of_different_parts_come_out_together() -> None:
    found = codes(
        **{
            "vershion": "2",
            "title": "",
            "commissioners.council.share": "0.70",
            "payments.sign_up.when": {"measure": "consnt", "test": "happened"},
            "payments.outcomes.numbers": ["2", "3"],
            "payments.outcomes.endpoint": {"months": ["2", "24"]},
        }
    )
    assert sorted(found) == [
        "card-shares", "card-unknown-key", "card-unknown-measure", "card-value", "card-value", "card-window",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        {"payments.engagement.price": "x"},
        {"informants": {"primary": "dog"}},
        {"commissioners": {}},
        {"commissioners.council.share": "x"},
        {"joined": "2016"},
        {"payments": {}},
        {"payments": "none"},
        {"surveys": []},
        {"framework": "none"},
    ],
)
def test_a_broken_part_brings_no_errors_that_would_be_gone_once_it_is_mended(broken: dict[str, Any]) -> None:
    rest = {
        **outcome({**EMOTIONAL, "at_risk": {"at_least": "5"}}),
        "payments.outcomes.requires": {"any": ["engagement"]},
        "matching": {"commissioner": "school", "times": "3"},
    }
    if "payments" in broken:
        rest = {"matching": {"commissioner": "school", "times": "3"}}
    assert len(refusals(**rest, **broken)) == 1


@pytest.mark.parametrize("nothing", [None, [], "a card", {}])
def test_what_is_no_card_at_all_is_refused(nothing: object) -> None:
    with pytest.raises(ValidationError):
        Card.model_validate(nothing)


def test_a_card_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        built().title = "Other"  # type: ignore[misc]


# ---------------------------------------------------------------- vocabulary


def test_every_measure_has_a_kind_a_table_and_words() -> None:
    assert {kind(measure) for measure in KINDS} == set(Kind)
    tables = {table(measure) for measure in [*KINDS, "survey.confidence"]}
    assert tables == {"children", "engagement", "attendance", "attainment", "sdq", "survey"}
    assert kind("survey.confidence") is Kind.READINGS
    assert name("survey.parental_engagement") == "parental engagement survey score"
    assert all(name(measure) for measure in KINDS)


def test_allowed_names_are_listed_with_the_near_one() -> None:
    assert listed(["one"]) == "one"
    assert listed(["one", "two", "three"]) == "one, two or three"
    assert one_of("pirce", ["price", "clause"]) == "price or clause (did you mean price?)"
    assert one_of("zzz", ["price", "clause"]) == "price or clause"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(0), "0"),
        (Fraction(1), "1"),
        (Fraction(10), "10"),
        (Fraction(1, 4), "0.25"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(-3), "-3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 10**12), "0.000000000001"),
    ],
)
def test_a_fraction_is_written_exactly(value: Fraction, words: str) -> None:
    assert exact(value) == words
