"""A peer to measure against: what fund.yaml pays, in the pandas of an analyst who knows pandas well.

    python -m tests.benchmarks.pandas_peer FOLDER OUT.csv [--parquet]

Writes, byte for byte, what `wlz-calc pay --quarter 2020-Q4 --from-start FOLDER --format csv` prints. It is
what one would write, from pandas' own documentation, who wants this result and clear code: `read_csv` with
its usual engine, `merge`, `groupby`, `to_csv`. What costs little clarity is done: no column is read that is
not needed, texts that recur in the longest table are categories, and nothing goes row by row. Beside it,
`tuned_pandas_peer` gives up clarity for time.

It is no second implementation of the rules: the terms are in the code, and what they have no use for is left
out (limits, commitments, expected scores, scales of other kinds, earlier claims).

It trusts its input: files of the shape that `wlz-calc sample` writes, sound in every cell. Nothing is
checked, nothing is found and no evidence is kept. With `--parquet` the extracts are parquet files of the
same columns. Money is whole pence, and whatever is compared is a whole number or a day.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

AS_OF: Final = pd.Timestamp("2020-12-31")
JOINED: Final = (pd.Timestamp("2016-11-01"), pd.Timestamp("2019-03-31"))
ONE_DAY: Final = pd.Timedelta(days=1)

PHASES: Final = {
    **dict.fromkeys(["R", "1", "2", "3", "4", "5", "6"], "primary"),
    **dict.fromkeys(["7", "8", "9", "10", "11"], "secondary"),
}
INFORMANTS: Final = {"primary": "teacher", "secondary": "self"}

SIGN_UP_RISES: Final = pd.Timestamp("2019-04-01")
SIGN_UP_PENCE: Final = {False: 30000, True: 31200}
"""By whether it has risen."""
ENGAGEMENT_PENCE, OUTCOME_PENCE = 45000, 70000
SHARES: Final = {"rbkc": 30, "lottery": 20, "philanthropy": 30, "school": 20}
"""In hundredths and in the order of the card, by which equal remainders are settled."""

ENGAGEMENT: Final = {False: "engagement", True: "continued_engagement"}
ENGAGEMENT_NUMBER: Final = {False: 2, True: 3}
"""Both by whether it is for the second year."""
FIRST_NUMBER, LAST_NUMBER = 4, 6

TERMS: Final = pd.DataFrame(
    [
        ("primary", "reading", "gains", 1, "progressed"),
        ("secondary", "english", "gains", 1, "progressed"),
        ("primary", "maths", "gains", 1, "progressed"),
        ("secondary", "maths", "gains", 1, "progressed"),
        ("primary", "writing", "gains", 1, "progressed"),
        ("secondary", "school_engagement", "rises_to", 50, "crossed"),
        ("primary", "emotional_wellbeing", "falls_below", 4, "crossed"),
        ("secondary", "emotional_wellbeing", "falls_below", 5, "crossed"),
        ("primary", "relationships", "falls_below", 3, "crossed"),
        ("secondary", "relationships", "falls_below", 3, "crossed"),
        ("primary", "parental_engagement", "gains", 10, "improved"),
        ("secondary", "parental_engagement", "gains", 10, "improved"),
    ],
    columns=["phase", "outcome", "test", "points", "reason"],
)
"""The outcomes that two readings decide, and what has to become of the score from one to the other."""
OUTCOMES: Final = [
    "reading", "english", "maths", "writing", "school_engagement", "emotional_wellbeing", "relationships",
    "attendance", "parental_engagement",
]  # fmt: skip
IN_ORDER: Final = pd.CategoricalDtype(OUTCOMES, ordered=True)
"""A category that sorts as the card does."""

JUDGEMENTS: Final = {"below": "0", "towards": "1", "at": "2", "above": "3"}
SDQ: Final = {
    "emotional_wellbeing": ["somatic", "worries", "unhappy", "clingy", "afraid"],
    "relationships": ["loner", "friend", "popular", "bullied", "oldbest"],
}
"""The items of the emotional scale and of the peer scale."""
REVERSED: Final = ["friend", "popular"]

SESSION: Final = ["child_id", "date", "kind", "provider", "session"]
READING: Final = ["child_id", "outcome"]
WINDOWS: Final = ["joined_on", "baseline_opens", "baseline_closes", "endpoint_opens", "two_years"]
COUNTS: Final = ["link_worker", "partner", "offered"]
LINE: Final = [
    "quarter", "contract", "card_version", "commissioner", "child_id", "school", "payment", "outcome",
    "number", "kind", "due_on", "amount", "corrects", "reason",
]  # fmt: skip


class Extracts(NamedTuple):
    """Where the extracts are, and of which kind."""

    folder: Path
    parquet: bool

    def read(self, table: str, others: dict[str, str], dates: list[str]) -> pd.DataFrame:
        """Of a table the child, the other columns as these types, and these days or moments."""
        path, dtype = self.folder / "extracts" / table, {"child_id": "str", **others}
        if self.parquet:
            return _parquet(path.with_suffix(".parquet"), dtype, dates)
        return pd.read_csv(path.with_suffix(".csv"), usecols=[*dtype, *dates], dtype=dtype, parse_dates=dates)


def _parquet(path: Path, dtype: dict[str, str], dates: list[str]) -> pd.DataFrame:
    """The same of parquet. Unless it is told, days become objects of Python, and categories texts first."""
    categories = [name for name in dtype if dtype[name] == "category"]
    options = {"categories": categories, "date_as_object": False}
    return pd.read_parquet(path, columns=[*dtype, *dates], to_pandas_kwargs=options).astype(dtype)


def months(day: pd.Series, number: int) -> pd.Series:
    """So many months on, or the last day of a month that has no such day."""
    return day + pd.DateOffset(months=number)


def academic_year(day: pd.Series) -> pd.Series:
    """The calendar year in which the academic year of a day begins."""
    return day.dt.year - (day.dt.month < 9)


def children(extracts: Extracts) -> pd.DataFrame:
    """The children on the card, with their phases and the edges of their windows."""
    others = {"contract": "category", "school": "str", "year_group": "str"}
    found = extracts.read("children", others, ["joined_on", "consent_on", "left_on"])
    kids = found[(found["contract"] == "fund") & found["joined_on"].between(*JOINED)]
    joined_on = kids["joined_on"]
    return kids.assign(
        phase=kids["year_group"].map(PHASES),
        one_year=months(joined_on, 12) - ONE_DAY,
        two_years=months(joined_on, 24) - ONE_DAY,
        baseline_opens=months(joined_on, -6),
        baseline_closes=months(joined_on, 3) - ONE_DAY,
        endpoint_opens=months(joined_on, 18),
        last_day=lambda kid: kid[["two_years", "left_on"]].min(axis=1).clip(upper=AS_OF),
    )


def sign_up(kids: pd.DataFrame) -> pd.DataFrame:
    """Payment 1, once there is consent."""
    consented = kids[kids["consent_on"] <= AS_OF]
    due_on = consented[["consent_on", "joined_on"]].max(axis=1)
    price = (due_on >= SIGN_UP_RISES).map(SIGN_UP_PENCE)
    awards = consented[["child_id"]].assign(due_on=due_on, price=price)
    return awards.assign(payment="sign_up", number=1, reason="happened")


def sessions(extracts: Extracts, kids: pd.DataFrame) -> pd.DataFrame:
    """The sessions in a child's two years, up to when the child left; `second` says in which year.

    Of a session submitted again the last submission stands.
    """
    texts = dict.fromkeys(["kind", "provider", "session", "status"], "category")
    found = extracts.read("engagement", texts, ["date", "submitted_at"])
    standing = found.sort_values("submitted_at").drop_duplicates(SESSION, keep="last")
    standing = standing[["child_id", "date", "kind", "status"]]
    theirs = standing.merge(kids[["child_id", "joined_on", "one_year", "last_day"]], on="child_id")
    inside = theirs[theirs["date"].between(theirs["joined_on"], theirs["last_day"])]
    return inside.assign(second=inside["date"] > inside["one_year"])


def counted(held: pd.DataFrame) -> pd.DataFrame:
    """What was attended with the Link Worker and with partners, and all that partners held, by year."""
    partner, attended = held["kind"] == "partner", held["status"] == "attended"
    counts = held.assign(
        link_worker=attended & ~partner,
        partner=attended & partner,
        offered=partner & (held["status"] != "cancelled"),
    )
    return counts.groupby(["child_id", "second"], as_index=False)[COUNTS].sum()


def engagement(counts: pd.DataFrame, kids: pd.DataFrame) -> pd.DataFrame:
    """Payments 2 and 3. The rate is known on the last day of the year, so that this is when they fall due."""
    enough = (counts["link_worker"] >= 20) & (counts["partner"] >= 10)
    regular = counts["partner"] * 100 >= counts["offered"] * 75
    met = counts[enough & regular].merge(kids[["child_id", "one_year", "two_years"]], on="child_id")
    second = met["second"]
    awards = met[["child_id"]].assign(
        due_on=met["two_years"].where(second, met["one_year"]),
        payment=second.map(ENGAGEMENT),
        number=second.map(ENGAGEMENT_NUMBER),
        price=ENGAGEMENT_PENCE,
        reason="reached",
    )
    return awards[awards["due_on"] <= AS_OF]


def readings(extracts: Extracts, kids: pd.DataFrame) -> pd.DataFrame:
    """All scores that something is paid by: child_id, outcome, on, scale and score."""
    found = pd.concat([attainment(extracts), survey(extracts), *questionnaires(extracts, kids)])
    scored = found[found["outcome"].isin(TERMS["outcome"]) & found["score"].notna()]
    return scored.astype({"score": "int64"})


def attainment(extracts: Extracts) -> pd.DataFrame:
    """Results as points, or as places on the scale; a status code is no result."""
    found = extracts.read("attainment", dict.fromkeys(["subject", "scale", "score"], "str"), ["assessed_on"])
    score = pd.to_numeric(found["score"].replace(JUDGEMENTS), errors="coerce").astype("Int64")
    return found.assign(score=score).rename(columns={"subject": "outcome", "assessed_on": "on"})


def survey(extracts: Extracts) -> pd.DataFrame:
    """The scores of all surveys."""
    found = extracts.read("survey", {"measure": "str", "score": "Int64"}, ["completed_on"])
    return found.assign(scale="survey").rename(columns={"measure": "outcome", "completed_on": "on"})


def questionnaires(extracts: Extracts, kids: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Two scales of the SDQ, of whom the card asks: the teacher at primary, the child at secondary."""
    answers = dict.fromkeys([item for items in SDQ.values() for item in items], "Int64")
    found = extracts.read("sdq", {"informant": "str", **answers}, ["completed_on"])
    found[REVERSED] = 2 - found[REVERSED]
    informants = kids[["child_id"]].assign(informant=kids["phase"].map(INFORMANTS))
    asked = found.merge(informants, on=["child_id", "informant"]).rename(columns={"completed_on": "on"})
    for outcome, items in SDQ.items():
        yield asked[["child_id", "on"]].assign(outcome=outcome, scale="sdq", score=subscale(asked[items]))


