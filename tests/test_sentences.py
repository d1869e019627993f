"""The terms of the shipped cards in words that a lawyer could sign, and the words of every other term.

A paragraph begins at the margin, and its further lines are indented.
"""

from copy import deepcopy
from typing import Any

import pytest

from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.sentence import heading, sentence
from wlz_calc.ratecard.summary import meanings, summary
from wlz_calc.read.cards import read_card, shipped

HAMMERSMITH_FULHAM = """
West London Zone Collective Impact Bond, three outcome measures: version 1 of the terms of the contract
  hammersmith-fulham.
Source: GO Lab project database, Commissioning Better Outcomes Fund: West London Zone Collective Impact
  Bond, Outcomes, 31 December 2017.
Children who joined from 1 September 2016 to 31 March 2020 are on these terms.
Nothing that falls due before 1 September 2016 or after 31 March 2022 is payable.
Every payment is shared by: London Borough of Hammersmith and Fulham 35%; Big Lottery Fund
  (Commissioning Better Outcomes) 20%; Private philanthropy 25%; The child's school 20% (each school for
  its own children).
The others together pay at least 3 times the share of: The child's school.
No limit is set on what is payable.
A child who leaves is judged as the others are; sessions after the day of leaving do not count.
The SDQ that counts is the one completed by the teacher (primary) and the child (secondary).
Year groups R, 1, 2, 3, 4, 5 and 6 are primary.
Year groups 7, 8, 9, 10 and 11 are secondary.
The confidence survey is scored from 0 to 100; higher is better.
The school engagement survey is scored from 0 to 100; higher is better.
The parental engagement survey is scored from 0 to 100; higher is better.
Illustrative, because no public source states them: joined, term, shares, detail, leavers, informants,
  structure, prices, windows, thresholds, phases, surveys and framework.

Payment 1 (Sign-up): £400.00 when, in months 0 to 3 from joining, consent to take part has been given
  and the child has joined, the later of these two days counting.
Payment 2 (Engagement): £800.00 when, in months 0 to 12 from joining, the child has attended at least 15
  one-to-one Link Worker sessions, and attendance at delivery-partner sessions is at least 70%.
Payments 3, 4 and 5 (Outcomes), at most three: £1,000.00 for Attendance (primary and secondary phases
  only) when, from a baseline in the academic year before joining to an endpoint in academic year 2 (the
  one of joining being 1), school attendance (of at least 150 possible sessions in each window), at risk
  at the baseline, rises by at least 1 percentage point, at risk being below 96%.
Payments 3, 4 and 5 (Outcomes), at most three: £1,000.00 for English (primary and secondary phases only)
  when, from a baseline in months -6 to 6 from joining to an endpoint in months 18 to 24 from joining,
  attainment in English rises by more than expected.
Payments 3, 4 and 5 (Outcomes), at most three: £1,000.00 for SDQ (primary and secondary phases only)
  when, from a baseline in months -6 to 6 from joining to an endpoint in months 18 to 24 from joining,
  the SDQ total score as completed by the teacher (primary) or the child (secondary), at risk at the
  baseline, falls by at least 3 points, at risk being "borderline" or a worse one of the three bands
  (the teacher: 12 or more; the child: 16 or more).
"""

