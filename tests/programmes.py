"""Random programme folders, valid under every rule of the specification and rich in edges.

Hypothesis drives a few structural choices (`Knobs`) and one seed; the bulk comes from generators
seeded by it, one for each card and each child, so that dropping a child leaves the others as they
were and a failure shrinks to few children. Dates sit on and beside the edges of windows, values on
and beside thresholds. All data is invented.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from hypothesis import strategies as st

from tests.oracle.dates import Tree, Window, add_months, in_force, quarter_window, window_of
from tests.oracle.folder import Row, card_of, items_of, phase_of
from tests.oracle.measures import sdq_score
from tests.oracle.published import (
    BANDED_SCALES,
    BANDS,
    IMPACT_ITEMS,
    MARKS_ABSENT,
    MARKS_ATTENDED,
    MARKS_MISSING,
    MARKS_NOT_COUNTED,
    NEW_CODES,
    NEW_CODES_FROM,
    OLD_CODES,
    ORDERED_SCALES,
    RANGE_SCALES,
    SDQ_ITEMS,
    SDQ_REVERSED,
    SDQ_SUMS,
    STATUS_CODES,
    YEAR_GROUPS,
)

Items = list[Tree]
Dated = str | dict[str, str]

MOST_CHILDREN = 8
DAY = dt.timedelta(days=1)
PHASES = list(YEAR_GROUPS)
CHILD_IDS = ["007", "7", "C-2", "c-10", "C-10", "w00004", "\u00e91", "Z"]
SUBJECTS = ["reading", "english", "writing", "maths"]
LONDON = ZoneInfo("Europe/London")
OPTIONAL_COLUMNS = {"expected", "engaged", "left_reason", "left_on", "consent_on", "total", "impact"}

PERIODS: list[Tree] = [
    *[{"months": [str(a), str(b)]} for a, b in [(0, 3), (0, 6), (0, 12), (1, 7), (3, 9), (12, 24)]],
    {"academic_year": "1"},
    {"academic_year": "2"},
]
BEFORE_AND_AFTER: list[tuple[Tree, Tree]] = [
    ({"months": ["-6", "3"]}, {"months": ["6", "12"]}),
    ({"months": ["-6", "3"]}, {"months": ["3", "9"]}),
    ({"months": ["-3", "1"]}, {"months": ["18", "24"]}),
    ({"months": ["-6", "0"]}, {"months": ["0", "6"]}),
    ({"months": ["-6", "0"]}, {"academic_year": "2"}),
    ({"months": ["-6", "3"]}, {"academic_year": "3"}),
    ({"academic_year": "0"}, {"months": ["0", "6"]}),
    ({"academic_year": "1"}, {"months": ["12", "18"]}),
    ({"academic_year": "0"}, {"academic_year": "1"}),
    ({"academic_year": "0"}, {"academic_year": "2"}),
    ({"academic_year": "1"}, {"academic_year": "2"}),
]
SURVEYS: dict[str, Tree] = {
    "parental_engagement": {"range": ["0", "100"], "better": "higher"},
    "worry": {"range": ["0", "10"], "better": "lower"},
    "confidence": {"range": ["1", "5"], "better": "higher"},
}
OWN_SCALES: list[dict[str, Tree]] = [
    {"ladder": {"values": ["D", "C", "B", "A"], "age_relative": "true"}},
    {"ladder": {"values": ["A", "B", "C", "D", "E"], "age_relative": "false"}},
    {"points": {"range": ["0", "60"], "age_relative": "false"}},
    {"points": {"range": ["0", "60"], "age_relative": "true"}},
]
BAND_NAMES = {
    ("four", "prosocial"): ["slightly_lowered", "low", "very_low"],
    **{("four", s): ["slightly_raised", "high", "very_high"] for s in BANDED_SCALES[:5]},
    ("four", "impact"): ["slightly_raised", "high", "very_high"],
    **{("three", s): [band for [band] in BANDS["three"][1:]] for s in BANDED_SCALES},
}
REGROUPINGS: list[Tree] = [
    {"early_years": ["N1", "N2", "R"]},
    {"secondary": ["7", "8", "9", "10", "11", "12", "13"]},
    {"primary": ["N2", "R", "1", "2", "3"], "secondary": ["4", "5", "6", "7"]},
]


@dataclass(frozen=True)
class Knobs:
    """The structure of a programme."""

    kept: tuple[int, ...]
    year: int
    contracts: int
    two_cards: bool
    marks: bool
    sdq: str
    resubmission: str
    leavers: bool
    limits: bool
    commitments: bool
    each: tuple[str, ...]
    dated: bool
    regroup: bool
    holds: bool


CHOICES: dict[str, list[Any]] = {
    "year": [2016, 2024],
    "contracts": [1, 2, 3],
    "two_cards": [False, True],
    "marks": [False, True],
    "sdq": ["scores", "items", "both"],
    "resubmission": ["rows", "sessions"],
    "leavers": [False, True],
    "limits": [False, True],
    "commitments": [False, True],
    "each": [(), ("school",), ("authority",), ("school", "authority")],
    "dated": [False, True],
    "regroup": [False, True],
    "holds": [False, True],
}


@dataclass(frozen=True)
class Programme:
    """A programme folder before it is written."""

    wlz: Tree
    cards: dict[str, Tree]
    tables: dict[str, list[Row]]
    holds: list[Row] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        """Write the folder: wlz.yaml, the cards, extracts/*.csv and holds.csv."""
        write_yaml(folder / "wlz.yaml", self.wlz)
        for name, card in self.cards.items():
            write_yaml(folder / name, card)
        for name, rows in self.tables.items():
            write_csv(folder / "extracts" / f"{name}.csv", rows)
        if self.holds:
            write_csv(folder / "holds.csv", self.holds)
        return folder


def write_yaml(path: Path, tree: Tree) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(tree, Dumper=dumper, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def write_csv(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def programmes() -> st.SearchStrategy[Programme]:
    """Any valid programme."""
    kept = st.sets(st.integers(0, MOST_CHILDREN - 1), min_size=1).map(lambda s: tuple(sorted(s)))
    knobs = st.builds(Knobs, kept=kept, **{name: st.sampled_from(values) for name, values in CHOICES.items()})
    return st.builds(programme_of, st.integers(0, 2**32 - 1), knobs)


def quarters(programme: Programme) -> st.SearchStrategy[str]:
    """A quarter in or after which something happens in a programme."""
    return st.sampled_from(quarters_of_interest(programme))


def seeded_programme(seed: int) -> Programme:
    """A programme whose structure, too, follows from the seed."""
    rng = Random(f"knobs {seed}")
    kept = tuple(sorted(rng.sample(range(MOST_CHILDREN), rng.randint(1, MOST_CHILDREN))))
    return programme_of(seed, Knobs(kept, **{n: rng.choice(vs) for n, vs in CHOICES.items()}))


def quarters_of_interest(programme: Programme) -> list[str]:
    """The quarters in which a window, a term or a hold of a programme begins or ends, and the next."""
    days: set[dt.date] = set()
    cards = list(programme.cards.values())
    for child in programme.tables["children"]:
        joined_on = dt.date.fromisoformat(child["joined_on"])
        card = card_of(cards, child["contract"], joined_on)
        days |= {joined_on, dt.date.fromisoformat(card["term"]["to"])}
        days |= {dt.date.fromisoformat(child[c]) for c in ("consent_on", "left_on") if child.get(c)}
        days |= {window.last for item in items_of(card) for window in windows(item.terms, joined_on)}
        days |= {dt.date.fromisoformat(h[c]) for h in programme.holds for c in ("from", "to") if h[c]}
    first = min(dt.date.fromisoformat(child["joined_on"]) for child in programme.tables["children"])
    last = max(window_last for window_last in days) + 92 * DAY
    days = {later for day in days for later in (day, day + 92 * DAY)}
    return sorted({quarter_holding(day) for day in days if first <= day <= last})


def quarter_holding(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def windows(terms: Tree, joined_on: dt.date) -> list[Window]:
    names = [name for name in ("window", "baseline", "endpoint") if name in terms]
    return [window_of(terms[name], joined_on) for name in names]


def leaves(test: Tree) -> Iterator[Tree]:
    """The single tests of a test."""
    for how in ("all", "any"):
        for part in test.get(how, []):
            yield from leaves(part)
    if "test" in test:
        yield test


# ---------------------------------------------------------------- the whole


def programme_of(seed: int, knobs: Knobs) -> Programme:
    """The programme that follows from a seed and the structural choices."""
    rng = Random(f"{seed} register")
    start = dt.date(knobs.year - 1, 9, 1)
    contracts = ["alpha", "beta", "gamma"][: knobs.contracts]
    stubs = [
        (child_id, rng.choice(contracts), joining_day(rng, start))
        for child_id in rng.sample(CHILD_IDS, MOST_CHILDREN)
    ]
    makers: list[CardMaker] = []
    for contract in contracts:
        joins = [joined_on for _, of, joined_on in stubs if of == contract] or [start]
        makers += cards_of_contract(Random(f"{seed} {contract}"), knobs, contract, start, joins)
    cards = {f"cards/{m.card['contract']}-{m.card['version']}.yaml": m.card for m in makers}
    writer = RowWriter(knobs, seed)
    for i in knobs.kept:
        child_id, contract, joined_on = stubs[i]
        card = card_of(list(cards.values()), contract, joined_on)
        maker = next(m for m in makers if m.card is card)
        ChildMaker(Random(f"{seed} child {i}"), knobs, maker, writer).add(child_id, joined_on)
    tables = writer.finished(list(cards.values()))
    wlz = {
        "provider": "A provider",
        "rate_cards": list(cards),
        "resubmission": knobs.resubmission,
    }
    shuffled = {name: Random(f"{seed} {name}").sample(rows, len(rows)) for name, rows in tables.items()}
    return Programme(wlz, cards, shuffled, writer.holds)


def joining_day(rng: Random, start: dt.date) -> dt.date:
    """A day in the two years from a first of September, at an awkward end of a month for choice."""
    ends = [(1, 31), (2, 28), (2, 29), (3, 31), (4, 1), (5, 31), (8, 31), (9, 1), (11, 30), (12, 31)]
    begins = [(1, 1), (4, 1), (7, 1), (10, 1), (9, 1)]
    if rng.random() < 0.2:
        return start + rng.randrange(730) * DAY
    month, day = rng.choice(ends + begins)
    year = start.year + rng.choice([0, 1]) + (month < 9)
    if (month, day) == (2, 29):
        year = start.year + 1
    return dt.date(year, month, day)


# ---------------------------------------------------------------- cards


def cards_of_contract(
    rng: Random, knobs: Knobs, contract: str, start: dt.date, joins: list[dt.date]
) -> list[CardMaker]:
    """One card of a contract, or two that follow each other."""
    end = dt.date(start.year + 2, 8, 31)
    last_days = [end]
    if knobs.two_cards:
        year = start.year + 1
        last_days = [rng.choice([dt.date(year, 8, 31), dt.date(year, 2, 29), dt.date(year, 1, 31)]), end]
    common = Common(rng, knobs)
    makers: list[CardMaker] = []
    first = start
    for version, last in enumerate(last_days, start=rng.choice([1, 3])):
        mine = [joined_on for joined_on in joins if first <= joined_on <= last] or [first]
        maker = CardMaker(rng, knobs, mine)
        maker.make(contract, version, Window(first, last), common)
        makers.append(maker)
        first = last + DAY
    return makers


class Common:
    """What the cards of one contract state alike: who pays up to what, and the limits."""

    def __init__(self, rng: Random, knobs: Knobs) -> None:
        names = rng.sample(["council", "fund", "donor"], rng.randint(1, 3))
        self.commissioners: dict[str, Tree] = {name: {"name": name.title()} for name in names}
        for each in knobs.each:
            name = {"school": "school", "authority": "borough"}[each]
            self.commissioners[name] = {"name": name.title(), "each": each}
        if knobs.commitments:
            for name in rng.sample(list(self.commissioners), rng.randint(1, len(self.commissioners))):
                self.commissioners[name]["commitment"] = money(rng, 5_00, 400_00)
        self.limits: Tree = {}
        if knobs.limits:
            most = {"child": 900_00, "financial_year": 1500_00, "contract": 2500_00}
            for name in rng.sample(list(most), rng.randint(1, 3)):
                self.limits[name] = money(rng, most[name] // 5, most[name])


def money(rng: Random, least: int, most: int) -> str:
    pence = rng.randint(least, most)
    return f"{pence // 100}.{pence % 100:02d}"


def named_apart(scales: dict[str, Tree]) -> dict[str, Tree]:
    """Scales under names of their own: one name means one scale on all cards of a folder."""
    place = OWN_SCALES.index(scales)
    return {f"{name}_{place}": scale for name, scale in scales.items()}


class CardMaker:
    """Makes one card, and remembers which scale it has in mind for each subject."""

    def __init__(self, rng: Random, knobs: Knobs, joins: list[dt.date]) -> None:
        self.rng = rng
        self.knobs = knobs
        self.card: Tree = {}
        self.scales: dict[str, str] = {}
        self.moments = sorted(
            {
                add_months(joined_on, months) + days * DAY
                for joined_on in joins
                for months in (0, 3, 6, 9, 12, 18, 24)
                for days in (-1, 0, 1)
            }
        )
        self.long_ago = dt.date(self.moments[0].year - 4, 9, 1).isoformat()

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def make(self, contract: str, version: int, joined: Window, common: Common) -> None:
        """Fill the card."""
        term_from = joined.first if self.chance(0.8) else self.rng.choice(self.moments[:9])
        late = dt.date(joined.last.year + 4, 8, 31)
        term_to = late if self.chance(0.6) else max(term_from, self.rng.choice(self.moments))
        self.card |= {
            "contract": contract,
            "version": str(version),
            "title": f"Invented card {contract}",
            "joined": {"from": joined.first.isoformat(), "to": joined.last.isoformat()},
            "term": {"from": term_from.isoformat(), "to": term_to.isoformat()},
            "currency": "GBP",
            "source": {"document": "Invented", "clause": "1", "dated": joined.first.isoformat()},
            "illustrative": ["prices", "shares", "thresholds", "windows"],
        }
        if self.knobs.leavers and self.chance(0.7):
            self.card["leavers"] = "not_eligible"
        if self.knobs.regroup:
            self.card["phases"] = self.rng.choice(REGROUPINGS)
        self.card |= self.payers(common)
        if common.limits:
            self.card["limits"] = dict(common.limits)
        self.card["informants"] = {
            phase: self.rng.choice(["parent", "teacher", *(["self"] if phase in PHASES[2:] else [])])
            for phase in PHASES
        }
        self.card["surveys"] = {name: dict(SURVEYS[name]) for name in self.some(list(SURVEYS))}
        if self.chance(0.5):
            self.card["scales"] = named_apart(self.rng.choice(OWN_SCALES))
        available = [*ORDERED_SCALES, *RANGE_SCALES, *self.card.get("scales", {})]
        self.scales = {subject: self.rng.choice(available) for subject in SUBJECTS}
        self.card["payments"] = self.payments()

    def some(self, values: list[str]) -> list[str]:
        return self.rng.sample(values, self.rng.randint(1, len(values)))

    def dated(self, *values: str) -> Dated:
        """A number, or numbers in force one after the other, the later from some awkward day."""
        first = self.rng.choice(values)
        if not self.knobs.dated or self.chance(0.5):
            return first
        changes = sorted(self.rng.sample(self.moments, self.rng.randint(1, 2)))
        return {self.long_ago: first} | {day.isoformat(): self.rng.choice(values) for day in changes}

    def payers(self, common: Common) -> Tree:
        """The commissioners with their shares, and the match where one holds."""
        names = list(common.commissioners)
        vectors = [self.shares(len(names))]
        change = ""
        if self.knobs.dated and len(names) > 1:
            vectors.append(self.shares(len(names)))
            change = self.rng.choice(self.moments).isoformat()
        commissioners: Tree = {}
        for i, (name, terms) in enumerate(common.commissioners.items()):
            shares = [vector[i] for vector in vectors]
            share: Dated = shares[0]
            if len(set(shares)) > 1:
                share = {self.long_ago: shares[0], change: shares[1]}
            commissioners[name] = {"name": terms["name"], "share": share} | terms
        payers: Tree = {"commissioners": commissioners}
        matched = self.rng.randrange(len(names))
        times = min(int((1 - Fraction(v[matched])) / Fraction(v[matched])) for v in vectors)
        if times and self.chance(0.6):
            payers["matching"] = {"commissioner": names[matched], "times": str(min(times, 3))}
        return payers

    def shares(self, count: int) -> list[str]:
        """Shares that add up to exactly 1."""
        whole = self.rng.choice([100, 1000])
        cuts = sorted(self.rng.sample(range(1, whole), count - 1))
        if self.chance(0.4):
            cuts = [whole * i // count for i in range(1, count)]
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]
        return [f"{part / whole:.{len(str(whole)) - 1}f}" for part in parts]

    # ------------------------------------------------------------ payments

    def payments(self) -> Tree:
        """Sign-up, some payments in windows, and outcomes for the remaining numbers."""
        payments: Tree = {"sign_up": self.payment(self.consent_terms(), [])}
        for name in ["engagement", "continued", "present"][: self.rng.randint(1, 3)]:
            terms = self.window_terms() if self.chance(0.85) else self.change_terms(PHASES)
            payments[name] = self.payment(terms, list(payments))
        single = list(payments)
        numbers = list(range(1, len(single) + 1))
        next_number = len(single) + 1
        if self.chance(0.3):
            numbers, next_number = [number + 3 for number in numbers], 1
        for name, number in zip(single, numbers, strict=True):
            payments[name] = {"number": str(number)} | payments[name]
        for name in ["outcomes", "later_outcomes"][: self.rng.choice([1, 1, 1, 2])]:
            count = self.rng.choice([1, 1, 2, 3])
            taken = [str(next_number + i) for i in range(count)]
            payments[name] = self.outcomes(taken, single)
            next_number = 11
        return payments

    def price(self) -> Dated:
        return self.dated("100.01", "250.00", "333.35", "600.05", "77.70", "0.03", "0.01")

    def payment(self, terms: Tree, above: list[str]) -> Tree:
        """A payment without outcomes."""
        payment: Tree = {"price": self.price(), "clause": "Payment"} | terms
        if "phases" not in payment and self.chance(0.2):
            payment["phases"] = self.some(PHASES)
        if above and self.chance(0.4):
            payment["requires"] = {self.rng.choice(["all", "any"]): self.some(above)}
        return payment

    def consent_terms(self) -> Tree:
        terms: Tree = {"when": {"measure": "consent", "test": "happened"}}
        if self.chance(0.4):
            terms["window"] = self.rng.choice(PERIODS[:5])
        return terms

    def outcomes(self, numbers: list[str], single: list[str]) -> Tree:
        """A payment with outcomes, more of them than numbers."""
        baseline, endpoint = self.rng.choice(BEFORE_AND_AFTER)
        shared_price = self.chance(0.7)
        payment: Tree = {"numbers": numbers, "clause": "Outcomes"}
        if shared_price:
            payment["price"] = self.price()
        phases = PHASES
        if self.chance(0.3):
            phases = payment["phases"] = [p for p in PHASES if p == "secondary" or self.chance(0.6)]
        if self.chance(0.6):
            payment["requires"] = {self.rng.choice(["all", "any"]): self.some(single)}
        payment |= {"baseline": baseline, "endpoint": endpoint, "outcomes": {}}
        for i in range(len(numbers) + self.rng.randint(1, 4)):
            inherits = None if self.chance(0.4) else (baseline, endpoint)
            outcome = self.window_terms() if self.chance(0.1) else self.change_terms(phases, inherits)
            if not shared_price or self.chance(0.2):
                outcome = {"price": self.price()} | outcome
            if "phases" not in outcome and self.chance(0.2):
                outcome = {"phases": self.some(phases)} | outcome
            payment["outcomes"][f"outcome_{'abcdefgh'[i]}"] = outcome
        return payment

    # ------------------------------------------------------------ tests

    def window_terms(self) -> Tree:
        """Terms judged in one window: counts and rates, alone or together."""
        parts = [self.count(), self.count(), self.session_rate(), self.attendance_reaches()]
        if self.chance(0.15):
            parts.append({"measure": "consent", "test": "happened"})
        first, second, third = self.rng.sample(parts, 3)
        when = self.rng.choice(
            [
                first,
                {"all": [first, second]},
                {"any": [first, second]},
                {"any": [first, {"all": [second, third]}]},
                {"all": [first, {"any": [second, third]}]},
            ]
        )
        school = any(leaf["measure"] == "attendance_rate" for leaf in leaves(when))
        periods = [p for p in PERIODS if "academic_year" in p or self.knobs.marks or not school]
        return {"window": self.rng.choice(periods), "when": when}

    def count(self) -> Tree:
        measure = self.rng.choice(["link_worker_sessions", "partner_sessions"])
        return {"measure": measure, "test": "reaches", "at_least": self.dated("1", "2", "3", "4")}

    def session_rate(self) -> Tree:
        measure = self.rng.choice(["partner_attendance_rate", "partner_engaged_rate"])
        return {
            "measure": measure,
            "test": "reaches",
            "at_least": self.dated("0.5", "0.75", "0.70", "0.6"),
        }

    def attendance_reaches(self) -> Tree:
        at_least = self.dated("0.75", "0.9", "0.95", "0.93")
        return {
            "measure": "attendance_rate",
            "test": "reaches",
            "at_least": at_least,
        } | self.possible()

    def possible(self) -> Tree:
        if self.chance(0.4):
            return {}
        values = ("3", "5", "8") if self.knobs.marks else ("20", "40", "41", "100")
        return {"possible_at_least": self.dated(*values)}

    def change_terms(self, phases: list[str], inherits: tuple[Tree, Tree] | None = None) -> Tree:
        """Terms that compare two readings, in the payment's windows or in their own."""
        test = self.change(risky=True)
        if self.chance(0.12):
            how = self.rng.choice(["all", "any"])
            test = {how: [self.change(risky=False), self.change(risky=False)]}
        mixed = self.chance(0.06)
        if mixed:
            test = {self.rng.choice(["all", "any"]): [self.change(risky=False), self.count()]}
        terms: Tree = {"when": test}
        totals = not self.knobs.marks and any(t["measure"] == "attendance_rate" for t in leaves(test))
        if totals or inherits is None:
            baseline, endpoint = self.rng.choice(BEFORE_AND_AFTER[8 if totals else 0 :])
            terms = {"baseline": baseline, "endpoint": endpoint} | terms
        if mixed:
            terms["window"] = self.rng.choice(PERIODS[:5])
        if "band" in test.get("at_risk", {}):
            terms["phases"] = [phase for phase in phases if phase != "early_years"]
        return terms

    def change(self, *, risky: bool) -> Tree:
        """Improves, progresses or crosses, for a measure of any kind."""
        kind = self.rng.choice(["sdq", "sdq", "attainment", "attainment", "survey", "attendance_rate"])
        tests = ["improves", *(["crosses"] if risky else []), *(["progresses"] * (kind == "attainment"))]
        test: Tree = {"measure": kind, "test": self.rng.choice(tests)}
        if kind == "sdq":
            test["measure"] = "sdq." + self.rng.choice([*SDQ_ITEMS, *SDQ_SUMS, "impact"])
        elif kind == "attainment":
            test["measure"] = "attainment." + self.rng.choice(SUBJECTS)
        elif kind == "survey":
            test["measure"] = "survey." + self.rng.choice(list(self.card["surveys"]))
        else:
            test |= self.possible()
        if test["test"] != "crosses":
            test["by"] = self.dated(*(["0.02", "0.1", "0"] if kind == "attendance_rate" else "0123"))
            if self.chance(0.3):
                test["strictly"] = self.rng.choice(["true", "true", "false"])
        if test["test"] == "crosses" or (risky and self.chance(0.35)):
            test["at_risk"] = self.at_risk(test["measure"])
        return test

    def at_risk(self, measure: str) -> Tree:
        """A number on the side that is worse, or a band."""
        scale = measure.rpartition(".")[2]
        if measure.startswith("sdq.") and scale in BANDED_SCALES and self.chance(0.5):
            scheme = self.rng.choice(["three", "four"])
            return {"band": self.rng.choice(BAND_NAMES[scheme, scale]), "scheme": scheme}
        low, high = self.bounds(measure)
        if measure == "attendance_rate":
            values = ["0.95", "0.9", "0.8"]
        else:
            values = [str((low + high) // 2 + step) for step in (-1, 0, 1)]
        sides = ["above", "at_least"] if self.lower_is_better(measure) else ["below", "at_most"]
        return {self.rng.choice(sides): self.dated(*values)}

    def lower_is_better(self, measure: str) -> bool:
        kind, _, name = measure.partition(".")
        if kind == "survey":
            return bool(self.card["surveys"][name]["better"] == "lower")
        return kind == "sdq" and name != "prosocial"

    def bounds(self, measure: str) -> tuple[int, int]:
        """The least and the greatest value of a measure."""
        kind, _, name = measure.partition(".")
        if kind == "attendance_rate":
            return 0, 1
        if kind == "survey":
            low, high = self.card["surveys"][name]["range"]
            return int(low), int(high)
        if kind == "sdq":
            return 0, {"total": 40, "externalising": 20, "internalising": 20, "impact": 6}.get(name, 10)
        return self.scale_bounds(self.scales[name])

    def scale_values(self, scale: str) -> list[str]:
        """The ordered values of a scale, none where it is a range."""
        own = self.card.get("scales", {}).get(scale, {})
        return list(own.get("values", ORDERED_SCALES.get(scale, [])))

    def scale_bounds(self, scale: str) -> tuple[int, int]:
        values = self.scale_values(scale)
        if values:
            return 0, len(values) - 1
        own = self.card.get("scales", {}).get(scale)
        low, high = own["range"] if own else RANGE_SCALES[scale]
        return int(low), int(high)


# ---------------------------------------------------------------- rows


class RowWriter:
    """Collects the rows of all children; finishes what concerns several of them."""

    def __init__(self, knobs: Knobs, seed: int) -> None:
        self.knobs = knobs
        self.seed = seed
        self.tables: dict[str, list[Row]] = {
            name: [] for name in ("children", "engagement", "attendance", "attainment", "sdq", "survey")
        }
        self.holds: list[Row] = []

    def finished(self, cards: Items) -> dict[str, list[Row]]:
        """The tables, with sessions submitted again, and at least one row where a card needs one."""
        self.fill_needed(cards)
        if self.knobs.resubmission == "sessions":
            self.tables["engagement"] = whole_sessions(self.seed, self.tables["engagement"])
        else:
            rng = Random(f"{self.seed} corrections")
            self.tables["engagement"] = [
                sent for row in self.tables["engagement"] for sent in submissions(rng, row)
            ]
        if self.seed % 3 == 0:
            codes = sorted({row["school"] for row in self.tables["children"]})
            self.tables["schools"] = [{"school": code, "name": f"School {code}"} for code in codes]
        return {name: without_empty_columns(rows) for name, rows in self.tables.items() if rows}

    def fill_needed(self, cards: Items) -> None:
        child = self.tables["children"][0]
        who, day = child["child_id"], child["joined_on"]
        card = card_of(cards, child["contract"], dt.date.fromisoformat(day))
        questionnaire = {"child_id": who, "completed_on": day, "informant": "parent"}
        fill: dict[str, Row] = {
            "engagement": session_row(who, day, "link_worker", "", ""),
            "attendance": {"child_id": who, "date": day, "session": "AM", "code": "#"}
            if self.knobs.marks
            else totals_row(who, Window(dt.date.fromisoformat(day), dt.date.fromisoformat(day)), 0, 0),
            "attainment": dict(
                zip(
                    ["child_id", "subject", "assessed_on", "scale", "score", "expected"],
                    [who, "maths", day, "ks2_scaled", "A", ""],
                    strict=True,
                )
            ),
            "sdq": sdq_row(Random(0), self.knobs.sdq, questionnaire, "emotional", 5),
            "survey": {
                "child_id": who,
                "completed_on": day,
                "measure": next(iter(card["surveys"])),
                "score": "5",
            },
        }
        for table, row in fill.items():
            if not self.tables[table]:
                self.tables[table].append(row)


def without_empty_columns(rows: list[Row]) -> list[Row]:
    empty = {c for c in rows[0] if c in OPTIONAL_COLUMNS and not any(row[c] for row in rows)}
    return [{c: cell for c, cell in row.items() if c not in empty} for row in rows]


def session_row(child_id: str, day: str, kind: str, provider: str, label: str) -> Row:
    return {
        "child_id": child_id,
        "date": day,
        "kind": kind,
        "provider": provider,
        "session": label,
        "status": "cancelled",
        "engaged": "",
        "submitted_at": "",
    }


def totals_row(child_id: str, period: Window, possible: int, attended: int) -> Row:
    return {
        "child_id": child_id,
        "period_start": period.first.isoformat(),
        "period_end": period.last.isoformat(),
        "sessions_possible": str(possible),
        "sessions_attended": str(attended),
    }


def submitted(rng: Random, moment: dt.datetime) -> str:
    """A moment as some sender writes it: with an offset, in UK local time, or as its midnight."""
    local = moment.astimezone(LONDON)
    unambiguous = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
    if unambiguous and local.time() == dt.time(0) and rng.random() < 0.7:
        return local.date().isoformat()
    if unambiguous and rng.random() < 0.5:
        return local.replace(tzinfo=None).isoformat(timespec="seconds")
    zone = dt.timezone(dt.timedelta(hours=rng.choice([0, 1, -5])))
    return moment.astimezone(zone).isoformat(timespec="seconds")


def sent_after(rng: Random, day: str) -> dt.datetime:
    """When a session was last submitted: some days after it, at midnight or at a time of the day."""
    local = dt.datetime.fromisoformat(day) + dt.timedelta(days=rng.choice([1, 2, 7, 400]))
    if rng.random() < 0.6:
        local += dt.timedelta(hours=rng.randint(3, 23), minutes=rng.choice([0, 30, 59]))
    return local.replace(tzinfo=LONDON).astimezone(dt.UTC)


def earlier_than(rng: Random, moment: dt.datetime) -> dt.datetime:
    gaps = [{"seconds": 1}, {"minutes": 30}, {"hours": 1}, {"hours": 3}, {"days": 1}]
    return moment - dt.timedelta(**rng.choice(gaps))


def mistaken(rng: Random, row: Row) -> Row:
    """The same row as first submitted, by mistake."""
    status = rng.choice(["attended", "absent", "cancelled"])
    engaged = rng.choice(["true", "false", ""]) if status == "attended" else ""
    return row | {"status": status, "engaged": engaged}


def submissions(rng: Random, row: Row) -> list[Row]:
    """A row as submitted: once, twice alike, or again after a mistake or two."""
    fate = rng.random()
    if fate < 0.6:
        return [row | {"submitted_at": submitted(rng, sent_after(rng, row["date"]))} if fate < 0.2 else row]
    if fate < 0.7:
        return [row, dict(row)]
    moment = sent_after(rng, row["date"])
    sent = [row | {"submitted_at": submitted(rng, moment)}]
    if fate < 0.75:
        return [*sent, row | {"submitted_at": submitted(rng, moment)}]
    for _ in range(rng.randint(1, 2)):
        moment = earlier_than(rng, moment)
        sent.append(mistaken(rng, row) | {"submitted_at": submitted(rng, moment)})
    return sent


def whole_sessions(seed: int, rows: list[Row]) -> list[Row]:
    """Partner rows as submitted session by session, some again after a mistake or with other children."""
    result: list[Row] = []
    by_session: dict[tuple[str, str, str], list[Row]] = {}
    rng = Random(f"{seed} corrections")
    for row in rows:
        if row["kind"] == "partner":
            by_session.setdefault((row["provider"], row["date"], row["session"]), []).append(row)
        else:
            result += submissions(rng, row)
    everybody = sorted({row["child_id"] for row in rows})
    for key, group in by_session.items():
        rng = Random(f"{seed} {key}")
        moment = sent_after(rng, group[0]["date"])
        result += [row | {"submitted_at": submitted(rng, moment)} for row in group]
        for _ in range(rng.choice([0, 0, 1, 2])):
            moment = earlier_than(rng, moment)
            for child_id in rng.sample(everybody, rng.randint(1, len(everybody))):
                again = mistaken(rng, group[0] | {"child_id": child_id})
                result.append(again | {"submitted_at": submitted(rng, moment)})
    return result


# ---------------------------------------------------------------- questionnaires


def parts_of(rng: Random, total: int, count: int, most: int) -> list[int]:
    """A total in some parts, none above a most."""
    parts = [0] * count
    for _ in range(min(total, count * most)):
        parts[rng.choice([i for i in range(count) if parts[i] < most])] += 1
    return parts


def sdq_row(rng: Random, shape: str, given: Row, scale: str, value: int) -> Row:
    """A questionnaire in which one scale has a value (unless too few of its items are answered)."""
    scores = {name: rng.randint(0, 10) for name in SDQ_ITEMS}
    if scale in SDQ_SUMS:
        parts = SDQ_SUMS[scale]
        scores |= dict(zip(parts, parts_of(rng, value, len(parts), 10), strict=True))
    elif scale != "impact":
        scores[scale] = min(value, 10)
    impact = min(value, 6) if scale == "impact" else rng.randint(0, 6)
    row = dict(given)
    how = rng.choice(["items", "scores", "both"]) if shape == "both" else shape
    if shape != "scores":
        row |= item_cells(rng, row["informant"], scores, impact, blank=how == "scores")
    if shape != "items":
        row |= score_cells(rng, row, scores, impact, how)
    return row


def item_cells(rng: Random, informant: str, scores: dict[str, int], impact: int, *, blank: bool) -> Row:
    """The items of a questionnaire: the 25, and the impact supplement."""
    cells: Row = {}
    for scale, items in SDQ_ITEMS.items():
        unanswered = rng.sample(items, rng.choice([0, 0, 0, 0, 0, 1, 1, 2, 3, 5]))
        for item, points in zip(items, parts_of(rng, scores[scale], 5, 2), strict=True):
            answer = 2 - points if item in SDQ_REVERSED else points
            cells[item] = "" if blank or item in unanswered else str(answer)
    cells |= dict.fromkeys(["ebddiff", *IMPACT_ITEMS["parent"]], "")
    if not blank and rng.random() < 0.85:
        items = IMPACT_ITEMS[informant]
        for item, points in zip(items, parts_of(rng, impact, len(items), 2), strict=True):
            raw = str(points + 1) if points else rng.choice(["0", "1", ""])
            cells[item] = raw
        cells["ebddiff"] = rng.choice(["0", "1", "2", "3", "", "2", "3"])
    return cells


def score_cells(rng: Random, row: Row, scores: dict[str, int], impact: int, how: str) -> Row:
    """The scale scores of a questionnaire, as its items give them where it has items."""
    names = [*SDQ_ITEMS, "total", "impact"]
    if how == "items":
        return dict.fromkeys(names, "")
    cells = {name: str(score) for name, score in scores.items()} | {"impact": str(impact)}
    if how == "both":
        cells = {n: "" if (s := sdq_score(row, n)) is None else str(s) for n in [*SDQ_ITEMS, "impact"]}
    elif rng.random() < 0.2:
        cells[rng.choice([*SDQ_ITEMS, "impact"])] = ""
    four = [cells[name] for name in SDQ_SUMS["total"]]
    cells["total"] = str(sum(map(int, four))) if all(four) and rng.random() < 0.6 else ""
    return {name: cells[name] for name in names}


# ---------------------------------------------------------------- one child


class ChildMaker:
    """Makes the rows of one child, around the edges of everything on the child's card."""

    def __init__(self, rng: Random, knobs: Knobs, maker: CardMaker, writer: RowWriter) -> None:
        self.rng = rng
        self.knobs = knobs
        self.maker = maker
        self.card = maker.card
        self.writer = writer
        self.taken: set[tuple[str, ...]] = set()
        self.sessions: list[Row] = []
        self.covered_until = dt.date.min

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def add(self, child_id: str, joined_on: dt.date) -> None:
        """Add a child with all its rows."""
        self.child_id = child_id
        self.joined_on = joined_on
        year_group = self.rng.choice([*"1369", "N1", "N2", "R", "6", "7", "7", "11", "12", "13"])
        self.phase = phase_of(self.card, year_group)
        self.items = items_of(self.card)
        ends = [w.last for item in self.items for w in windows(item.terms, joined_on)]
        left_on: dt.date | None = None
        if self.chance(0.4):
            left_on = max(joined_on, self.near(self.rng.choice([*ends, joined_on])))
        self.left_on = left_on
        consent = [joined_on, self.near(joined_on), self.near(self.rng.choice(self.maker.moments[:12]))]
        consent_on = self.rng.choice([*consent, None] if self.chance(0.4) else consent)
        self.writer.tables["children"].append(
            {
                "child_id": child_id,
                "contract": self.card["contract"],
                "school": self.rng.choice(["S1", "s1", "ark-3"]),
                "authority": self.rng.choice(["rbkc", "brent"]),
                "year_group": year_group,
                "joined_on": joined_on.isoformat(),
                "consent_on": consent_on.isoformat() if consent_on else "",
                "left_on": left_on.isoformat() if left_on else "",
                "left_reason": "moved" if left_on and self.chance(0.5) else "",
            }
        )
        for item in self.items:
            for leaf in leaves(item.terms["when"]):
                self.feed(leaf, item.terms)
        self.writer.tables["engagement"] += self.sessions
        if not self.knobs.marks:
            self.totals()
        if self.knobs.holds:
            self.holds(ends)

    def near(self, day: dt.date) -> dt.date:
        return day + self.rng.choice([-1, 0, 0, 1]) * DAY

    def inside(self, window: Window) -> dt.date:
        """A day of a window, an edge of it for choice."""
        edges = [window.first, window.last, self.joined_on, self.joined_on + DAY, self.left_on]
        usable = [day for day in edges if day and day in window]
        anywhere = window.first + self.rng.randrange((window.last - window.first).days + 1) * DAY
        return self.rng.choice(usable) if usable and self.chance(0.5) else anywhere

    def beside(self, window: Window) -> dt.date:
        return self.rng.choice([window.first - DAY, window.last + DAY])

    def new(self, *key: str) -> bool:
        """Whether a key is new; from now on it is taken."""
        if key in self.taken:
            return False
        self.taken.add(key)
        return True

    def feed(self, leaf: Tree, terms: Tree) -> None:
        """Rows that bring one test near its threshold."""
        measure = leaf["measure"]
        if measure == "consent":
            return
        if measure.endswith("_sessions"):
            self.feed_count(leaf, window_of(terms["window"], self.joined_on))
        elif measure.startswith("partner_"):
            self.feed_session_rate(leaf, window_of(terms["window"], self.joined_on))
        elif measure == "attendance_rate":
            if self.knobs.marks:
                self.feed_marks(leaf, windows(terms, self.joined_on))
        else:
            baseline, endpoint = (window_of(terms[name], self.joined_on) for name in ("baseline", "endpoint"))
            self.feed_readings(leaf, baseline, endpoint)

    # ------------------------------------------------------------ sessions

    def session(self, day: dt.date, kind: str, status: str, engaged: str = "") -> None:
        label = self.rng.choice(["am", "pm"])
        if self.knobs.resubmission == "rows" or kind == "link_worker":
            label = self.rng.choice(["", "", label])
        provider = self.rng.choice(["Real Play", "Real Action"]) if kind == "partner" else ""
        if self.new("engagement", day.isoformat(), kind, provider, label):
            row = session_row(self.child_id, day.isoformat(), kind, provider, label)
            self.sessions.append(row | {"status": status, "engaged": engaged})

    def counted(self, kind: str, window: Window, status: str) -> list[Row]:
        last = min(window.last, self.left_on or window.last)
        return [
            row
            for row in self.sessions
            if row["kind"] == kind
            and row["status"] == status
            and window.first.isoformat() <= row["date"] <= last.isoformat()
        ]

    def feed_count(self, leaf: Tree, window: Window) -> None:
        kind = leaf["measure"].removesuffix("_sessions")
        target = int(in_force(leaf["at_least"], window.last)) + self.rng.choice([-1, 0, 0, 0, 1])
        for _ in range(3 * target):
            if len(self.counted(kind, window, "attended")) < target:
                self.session(self.inside(window), kind, "attended", self.engaged())
        if self.chance(0.4):
            self.session(self.beside(window), kind, "attended", self.engaged())
        if self.left_on and self.chance(0.4):
            self.session(self.left_on + DAY, kind, "attended", self.engaged())
        if self.chance(0.3):
            self.session(self.inside(window), kind, self.rng.choice(["absent", "cancelled"]))

    def engaged(self) -> str:
        return self.rng.choice(["true", "true", "false", ""])

    def feed_session_rate(self, leaf: Tree, window: Window) -> None:
        """Walk towards the threshold and stop at it, or just before or after."""
        at_least = in_force(leaf["at_least"], window.last)
        for _ in range(self.rng.randint(0, 10)):
            present = self.counted("partner", window, "attended")
            if leaf["measure"] == "partner_engaged_rate":
                yes = sum(row["engaged"] == "true" for row in present)
                said = sum(row["engaged"] != "" for row in present)
                below = yes < at_least * max(said, 1)
                self.session(self.inside(window), "partner", "attended", "true" if below else "false")
            else:
                absent = self.counted("partner", window, "absent")
                below = len(present) < at_least * max(len(present) + len(absent), 1)
                status = "attended" if below else "absent"
                self.session(self.inside(window), "partner", status)

    # ------------------------------------------------------------ school attendance

    def feed_marks(self, leaf: Tree, spans: list[Window]) -> None:
        """Some register marks in each window, walking towards a rate of interest."""
        target = self.rng.choice(self.rates_of_interest(leaf, spans[-1].last))
        for window in spans:
            attended, possible = 0, 0
            for _ in range(self.rng.choice([2, 5, 8, 9, 12])):
                below = attended < target * max(possible, 1)
                if self.mark(self.inside(window), MARKS_ATTENDED if below else MARKS_ABSENT):
                    attended, possible = attended + below, possible + 1
            self.mark(self.beside(window), MARKS_ATTENDED | MARKS_ABSENT)
            self.mark(self.inside(window), MARKS_NOT_COUNTED | MARKS_MISSING)
            target = min(Fraction(1), target + in_force(leaf.get("by", "0.05"), window.last))

    def rates_of_interest(self, leaf: Tree, on: dt.date) -> list[Fraction]:
        rates = [Fraction(1), Fraction(3, 4)]
        numbers = [leaf.get("at_least"), *leaf.get("at_risk", {}).values()]
        return rates + [in_force(number, on) for number in numbers if number] * 2

    def mark(self, day: dt.date, codes: set[str]) -> bool:
        session = self.rng.choice(["AM", "PM"])
        wrong = {"\\" if session == "AM" else "/"} | (NEW_CODES if day < NEW_CODES_FROM else OLD_CODES)
        if not self.new("attendance", day.isoformat(), session):
            return False
        code = self.rng.choice(sorted(codes - wrong))
        row = {"child_id": self.child_id, "date": day.isoformat(), "session": session, "code": code}
        self.writer.tables["attendance"].append(row)
        return True

    def totals(self) -> None:
        """Periods of attendance over five academic years, some of them over the end of a year."""
        tests = [leaf for item in self.items for leaf in leaves(item.terms["when"])]
        tests = [leaf for leaf in tests if leaf["measure"] == "attendance_rate"]
        first_year = self.joined_on.year - (self.joined_on.month < 9) - 1
        target = Fraction(9, 10)
        for year in range(first_year, first_year + 5):
            leaf = self.rng.choice(tests) if tests else {}
            on = dt.date(year + 1, 8, 31)
            by = in_force(leaf.get("by", "0.02"), on)
            target = self.rng.choice(
                [*self.rates_of_interest(leaf, on), *[min(target + by, Fraction(1))] * 3]
            )
            possible = self.rng.choice([20, 40, 40, 100, 100, 200])
            attended = min(possible, max(0, ceil(target * possible) + self.rng.choice([-1, 0, 0, 0, 1])))
            target = Fraction(attended, possible)
            if self.chance(0.85):
                self.year_of_periods(year, possible, attended)

    def year_of_periods(self, year: int, possible: int, attended: int) -> None:
        """Three periods of one academic year; the last may run into the next, which then begins later."""
        starts = [dt.date(year, 9, 1), dt.date(year + 1, 1, 1), dt.date(year + 1, 4, 11)]
        if self.chance(0.08) or starts[0] <= self.covered_until:
            starts[0] = dt.date(year, 9, 15)
        self.covered_until = dt.date(year + 1, *((9, 14) if self.chance(0.08) else (8, 31)))
        lasts = [starts[1] - DAY, starts[2] - DAY, self.covered_until]
        missed = parts_of(self.rng, possible - attended, 3, possible)
        present = parts_of(self.rng, attended, 3, possible)
        for first, last, came, away in zip(starts, lasts, present, missed, strict=True):
            row = totals_row(self.child_id, Window(first, last), came + away, came)
            self.writer.tables["attendance"].append(row)

    # ------------------------------------------------------------ readings

    def feed_readings(self, leaf: Tree, baseline: Window, endpoint: Window) -> None:
        """A pair of readings near the thresholds, with others on the days beside the windows."""
        measure = leaf["measure"]
        low, high = self.maker.bounds(measure)
        worse = 1 if self.maker.lower_is_better(measure) else -1
        before = self.rng.randint(low, high)
        if "at_risk" in leaf:
            before = self.risk_edge(leaf, endpoint.last) + self.rng.choice([worse, worse, 0, -worse])
        step = int(in_force(leaf.get("by", "2"), endpoint.last))
        after = before - worse * (step + self.rng.choice([-1, 0, 0, 0, 1, 1]))
        if leaf["test"] == "crosses":
            after = self.risk_edge(leaf, endpoint.last) + self.rng.choice([worse, 0, -worse, -worse])
        anything = self.rng.randint(low, high)
        planned = [(self.inside(baseline), before, 0.9), (self.inside(endpoint), after, 0.9)]
        planned += [
            (self.inside(baseline), anything, 0.2),
            (self.inside(endpoint), anything, 0.2),
            (self.beside(baseline), anything, 0.2),
            (self.beside(endpoint), anything, 0.2),
        ]
        for day, value, probability in planned:
            if self.chance(probability):
                self.reading(measure, day, min(max(value, low), high))

    def risk_edge(self, leaf: Tree, on: dt.date) -> int:
        """A value at the threshold of risk."""
        at_risk = leaf["at_risk"]
        if "band" in at_risk:
            return self.rng.randint(*((12, 19) if leaf["measure"] == "sdq.total" else (1, 6)))
        return int(in_force(next(iter(at_risk.values())), on))

    def reading(self, measure: str, day: dt.date, value: int) -> None:
        kind, _, name = measure.partition(".")
        if kind == "sdq":
            informant = self.card["informants"][self.phase]
            self.questionnaire(day, informant, name, value)
            if self.chance(0.1):
                self.questionnaire(day, self.rng.choice(["parent", "teacher", "self"]), name, value + 1)
        elif kind == "survey":
            if self.new("survey", name, day.isoformat()):
                whole = value in self.maker.bounds(measure) or self.chance(0.8)
                row = {"child_id": self.child_id, "completed_on": day.isoformat(), "measure": name}
                self.writer.tables["survey"].append(row | {"score": str(value) if whole else f"{value}.5"})
        else:
            self.assessment(day, name, self.maker.scales[name], value)
            if self.chance(0.12):
                other = self.rng.choice([*ORDERED_SCALES, *RANGE_SCALES])
                self.assessment(day + DAY, name, other, self.rng.randint(*self.maker.scale_bounds(other)))
            if self.chance(0.1):
                self.assessment(day + 2 * DAY, name, self.maker.scales[name], None)

    def questionnaire(self, day: dt.date, informant: str, scale: str, value: int) -> None:
        if self.new("sdq", informant, day.isoformat()):
            given = {"child_id": self.child_id, "completed_on": day.isoformat(), "informant": informant}
            row = sdq_row(self.rng, self.knobs.sdq, given, scale, value)
            self.writer.tables["sdq"].append(row)

    def assessment(self, day: dt.date, subject: str, scale: str, value: int | None) -> None:
        """A score on a scale, or (with no value) a status code."""
        if not self.new("attainment", subject, day.isoformat()):
            return
        values = self.maker.scale_values(scale)
        low, high = self.maker.scale_bounds(scale)
        expected = ""
        if self.chance(0.45):
            place = min(max((value or low) + self.rng.choice([-1, 0, 0, 1]), low), high)
            expected = values[place] if values else str(place)
        if value is None:
            score = self.rng.choice(sorted(STATUS_CODES - set(values)))
        else:
            score = values[value] if values else str(value)
        self.writer.tables["attainment"].append(
            {
                "child_id": self.child_id,
                "subject": subject,
                "assessed_on": day.isoformat(),
                "scale": scale,
                "score": score,
                "expected": expected,
            }
        )

    # ------------------------------------------------------------ holds

    def holds(self, ends: list[dt.date]) -> None:
        """Holds that begin or end on the last day of a quarter, or a day either side."""
        for _ in range(self.rng.choice([0, 1, 1, 2])):
            item = self.rng.choice(self.items)
            as_of = quarter_window(quarter_holding(self.rng.choice([*ends, self.joined_on]))).last
            first = self.rng.choice([self.near(as_of), self.joined_on])
            last = self.rng.choice([self.near(as_of), as_of + 400 * DAY, None])
            self.writer.holds.append(
                {
                    "child_id": self.child_id,
                    "payment": item.payment if self.chance(0.6) else "",
                    "outcome": "",
                    "from": first.isoformat(),
                    "to": max(first, last).isoformat() if last else "",
                    "reason": "query",
                    "raised_by": "finance",
                }
            )
            if self.writer.holds[-1]["payment"] and self.chance(0.5):
                self.writer.holds[-1]["outcome"] = item.outcome