def subscale(answers: pd.DataFrame) -> pd.Series:
    """Five times the mean of what was answered, rounded half up; fewer than three answers are no score."""
    enough = answers[answers.count(axis=1) >= 3]
    points, answered = enough.sum(axis=1), enough.count(axis=1)
    return (10 * points + answered) // (2 * answered)


def compared(found: pd.DataFrame, kids: pd.DataFrame) -> pd.DataFrame:
    """The baseline and the endpoint, `before` and `after`, of every child and outcome that have both.

    The endpoint is the last reading on the scale of the baseline.
    """
    theirs = found.merge(kids[["child_id", "phase", *WINDOWS]], on="child_id")
    before = baselines(theirs)[[*READING, "scale", "score"]].rename(columns={"score": "before"})
    late = theirs[theirs["on"].between(theirs["endpoint_opens"], theirs["two_years"])]
    both = late.rename(columns={"score": "after"}).merge(before, on=[*READING, "scale"])
    return both.sort_values("on").drop_duplicates(READING, keep="last")


def baselines(theirs: pd.DataFrame) -> pd.DataFrame:
    """The nearest reading on or before joining, or else the first after it."""
    early = theirs[theirs["on"].between(theirs["baseline_opens"], theirs["baseline_closes"])]
    distance = early["on"] - early["joined_on"]
    ranked = early.assign(after=distance > pd.Timedelta(0), distance=distance.abs())
    return ranked.sort_values(["after", "distance"]).drop_duplicates(READING)