KENSINGTON_CHELSEA = """
West London Zone Collective Impact Bond, six payments: version 1 of the terms of the contract
  kensington-chelsea.
Source: INDIGO impact bond dataset, INDIGO-POJ-0162, Outcome metrics, 31 March 2021.
Children who joined from 1 November 2016 to 31 March 2019 are on these terms.
Nothing that falls due before 1 November 2016 or after 31 March 2021 is payable.
Every payment is shared by: Royal Borough of Kensington and Chelsea 30%; Big Lottery Fund (Commissioning
  Better Outcomes) 20%; Private philanthropy 30%; The child's school 20% (each school for its own
  children).
The others together pay at least 3 times the share of: The child's school.
Big Lottery Fund (Commissioning Better Outcomes) pays at most £760,000.00 under the contract.
At most £3,800,000.00 under the contract is payable.
A child who leaves is judged as the others are; sessions after the day of leaving do not count.
The SDQ that counts is the one completed by the teacher (primary) and the child (secondary).
Year groups R, 1, 2, 3, 4, 5 and 6 are primary.
Year groups 7, 8, 9, 10 and 11 are secondary.
The confidence survey is scored from 0 to 100; higher is better.
The parental engagement survey is scored from 0 to 100; higher is better.
The school engagement survey is scored from 0 to 100; higher is better.
Illustrative, because no public source states them: joined, commissioners, shares, commitments,
  matching, detail, leavers, informants, prices, windows, thresholds, surveys and framework.

Payment 1 (Sign-up): £300.00 from 1 November 2016 and £312.00 from 1 April 2019 when consent to take
  part has been given and the child has joined.
Payment 2 (Engagement): £450.00 when, in months 0 to 12 from joining, the child has attended at least 20
  one-to-one Link Worker sessions and at least 10 delivery-partner sessions, and attendance at
  delivery-partner sessions is at least 75%.
Payment 3 (Continued engagement): £450.00 when, in months 12 to 24 from joining, the child has attended
  at least 20 one-to-one Link Worker sessions and at least 10 delivery-partner sessions, and attendance
  at delivery-partner sessions is at least 75%.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Reading (primary phase only) when, from a
  baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining, attainment in
  Reading rises by at least 1 point more than expected, and only if Payment 2 (Engagement) or Payment 3
  (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for English (secondary phase only) when, from a
  baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining, attainment in
  English rises by at least 1 point more than expected, and only if Payment 2 (Engagement) or Payment 3
  (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Maths (primary and secondary phases only)
  when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining,
  attainment in Maths rises by at least 1 point more than expected, and only if Payment 2 (Engagement)
  or Payment 3 (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Writing (primary phase only) when, from a
  baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining, attainment in
  Writing rises by at least 1 point more than expected, and only if Payment 2 (Engagement) or Payment 3
  (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for School engagement (secondary phase only)
  when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining,
  the school engagement survey score, at risk at the baseline, is no longer at risk at the endpoint, at
  risk being below 50, and only if Payment 2 (Engagement) or Payment 3 (Continued engagement) is met
  too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Emotional wellbeing (primary and secondary
  phases only) when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24
  from joining, the SDQ emotional score as completed by the teacher (primary) or the child (secondary),
  at risk at the baseline, is no longer at risk at the endpoint, at risk being "slightly raised" or a
  worse one of the four bands (the teacher: 4 or more; the child: 5 or more), and only if Payment 2
  (Engagement) or Payment 3 (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Relationships (primary and secondary phases
  only) when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from
  joining, the SDQ peer score as completed by the teacher (primary) or the child (secondary), at risk at
  the baseline, is no longer at risk at the endpoint, at risk being "slightly raised" or a worse one of
  the four bands (the teacher: 3 or more; the child: 3 or more), and only if Payment 2 (Engagement) or
  Payment 3 (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Attendance (primary and secondary phases
  only) when, from a baseline in the academic year before joining to an endpoint in academic year 2 (the
  one of joining being 1), school attendance (of at least 150 possible sessions in each window), at risk
  at the baseline, rises by at least 2 percentage points, at risk being below 95%, and only if Payment 2
  (Engagement) or Payment 3 (Continued engagement) is met too.
Payments 4, 5 and 6 (Outcomes), at most three: £700.00 for Parental engagement (primary and secondary
  phases only) when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24
  from joining, the parental engagement survey score rises by at least 10 points, and only if Payment 2
  (Engagement) or Payment 3 (Continued engagement) is met too.
"""

