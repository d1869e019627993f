"""Keys: what every key of a card is called, what its value is and what it means, part by part."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from wlz_calc.ratecard.base import Terms
from wlz_calc.ratecard.card import (
    Card,
    Commissioner,
    Limits,
    Matching,
    Monitored,
    Outcome,
    OwnScale,
    Payment,
    Range,
    Requires,
    Source,
    Survey,
)
from wlz_calc.ratecard.conditions import (
    AllOf,
    AnyOf,
    AtRisk,
    Crosses,
    Happened,
    Improves,
    Progresses,
    Reaches,
    Single,
)
from wlz_calc.ratecard.invoicing import Invoicing, Supplier, Vat
from wlz_calc.ratecard.windows import AcademicYear, Months

ASKED: Final[Mapping[type[Single], str]] = {
    Happened: "happened",
    Reaches: "reaches",
    Improves: "improves",
    Progresses: "progresses",
    Crosses: "crosses",
}
"""The tests by their names."""


OF_ATTENDANCE: Final = "possible_at_least"


class Part(NamedTuple):
    """A part of a card: what it is called, what it is made of, and of each key the value and the meaning."""

    name: str
    models: tuple[type[Terms], ...]
    keys: Mapping[str, tuple[str, str]]


CARD: Final = Part(
    "the card",
    (Card,),
    {
        "contract": ("id in lower case with hyphens", "the contract, as the register names it"),
        "version": ("whole number, from 1", "which version of its terms this is"),
        "title": ("text", "what schedules call it"),
        "joined": ("`{from, to}`", "children who joined on these days are on this card"),
        "term": ("`{from, to}`", "nothing that falls due outside is payable"),
        "currency": ("`GBP`", "what all amounts are in"),
        "source": ("a source", "the document that states the terms"),
        "illustrative": ("list of texts", "the terms that no public source states"),
        "commissioners": ("by name", "who pays; their shares add up to exactly 1"),
        "invoicing": ("by commissioner", "how each is invoiced: `school` is every school, `school:ark` one"),
        "matching": ("matching", "how often the others pay the share of one"),
        "limits": ("limits", "the most that can be paid"),
        "informants": (
            "`parent`, `teacher` or `self` by phase",
            "who completes the SDQ; needed in every phase in which an sdq measure decides",
        ),
        "surveys": ("by name", "the surveys behind `survey.NAME`"),
        "scales": ("by name", "attainment scales of the card's own"),
        "phases": (
            "year groups by phase",
            "where it groups them otherwise: `{secondary: [7, 8, 9, 10, 11, 12, 13]}`; the others stay",
        ),
        "leavers": ("`as_others` or `not_eligible`", "see [Status](#status), step 3"),
        "payments": ("by name", "what is payable, in order"),
        "framework": ("list of areas", "what is monitored, paid or not; it never makes money"),
    },
)
PARTS: Final = (
    Part(
        "days `{from, to}`",
        (Range,),
        {"from": ("date", "the first day"), "to": ("date", "the last, which is one of them")},
    ),
    Part(
        "the source",
        (Source,),
        {
            "document": ("text", "the document that states the terms"),
            "clause": ("text", "where in it"),
            "dated": ("date", "of which day it is"),
        },
    ),
    Part(
        "a commissioner",
        (Commissioner,),
        {
            "name": ("text", "as schedules print it"),
            "share": ("dated number, 0 to 1", "its part of every price"),
            "commitment": ("amount", "the most it pays under the contract, each school its own"),
            "each": (
                "`school` or `authority`",
                "one commissioner for each value of that column of the register",
            ),
            "detail": (
                "`children` or `totals`",
                "what it may see; without it a school or an authority its own children, any other totals",
            ),
        },
    ),
    Part(
        "how a commissioner is invoiced; `wlz.yaml` says it by contract, and goes before the card",
        (Invoicing,),
        {
            "purchase_order": ("dated text", "the one in force on the last day of the quarter"),
            "purchase_order_required": ("flag", "a warning, and a mark on the invoice, where there is none"),
            "cost_code": ("text", "what it is booked under"),
            "address": ("list of lines", "whom it is sent to"),
            "vat": (
                "VAT",
                "how it is charged VAT; every commissioner that pays needs it, if one says anything",
            ),
        },
    ),
    Part(
        "VAT",
        (Vat,),
        {
            "treatment": ("`standard`, `reduced`, `zero`, `exempt` or `outside_scope`", "how it is charged"),
            "rate": (
                "dated number, above 0 and below 1",
                "the one in force on the date of the invoice; of `standard` and `reduced`, and only of these",
            ),
        },
    ),
    Part(
        "who invoices (`supplier`, only in `wlz.yaml`)",
        (Supplier,),
        {
            "address": ("list of lines", "where it is"),
            "vat_number": ("text", "needed where VAT is charged"),
            "company_number": ("text", "of the company or the charity"),
        },
    ),
    Part(
        "matching",
        (Matching,),
        {
            "commissioner": ("name", "whose share is matched"),
            "times": (
                "number above 0",
                "how often; what was claimed so far is watched, too",
            ),
        },
    ),
    Part(
        "limits, which all cards of a contract state alike",
        (Limits,),
        {
            "contract": ("amount", "under the contract"),
            "financial_year": ("amount", "of what falls due in a financial year, from 1 April"),
            "child": ("amount", "for one child"),
        },
    ),
    Part(
        "a survey",
        (Survey,),
        {
            "range": ("`[lowest, highest]`", "between which every score lies"),
            "better": ("`higher` or `lower`", "which way is better"),
        },
    ),
    Part(
        "a scale of its own: `values` or a `range`",
        (OwnScale,),
        {
            "values": ("list of texts", "the values in order, worst first"),
            "range": ("`[lowest, highest]`", "between which every score lies"),
            "age_relative": (
                "flag",
                "whether it compares with others of that age, so that standing still is expected progress",
            ),
        },
    ),
    Part(
        "an area of the framework",
        (Monitored,),
        {
            "domain": ("text", "the domain that it is in"),
            "area": ("text", "what it is called"),
            "measures": ("list of measures", "what is monitored of it"),
            "phases": ("list of phases", "only of children in these"),
        },
    ),
    Part(
        "a gate (`requires`): one of both keys",
        (Requires,),
        {
            "any": ("list of payments", "one of them must be met before"),
            "all": ("list of payments", "every one of them must be"),
        },
    ),
    Part(
        "a window: one of both keys, see [Dates](#dates)",
        (Months, AcademicYear),
        {
            "months": ("`[a, b]`", "from a months after joining to the day before b months after"),
            "academic_year": ("whole number", "1 holds the day of joining, 0 is the year before"),
        },
    ),
)
PAYMENT: Final = Part(
    "a payment or an outcome",
    (Payment, Outcome),
    {
        "price": ("dated amount", "on the payment, or on each outcome"),
        "phases": ("list of phases", "only for children in these"),
        "window": ("window", "in which something is counted"),
        "baseline": ("window", "in which the change that is judged begins"),
        "endpoint": ("window", "in which it ends; it begins after the baseline has ended"),
        "clause": ("text", "where the contract states it"),
        "number": ("whole number", "its number in the contract; each number is used once"),
        "numbers": ("list of whole numbers", "so many outcomes are paid at most"),
        "requires": ("a gate", "payments above it, without outcomes, of which one or all must be met"),
        "when": ("condition", "what must be the case"),
        "outcomes": ("by name", "what can be earned"),
    },
)
CONDITION: Final = Part(
    "a condition",
    tuple(ASKED),
    {
        "measure": ("measure", "what is judged"),
        "test": ("test", "how"),
        OF_ATTENDANCE: (
            "dated whole number",
            "so many sessions must have been possible; only beside `attendance_rate`",
        ),
        "at_least": ("dated number", "what is to be reached; for a count a whole number"),
        "at_risk": ("when a reading is at risk", "only a child whose baseline was can earn it"),
        "by": ("dated number", "the least change"),
        "strictly": ("flag", "the change must be more than that"),
    },
)
SEVERAL: Final = Part(
    "several conditions",
    (AllOf, AnyOf),
    {
        "all": ("list of conditions", "every one must be met"),
        "any": ("list of conditions", "one of them must be"),
    },
)
AT_RISK: Final = Part(
    "at risk",
    (AtRisk,),
    {
        "below": ("dated number", "a reading below it"),
        "at_most": ("dated number", "that one or a lower"),
        "above": ("dated number", "a reading above it"),
        "at_least": ("dated number", "that one or a higher"),
        "band": ("band of the SDQ", "that band or a worse one, by the published cut-offs"),
        "scheme": ("`three` or `four`", "whose bands: beside `band`"),
    },
)
EVERY: Final = (CARD, *PARTS, PAYMENT, CONDITION, SEVERAL, AT_RISK)
"""All that a card is made of."""