def changed(pairs: pd.DataFrame) -> pd.DataFrame:
    """The children and outcomes for whom the change between two readings is what was to be reached."""
    asked = pairs.merge(TERMS, on=["phase", "outcome"])
    test, before, after, points = (asked[name] for name in ["test", "before", "after", "points"])
    gains = (test == "gains") & (after - before >= points)
    rises = (test == "rises_to") & (before < points) & (after >= points)
    falls = (test == "falls_below") & (before >= points) & (after < points)
    met = asked[gains | rises | falls].rename(columns={"two_years": "due_on"})
    return met[["child_id", "outcome", "due_on", "reason"]]


def attendance(extracts: Extracts, kids: pd.DataFrame) -> pd.DataFrame:
    """The children below 95% in the academic year before joining who are two points up in the second."""
    years = school_years(extracts)
    pupils = kids.loc[kids["phase"].notna(), ["child_id"]].assign(joined=academic_year(kids["joined_on"]))
    before = pupils.assign(year=pupils["joined"] - 1).merge(years, on=["child_id", "year"])
    after = pupils.assign(year=pupils["joined"] + 1).merge(years, on=["child_id", "year"])
    both = before.merge(after, on=["child_id", "joined"], suffixes=("", "_after"))
    met = both[improved(both)]
    due_on = pd.to_datetime({"year": met["joined"] + 2, "month": 8, "day": 31})
    return met[["child_id"]].assign(outcome="attendance", due_on=due_on, reason="improved")