LIFE_CHANCES_FUND = """
West London Zone Collective Impact Bond, Life Chances Fund: version 1 of the terms of the contract
  life-chances-fund.
Source: INDIGO impact bond dataset, INDIGO-POJ-0184, Outcome metrics, 30 September 2024.
Children who joined from 1 August 2019 to 30 September 2022 are on these terms.
Nothing that falls due before 1 August 2019 or after 30 September 2024 is payable.
Every payment is shared by: The child's borough 35% (each authority for its own children); Life Chances
  Fund 30%; Private philanthropy 20%; The child's school 15% (each school for its own children).
The others together pay at least 3 times the share of: The child's school.
At most £16,240,000.00 under the contract is payable.
A child who leaves is judged as the others are; sessions after the day of leaving do not count.
The SDQ that counts is the one completed by the teacher (primary) and the child (secondary).
Year groups R, 1, 2, 3, 4, 5 and 6 are primary.
Year groups 7, 8, 9, 10 and 11 are secondary.
The confidence survey is scored from 0 to 100; higher is better.
The parental engagement survey is scored from 0 to 100; higher is better.
The school engagement survey is scored from 0 to 100; higher is better.
Illustrative, because no public source states them: structure, joined, shares, matching, detail,
  leavers, informants, prices, windows, thresholds, phases, outcomes, surveys and framework.

Payment 1 (Sign-up): £500.00 when consent to take part has been given and the child has joined.
Payment 2 (High engagement): £1,500.00 when, in months 0 to 12 from joining, the child has attended at
  least 30 one-to-one Link Worker sessions and at least 20 delivery-partner sessions, and attendance at
  delivery-partner sessions is at least 80%.
Payments 3, 4 and 5 (Outcomes), at most three: £1,500.00 for Reading (primary phase only) when, from a
  baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining, attainment in
  Reading rises by more than expected.
Payments 3, 4 and 5 (Outcomes), at most three: £1,500.00 for English (secondary phase only) when, from a
  baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining, attainment in
  English rises by more than expected.
Payments 3, 4 and 5 (Outcomes), at most three: £1,500.00 for Maths (primary and secondary phases only)
  when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from joining,
  attainment in Maths rises by more than expected.
Payments 3, 4 and 5 (Outcomes), at most three: £1,500.00 for Emotional wellbeing (primary and secondary
  phases only) when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24
  from joining, the SDQ emotional score as completed by the teacher (primary) or the child (secondary),
  at risk at the baseline, is no longer at risk at the endpoint, at risk being "slightly raised" or a
  worse one of the four bands (the teacher: 4 or more; the child: 5 or more).
Payments 3, 4 and 5 (Outcomes), at most three: £1,500.00 for Relationships (primary and secondary phases
  only) when, from a baseline in months -6 to 3 from joining to an endpoint in months 18 to 24 from
  joining, the SDQ peer score as completed by the teacher (primary) or the child (secondary), at risk at
  the baseline, is no longer at risk at the endpoint, at risk being "slightly raised" or a worse one of
  the four bands (the teacher: 3 or more; the child: 3 or more).
Payments 3, 4 and 5 (Outcomes), at most three: £1,500.00 for Attendance (primary and secondary phases
  only) when, from a baseline in the academic year before joining to an endpoint in academic year 2 (the
  one of joining being 1), school attendance (of at least 150 possible sessions in each window), at risk
  at the baseline, is no longer at risk at the endpoint, at risk being below 95%.
"""

MEANINGS = """
Months a to b from joining begin on the day a months after the day of joining (before it, where a is
  negative) and end on the day before the one b months after it.
An academic year runs from 1 September to 31 August.
The baseline is the last reading in its window on or before the day of joining or, if there is none, the
  first after it; the endpoint is the last in its window after the baseline (of attainment, on the same
  scale).
A child who was not at risk at the baseline is not eligible.
What is expected is the change between the expected scores recorded with the two readings; where they
  are not, no change on a scale that is relative to age, and on any other the progress is not assessable.
On a scale of ordered values a point is one place.
What requires another payment falls due no earlier than that payment.
Outcomes are paid in the order in which they fall due; on one day, the higher price first.
A price or a share is the one in force on the day on which the payment falls due; any other figure, the
  one in force on the last day of the window judged.
"""


def paragraphs(text: str) -> list[str]:
    lines = text.strip().replace("\n  ", " ").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def shipped_card(name: str) -> Card:
    read, _ = read_card(shipped()[name], name)
    assert read is not None
    return read.card


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hammersmith-fulham", HAMMERSMITH_FULHAM),
        ("kensington-chelsea", KENSINGTON_CHELSEA),
        ("life-chances-fund", LIFE_CHANCES_FUND),
    ],
)
def test_a_shipped_card_is_said_in_plain_sentences(name: str, text: str) -> None:
    card = shipped_card(name)
    said = [*summary(card), *(sentence(card, payable) for payable in card.payables)]
    assert said == paragraphs(text)


def test_the_words_of_the_sentences_are_explained() -> None:
    assert meanings(shipped_card("kensington-chelsea")) == paragraphs(MEANINGS)


def test_words_that_a_card_does_not_use_are_not_explained() -> None:
    card = built(when=CONSENT)
    assert meanings(card) == []
    assert len(meanings(built(when=CONSENT, price={"2016-09-01": "1"}))) == 1


# ---------------------------------------------------------------- one payment, every condition

CONSENT = {"measure": "consent", "test": "happened"}
LINK_WORKER = {"measure": "link_worker_sessions", "test": "reaches", "at_least": "20"}
PARTNER = {"measure": "partner_sessions", "test": "reaches", "at_least": "1"}
RATE = {"measure": "partner_engaged_rate", "test": "reaches", "at_least": "0.125"}
SCHOOL = {"measure": "attendance_rate", "test": "reaches", "at_least": "0.9", "possible_at_least": "150"}
MATHS = {"measure": "attainment.maths", "test": "progresses", "by": "1"}
YEARS = {"baseline": {"academic_year": "0"}, "endpoint": {"academic_year": "1"}}
MONTHS = {"baseline": {"months": ["-6", "0"]}, "endpoint": {"months": ["0", "6"]}}

TERMS: dict[str, Any] = {
    "contract": "brent",
    "version": "1",
    "title": "Small",
    "joined": {"from": "2016-09-01", "to": "2019-03-31"},
    "term": {"from": "2016-09-01", "to": "2021-03-31"},
    "currency": "GBP",
    "source": {"document": "The contract", "clause": "Schedule 1", "dated": "2016-08-01"},
    "commissioners": {"council": {"name": "The council", "share": "1"}},
    "informants": {"early_years": "parent", "primary": "teacher", "secondary": "self", "post_16": "self"},
    "surveys": {
        "worry": {"range": ["0", "10"], "better": "lower"},
        "hope": {"range": ["0", "10"], "better": "higher"},
    },
    "payments": {"late": {"number": "1", "price": "5.00", "clause": "1"}},
}


def built(**payment: object) -> Card:
    terms = deepcopy(TERMS)
    terms["payments"]["late"] |= payment
    return Card.model_validate(terms)


def said(**payment: object) -> str:
    card = built(**payment)
    start, _, rest = sentence(card, card.payables[0]).partition(": £5.00 ")
    assert start == "Payment 1 (Late)"
    return rest