def school_years(extracts: Extracts) -> pd.DataFrame:
    """What was possible and attended, by child and academic year, where it was enough.

    A period that lies in two years counts in neither.
    """
    counts = dict.fromkeys(["sessions_possible", "sessions_attended"], "int64")
    found = extracts.read("attendance", counts, ["period_start", "period_end"])
    year = academic_year(found["period_start"])
    whole = found.assign(year=year)[year == academic_year(found["period_end"])]
    sums = whole.groupby(["child_id", "year"], as_index=False)[list(counts)].sum()
    return sums[sums["sessions_possible"] >= 150]


def improved(both: pd.DataFrame) -> pd.Series:
    """Whether the first rate is below 95% and the other two points above it: each fraction multiplied out."""
    possible, attended = both["sessions_possible"], both["sessions_attended"]
    possible_after, attended_after = both["sessions_possible_after"], both["sessions_attended_after"]
    gain = attended_after * possible - attended * possible_after
    return (attended * 100 < possible * 95) & (gain * 100 >= possible * possible_after * 2)


def outcomes(met: pd.DataFrame, engaged: pd.DataFrame) -> pd.DataFrame:
    """Payments 4 to 6: of what is met the first three, none before payment 2 or 3 is met, held or not."""
    opened = engaged.groupby("child_id")["due_on"].min().rename("opened").reset_index()
    gated = met[met["due_on"] <= AS_OF].merge(opened, on="child_id")
    gated["due_on"] = gated[["due_on", "opened"]].max(axis=1)
    ordered = gated.astype({"outcome": IN_ORDER}).sort_values(["child_id", "due_on", "outcome"])
    number = FIRST_NUMBER + ordered.groupby("child_id").cumcount()
    awards = ordered.assign(payment="outcomes", number=number, price=OUTCOME_PENCE)
    return awards[number <= LAST_NUMBER].drop(columns="opened")


def unheld(awards: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The awards but for those on hold at the as-of date; a hold is on all that it does not name."""
    columns = ["child_id", "payment", "outcome", "from", "to"]
    holds = pd.read_csv(path, usecols=columns, dtype="str", parse_dates=["from", "to"])
    in_force = holds[(holds["from"] <= AS_OF) & ~(holds["to"] < AS_OF)]
    pairs = awards.reset_index().merge(in_force, on="child_id", suffixes=("", "_held"))
    payment = pairs["payment_held"].isna() | (pairs["payment_held"] == pairs["payment"])
    outcome = pairs["outcome_held"].isna() | (pairs["outcome_held"] == pairs["outcome"])
    return awards.drop(pairs.loc[payment & outcome, "index"])


def shares(price: int) -> dict[str, int]:
    """The part of a price that each pays: by largest remainder, ties in the order of the card."""
    parts = {payer: price * share // 100 for payer, share in SHARES.items()}
    by_remainder = sorted(SHARES, key=lambda payer: price * SHARES[payer] % 100, reverse=True)
    for payer in by_remainder[: price - sum(parts.values())]:
        parts[payer] += 1
    return parts


def pounds(pence: int) -> str:
    """Pence as pounds with two decimals."""
    return f"{pence // 100}.{pence % 100:02d}"


def lines(awards: pd.DataFrame, kids: pd.DataFrame) -> pd.DataFrame:
    """The lines of the claim, in the order of commissioner, due date, child and number."""
    prices = awards["price"].unique()
    parts = [(price, payer, pounds(part)) for price in prices for payer, part in shares(price).items()]
    paid = awards.merge(pd.DataFrame(parts, columns=["price", "commissioner", "amount"]), on="price")
    said = paid.merge(kids[["child_id", "school"]], on="child_id")
    each_school = said["commissioner"] == "school"
    said["commissioner"] = said["commissioner"].mask(each_school, "school:" + said["school"])
    said = said.assign(quarter="2020-Q4", contract="fund", card_version=1, kind="new", corrects=None)
    return said.sort_values(["commissioner", "due_on", "child_id", "number"])[LINE]


def main(folder: str, out: str, *options: str) -> None:
    """Reads the folder, and writes the lines."""
    extracts = Extracts(Path(folder), parquet="--parquet" in options)
    kids = children(extracts)
    engaged = engagement(counted(sessions(extracts, kids)), kids)
    changes = changed(compared(readings(extracts, kids), kids))
    met = pd.concat([changes, attendance(extracts, kids)])
    awards = pd.concat([sign_up(kids), engaged, outcomes(met, engaged)], ignore_index=True)
    lines(unheld(awards, Path(folder, "holds.csv")), kids).to_csv(out, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