@pytest.mark.parametrize(
    ("payment", "words"),
    [
        ({"when": CONSENT}, "when consent to take part has been given and the child has joined."),
        (
            {"when": LINK_WORKER, "window": {"months": ["0", "12"]}},
            """
            when, in months 0 to 12 from joining, the child has attended at least 20 one-to-one Link Worker
            sessions.
            """,
        ),
        (
            {"when": {"all": [PARTNER]}, "window": {"academic_year": "1"}},
            """
            when, in the academic year of joining, the child has attended at least 1 delivery-partner
            session.
            """,
        ),
        (
            {"when": RATE, "window": {"months": ["0", "12"]}, "phases": ["post_16"]},
            """
            (post-16 phase only) when, in months 0 to 12 from joining, engagement at the delivery-partner
            sessions attended is at least 12.5%.
            """,
        ),
        (
            {"when": SCHOOL, "window": {"academic_year": "2"}},
            """
            when, in academic year 2 (the one of joining being 1), school attendance is at least 90% (of at
            least 150 possible sessions).
            """,
        ),
        (
            {"when": {"any": [LINK_WORKER, PARTNER, RATE]}, "window": {"months": ["0", "12"]}},
            """
            when, in months 0 to 12 from joining, either the child has attended at least 20 one-to-one Link
            Worker sessions or at least 1 delivery-partner session, or engagement at the delivery-partner
            sessions attended is at least 12.5%.
            """,
        ),
        (
            {"when": {"all": [LINK_WORKER, RATE, SCHOOL]}, "window": {"academic_year": "1"}},
            """
            when, in the academic year of joining, the child has attended at least 20 one-to-one Link Worker
            sessions; engagement at the delivery-partner sessions attended is at least 12.5%; and school
            attendance is at least 90% (of at least 150 possible sessions).
            """,
        ),
        (
            {"when": {"all": [RATE, {"any": [PARTNER, SCHOOL]}]}, "window": {"academic_year": "1"}},
            """
            when, in the academic year of joining, engagement at the delivery-partner sessions attended is
            at least 12.5%, and (either the child has attended at least 1 delivery-partner session, or
            school attendance is at least 90% (of at least 150 possible sessions)).
            """,
        ),
        (
            {
                "when": {"all": [CONSENT, {"all": [PARTNER]}, MATHS]},
                "window": {"months": ["0", "3"]},
                **MONTHS,
            },
            """
            when consent to take part has been given and the child has joined, the later of these two days
            counting in months 0 to 3 from joining; the child has attended at least 1 delivery-partner
            session in months 0 to 3 from joining; and attainment in Maths rises by at least 1 point more
            than expected from a baseline in months -6 to 0 from joining to an endpoint in months 0 to 6
            from joining.
            """,
        ),
        (
            {"when": {**MATHS, "by": "0"}, **YEARS},
            """
            when, from a baseline in the academic year before joining to an endpoint in the academic year of
            joining, attainment in Maths rises by at least what is expected.
            """,
        ),
        (
            {"when": {**MATHS, "strictly": "true", "at_risk": {"at_most": "85"}}, **YEARS},
            """
            when, from a baseline in the academic year before joining to an endpoint in the academic year of
            joining, attainment in Maths, at risk at the baseline, rises by more than 1 point more than
            expected, at risk being 85 or below.
            """,
        ),
        (
            {
                "when": {
                    "measure": "survey.worry",
                    "test": "improves",
                    "by": "0.5",
                    "at_risk": {"above": "7"},
                },
                **YEARS,
            },
            """
            when, from a baseline in the academic year before joining to an endpoint in the academic year of
            joining, the worry survey score, at risk at the baseline, falls by at least 0.5 points, at risk
            being above 7.
            """,
        ),
        (
            {
                "when": {
                    "measure": "survey.hope",
                    "test": "improves",
                    "by": {"2016-09-01": "1", "2018-09-01": "2"},
                },
                **YEARS,
            },
            """
            when, from a baseline in the academic year before joining to an endpoint in the academic year of
            joining, the hope survey score rises by at least 1 point from 1 September 2016 and 2 points from
            1 September 2018.
            """,
        ),
        (
            {"when": {"measure": "attendance_rate", "test": "improves", "by": "0.005"}, **YEARS},
            """
            when, from a baseline in the academic year before joining to an endpoint in the academic year of
            joining, school attendance rises by at least 0.5 percentage points.
            """,
        ),
        (
            {
                "when": {
                    "measure": "sdq.prosocial",
                    "test": "crosses",
                    "at_risk": {"band": "slightly_lowered", "scheme": "four"},
                },
                "phases": ["primary", "secondary", "post_16"],
                **YEARS,
            },
            """
            (primary, secondary and post-16 phases only) when, from a baseline in the academic year before
            joining to an endpoint in the academic year of joining, the SDQ prosocial score as completed by
            the teacher (primary) or the child (secondary and post-16), at risk at the baseline, is no
            longer at risk at the endpoint, at risk being "slightly lowered" or a worse one of the four
            bands (the teacher: 5 or less; the child: 6 or less).
            """,
        ),
        (
            {
                "when": {
                    "measure": "sdq.prosocial",
                    "test": "improves",
                    "by": "1",
                    "at_risk": {"at_least": "3"},
                },
                "phases": ["early_years"],
                **YEARS,
            },
            """
            (early years phase only) when, from a baseline in the academic year before joining to an
            endpoint in the academic year of joining, the SDQ prosocial score as completed by the parent
            (early years), at risk at the baseline, rises by at least 1 point, at risk being 3 or above.
            """,
        ),
    ],
)
def test_every_condition_has_its_words(payment: dict[str, Any], words: str) -> None:
    assert [said(**payment)] == paragraphs(words)


def test_a_gate_of_several_payments_is_said_with_and_or_or() -> None:
    terms = deepcopy(TERMS)
    late = terms["payments"].pop("late") | {"when": CONSENT, "number": "3"}
    for number, name in enumerate(("one", "two"), start=1):
        terms["payments"][name] = {"number": number, "price": "1", "clause": name, "when": CONSENT}
    for way, words in (("all", "and Payment 2 (Two) are"), ("any", "or Payment 2 (Two) is")):
        terms["payments"]["late"] = late | {"requires": {way: ["one", "two"]}}
        card = Card.model_validate(terms)
        assert sentence(card, card.payables[2]).endswith(f", and only if Payment 1 (One) {words} met too.")
    terms["payments"]["late"]["requires"] = {"all": ["one"]}
    card = Card.model_validate(terms)
    assert sentence(card, card.payables[2]).endswith(", and only if Payment 1 (One) is met too.")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["3"], "Payment 3 (Outcomes), at most one"),
        (["3", "5"], "Payments 3 and 5 (Outcomes), at most two"),
        (
            [str(n) for n in range(2, 13)],
            "Payments 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 12 (Outcomes), at most 11",
        ),
    ],
)
def test_a_heading_counts_the_outcomes_that_are_paid(numbers: list[str], words: str) -> None:
    terms = deepcopy(TERMS)
    maths = {"when": MATHS, "price": "1"}
    terms["payments"] = {
        "outcomes": {"numbers": numbers, "clause": "1", "outcomes": {"maths": maths}, **YEARS}
    }
    assert heading(Card.model_validate(terms), "outcomes") == words


WHOLE = """
Every payment is shared by: The council 80% from 1 September 2016 and 75% from 1 April 2018; The school
  20% from 1 September 2016 and 25% from 1 April 2018 (each school for its own children).
The school (each school) pays at most £1,000.00 under the contract.
At most £3.00 under the contract, £2.00 in a financial year (from 1 April, by due date) and £1.00 for a
  child is payable.
A child who leaves is not eligible for what was not met by the day of leaving, unless its window had
  ended by then.
Year groups 7, 8, 9, 10 and 11 are secondary.
The scale ladder is C < B < A, relative to age.
The scale our points is 0 to 60.5, not relative to age.
"""


def test_what_holds_for_the_whole_card_is_said_where_the_card_states_it() -> None:
    terms = deepcopy(TERMS)
    terms["payments"]["late"]["when"] = CONSENT
    terms |= {
        "commissioners": {
            "council": {"name": "The council", "share": {"2016-09-01": "0.8", "2018-04-01": "0.75"}},
            "school": {
                "name": "The school",
                "share": {"2016-09-01": "0.2", "2018-04-01": "0.25"},
                "each": "school",
                "commitment": "1000",
            },
        },
        "limits": {"contract": "3", "financial_year": "2", "child": "1"},
        "leavers": "not_eligible",
        "surveys": {},
        "informants": {},
        "phases": {"secondary": ["7", "8"]},
        "scales": {
            "ladder": {"values": ["C", "B", "A"], "age_relative": "true"},
            "our_points": {"range": ["0", "60.5"], "age_relative": "false"},
        },
    }
    assert summary(Card.model_validate(terms))[4:] == paragraphs(WHOLE)
