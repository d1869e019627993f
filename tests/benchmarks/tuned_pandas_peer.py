"""A peer to measure against: what fund.yaml pays, in pandas tuned for this one card.

    python -m tests.benchmarks.tuned_pandas_peer FOLDER OUT.csv [--parquet]

Writes, byte for byte, what `wlz-calc pay --quarter 2020-Q4 --from-start FOLDER --format csv` prints. Beside
`pandas_peer`, which is pandas as its documentation has it, this one shows how far pandas can be driven: Arrow
reads and writes, a child is a whole number in place of a text, a session is counted in a cell whose number is
made of bits, and only the few that can have been submitted again are sorted. It pays for that in clarity.

It is no second implementation of the rules: the terms are in the code, and what they have no use for is left
out (limits, commitments, expected scores, scales of other kinds, earlier claims).

It trusts its input: files of the shape that `wlz-calc sample` writes, sound in every cell. Nothing is
checked, nothing is found and no evidence is kept. With `--parquet` the extracts are parquet files of the
same columns. Money is whole pence, and whatever is compared is a whole number.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv, parquet

AS_OF: Final = pd.Timestamp("2020-12-31")
JOINED: Final = (pd.Timestamp("2016-11-01"), pd.Timestamp("2019-03-31"))
PRIMARY: Final = ("R", "1", "2", "3", "4", "5", "6")
SECONDARY: Final = ("7", "8", "9", "10", "11")
SHARES: Final = {"rbkc": 30, "lottery": 20, "philanthropy": 30, "school": 20}
"""In hundredths and in the order of the card, by which equal remainders are settled."""
SIGN_UP_RISES: Final = pd.Timestamp("2019-04-01")
SIGN_UP_PENCE: Final = (30000, 31200)
ENGAGEMENT_PENCE, OUTCOME_PENCE = 45000, 70000

PAYABLES: Final = pd.DataFrame(
    [
        ("sign_up", None, "happened"),
        ("engagement", None, "reached"),
        ("continued_engagement", None, "reached"),
        ("outcomes", "reading", "progressed"),
        ("outcomes", "english", "progressed"),
        ("outcomes", "maths", "progressed"),
        ("outcomes", "writing", "progressed"),
        ("outcomes", "school_engagement", "crossed"),
        ("outcomes", "emotional_wellbeing", "crossed"),
        ("outcomes", "relationships", "crossed"),
        ("outcomes", "attendance", "improved"),
        ("outcomes", "parental_engagement", "improved"),
    ],
    columns=["payment", "outcome", "reason"],
    dtype="str",
)
"""What can be earned, in the order of the card. Everywhere else a `payable` is its place here."""
SIGN_UP, ENGAGEMENT = 0, 1
OUTCOME: Final = {outcome: place for place, outcome in PAYABLES["outcome"].dropna().items()}
FIRST_NUMBER, NUMBERS = 4, 3

LINE: Final = [
    "quarter", "contract", "card_version", "commissioner", "child_id", "school", "payment", "outcome",
    "number", "kind", "due_on", "amount", "corrects", "reason",
]  # fmt: skip

JUDGEMENTS: Final = {"below": 0, "towards": 1, "at": 2, "above": 3}
SDQ: Final = {
    "emotional_wellbeing": {"somatic": 0, "worries": 0, "unhappy": 0, "clingy": 0, "afraid": 0},
    "relationships": {"loner": 0, "friend": 1, "popular": 1, "bullied": 0, "oldbest": 0},
}
"""The items of the emotional scale and of the peer scale, and whether each counts the other way."""
AT_RISK: Final = {"emotional_wellbeing": (4, 5), "relationships": (3, 3)}
"""Slightly raised or worse, of the four bands: from which score, for the teacher and for the child."""
MISSING: Final = -1
DAY: Final = pa.timestamp("s")
MOMENT: Final = pa.timestamp("us")
COUNT: Final = pa.int64()
ITEM: Final = pa.int8()
TEXT: Final = pa.dictionary(pa.int32(), pa.string())
"""What a column is read as. A text is a category in pandas."""
SESSION: Final = ["child", "date", "kind", "provider", "session"]
READING: Final = ["child", "payable"]
MET: Final = ["child", "payable", "due_on"]
ONE_DAY: Final = pd.Timedelta(days=1)


class Extracts(NamedTuple):
    """Where the extracts are, and of which kind."""

    folder: Path
    parquet: bool

    def read(self, table: str, **schema: pa.DataType) -> pd.DataFrame:
        """These columns of a table, as these types.

        By Arrow's own reader. That of pandas goes by way of it, but does not let it read categories and days
        as such: it holds every text as a text first.
        """
        path, columns = self.folder / "extracts" / table, list(schema)
        if self.parquet:
            texts = [name for name in columns if schema[name] == TEXT]
            file = path.with_suffix(".parquet")
            arrow = parquet.read_table(file, columns=columns, read_dictionary=texts).cast(pa.schema(schema))
        else:
            options = csv.ConvertOptions(include_columns=columns, column_types=schema)
            arrow = csv.read_csv(path.with_suffix(".csv"), convert_options=options)
        return arrow.to_pandas(types_mapper={ITEM: pd.Int8Dtype()}.get, split_blocks=True, self_destruct=True)

    def of(self, kids: pd.DataFrame, table: str, **schema: pa.DataType) -> pd.DataFrame:
        """The same, of these children only: `child` is the place among them."""
        frame = self.read(table, child_id=TEXT, **schema)
        ids = frame.pop("child_id").cat
        child = pd.Index(kids["child_id"]).get_indexer(ids.categories)[ids.codes]
        framed = frame.assign(child=child)
        return framed if (child != MISSING).all() else framed[child != MISSING].reset_index(drop=True)


def theirs(kids: pd.DataFrame, column: str, rows: pd.DataFrame) -> np.ndarray:
    """A column of the children, for each row that is about one of them."""
    values: np.ndarray = kids[column].to_numpy()[rows["child"].to_numpy()]
    return values


def meant(texts: pd.Series, meaning: Callable[[str], int]) -> np.ndarray:
    """The number that each text stands for; each different one is looked up once."""
    meanings = [meaning(text) for text in texts.cat.categories]
    numbers: np.ndarray = np.array(meanings, dtype=np.int64)[texts.cat.codes]
    return numbers


def months(day: pd.Series, number: int) -> pd.Series:
    """So many months on, or the last day of a month that has no such day."""
    return day + pd.DateOffset(months=number)


def children(extracts: Extracts) -> pd.DataFrame:
    """The children on the card, in the order of their ids, with the edges of their windows."""
    texts, days = ("child_id", "contract", "school", "year_group"), ("joined_on", "consent_on", "left_on")
    found = extracts.read("children", **dict.fromkeys(texts, TEXT), **dict.fromkeys(days, DAY))
    found[["child_id", "school"]] = found[["child_id", "school"]].astype("str")
    on_card = (found["contract"] == "fund") & found["joined_on"].between(*JOINED)
    kids = found[on_card].sort_values("child_id", ignore_index=True)
    joined_on = kids["joined_on"]
    september = pd.to_datetime({"year": joined_on.dt.year, "month": 9, "day": 1}).astype(joined_on.dtype)
    return kids.assign(
        primary=kids["year_group"].isin(PRIMARY),
        secondary=kids["year_group"].isin(SECONDARY),
        one_year=months(joined_on, 12) - ONE_DAY,
        two_years=months(joined_on, 24) - ONE_DAY,
        baseline_opens=months(joined_on, -6),
        baseline_closes=months(joined_on, 3) - ONE_DAY,
        endpoint_opens=months(joined_on, 18),
        year_begins=september.where(september <= joined_on, months(september, -12)),
    )


def sessions(extracts: Extracts, kids: pd.DataFrame) -> np.ndarray:
    """How many sessions count, by child, year, kind (Link Worker, partner) and whether attended.

    Of a session submitted again the last submission stands. None counts after the child has left.
    """
    texts = dict.fromkeys(("kind", "provider", "session", "status"), TEXT)
    found = extracts.of(kids, "engagement", date=DAY, submitted_at=MOMENT, **texts)
    date, status = found["date"].to_numpy(), found["status"]
    kids = kids.assign(last_day=kids[["two_years", "left_on"]].min(axis=1).clip(upper=AS_OF))
    here = (date >= theirs(kids, "joined_on", found)) & (date <= theirs(kids, "last_day", found))
    counts = here & (status != "cancelled").to_numpy()
    counts[superseded(found)] = False
    cell = found["child"].to_numpy() << 3
    cell += (date > theirs(kids, "one_year", found)).astype(np.int64) << 2
    cell += (found["kind"] == "partner").to_numpy().astype(np.int64) << 1
    cell += (status == "attended").to_numpy()
    return np.bincount(cell[counts], minlength=len(kids) << 3).reshape(len(kids), 2, 2, 2)


def superseded(found: pd.DataFrame) -> np.ndarray:
    """The rows whose session was submitted again later.

    Few rows share even child, day and kind, and only those are looked at. Rows mostly come in that order,
    which a stable sort is fast on. Times are compared as they stand: all are of one clock, in the day.
    """
    rough = (found["child"].to_numpy() << 33) + (found["date"].to_numpy().astype(np.int64) << 1)
    rough += found["kind"].cat.codes.to_numpy()
    order = rough.argsort(kind="stable")
    rough = rough[order]
    same = rough[1:] == rough[:-1]
    rivals = found.iloc[order[np.append(same, False) | np.append(False, same)]]
    ranked = rivals.sort_values("submitted_at")
    rows: np.ndarray = ranked.index[ranked.duplicated(SESSION, keep="last")].to_numpy()
    return rows


def sign_up(kids: pd.DataFrame) -> pd.DataFrame:
    """Payment 1, once there is consent."""
    consented = kids[kids["consent_on"] <= AS_OF]
    due_on = consented[["consent_on", "joined_on"]].max(axis=1)
    price = np.where(due_on < SIGN_UP_RISES, *SIGN_UP_PENCE)
    return _awards(due_on, payable=SIGN_UP, number=1, price=price)


def engagement(kids: pd.DataFrame, counts: np.ndarray, year: int) -> pd.DataFrame:
    """Payment 2 or 3. Its rate is known on the last day of the year, so that this is when it falls due."""
    link_worker, (absent, partner) = counts[:, year, 0, 1], counts[:, year, 1].T
    enough = (link_worker >= 20) & (partner >= 10) & (partner * 100 >= (partner + absent) * 75)
    closes = kids["two_years" if year else "one_year"]
    due_on = closes[enough & (closes <= AS_OF)]
    return _awards(due_on, payable=ENGAGEMENT + year, number=2 + year, price=ENGAGEMENT_PENCE)


def _awards(due_on: pd.Series, **terms: int | np.ndarray) -> pd.DataFrame:
    """An award for every child with a due date; between joining and the as-of date, so inside the term."""
    return pd.DataFrame({"child": due_on.index, "due_on": due_on.to_numpy(), **terms})


def readings(extracts: Extracts, kids: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """All readings as child, payable, on, score and scale."""
    yield attainment(extracts, kids)
    yield survey(extracts, kids)
    yield from questionnaires(extracts, kids)


def attainment(extracts: Extracts, kids: pd.DataFrame) -> pd.DataFrame:
    """Results as points, or as places on the scale; a status code is no result."""
    texts = dict.fromkeys(("subject", "scale", "score"), TEXT)
    found = extracts.of(kids, "attainment", assessed_on=DAY, **texts)
    score = meant(found["score"], lambda text: JUDGEMENTS.get(text, int(text) if text.isdigit() else MISSING))
    return _readings(found, _payable(found["subject"]), "assessed_on", score, found["scale"].cat.codes)


def survey(extracts: Extracts, kids: pd.DataFrame) -> pd.DataFrame:
    """The scores of the two surveys that are paid by."""
    found = extracts.of(kids, "survey", measure=TEXT, score=COUNT, completed_on=DAY)
    return _readings(found, _payable(found["measure"]), "completed_on", found["score"])


def _payable(names: pd.Series) -> np.ndarray:
    return meant(names, lambda name: OUTCOME.get(name, MISSING))


def questionnaires(extracts: Extracts, kids: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Two scales of the SDQ, of whom the card asks: the teacher at primary, the child at secondary.

    Five times the mean of what was answered, rounded half up; fewer than three answers are no score.
    """
    items = dict.fromkeys((item for items in SDQ.values() for item in items), ITEM)
    found = extracts.of(kids, "sdq", completed_on=DAY, informant=TEXT, **items)
    primary, secondary = (theirs(kids, phase, found) for phase in ("primary", "secondary"))
    teacher, self_ = (found["informant"] == who for who in ("teacher", "self"))
    asked = found[(primary & teacher) | (secondary & self_)]
    for outcome, items in SDQ.items():
        answers = asked[list(items)].fillna(MISSING).to_numpy(np.int64)
        there = answers != MISSING
        points = np.where(list(items.values()), 2 - answers, answers).sum(axis=1, where=there)
        answered = there.sum(axis=1)
        score = (10 * points + answered) // np.maximum(2 * answered, 1)
        yield _readings(asked, OUTCOME[outcome], "completed_on", np.where(answered >= 3, score, MISSING))


def _readings(
    found: pd.DataFrame, payable: int | np.ndarray, on: str, score: np.ndarray, scale: int | np.ndarray = 0
) -> pd.DataFrame:
    """Those of them that have a score and that something is paid by."""
    said = {"child": found["child"], "payable": payable, "on": found[on], "score": score, "scale": scale}
    frame = pd.DataFrame(said)
    return frame[(frame["score"] != MISSING) & (frame["payable"] != MISSING)]


def compared(found: pd.DataFrame, kids: pd.DataFrame) -> pd.DataFrame:
    """The baseline and the endpoint, `before` and `after`, of every child and payable that have both."""
    first = _within(found, kids, "baseline_opens", "baseline_closes")
    early = first["on"] <= theirs(kids, "joined_on", first)
    nearest = [first[early].drop_duplicates(READING, keep="last"), first[~early].drop_duplicates(READING)]
    baseline = pd.concat(nearest).drop_duplicates(READING).rename(columns={"score": "before"})
    last = _within(found, kids, "endpoint_opens", "two_years").rename(columns={"score": "after"})
    both = last.merge(baseline[[*READING, "scale", "before"]], on=[*READING, "scale"])
    return both.drop_duplicates(READING, keep="last")


def _within(found: pd.DataFrame, kids: pd.DataFrame, opens: str, closes: str) -> pd.DataFrame:
    """The readings in a window, by day."""
    inside = (found["on"] >= theirs(kids, opens, found)) & (found["on"] <= theirs(kids, closes, found))
    return found[inside].sort_values("on")


def changed(pairs: pd.DataFrame, kids: pd.DataFrame) -> pd.DataFrame:
    """The children and payables for whom the change between two readings is what was to be reached."""
    primary, secondary = (theirs(kids, phase, pairs) for phase in ("primary", "secondary"))
    before, after = pairs["before"], pairs["after"]
    gain = after - before
    met = {
        "reading": primary & (gain >= 1),
        "english": secondary & (gain >= 1),
        "maths": (primary | secondary) & (gain >= 1),
        "writing": primary & (gain >= 1),
        "school_engagement": secondary & (before < 50) & (after >= 50),
        "parental_engagement": (primary | secondary) & (gain >= 10),
    }
    for outcome, starts in AT_RISK.items():
        start = np.where(primary, *starts)
        met[outcome] = (before >= start) & (after < start)
    there = [enough & (pairs["payable"] == OUTCOME[outcome]) for outcome, enough in met.items()]
    return pairs.assign(due_on=theirs(kids, "two_years", pairs))[np.logical_or.reduce(there)][MET]


def attendance(extracts: Extracts, kids: pd.DataFrame) -> pd.DataFrame:
    """The children below 95% in the academic year before joining who are two points up in the second."""
    days, sides = ("period_start", "period_end"), ("sessions_possible", "sessions_attended")
    found = extracts.of(kids, "attendance", **dict.fromkeys(days, DAY), **dict.fromkeys(sides, COUNT))
    before = _year(found, kids, sides, 0)
    after = _year(found, kids, sides, 2)
    both = before.merge(after, left_index=True, right_index=True)
    possible, attended, possible_after, attended_after = (both[name] for name in both)
    gain = attended_after * possible - attended * possible_after
    met = (attended * 100 < possible * 95) & (gain * 100 >= possible * possible_after * 2)
    there = kids.loc[both.index[met], ["primary", "secondary", "year_begins"]]
    year_begins = there["year_begins"][there["primary"] | there["secondary"]]
    due_on = months(year_begins, 24) - ONE_DAY
    return _awards(due_on, payable=OUTCOME["attendance"])


def _year(found: pd.DataFrame, kids: pd.DataFrame, sides: tuple[str, str], year: int) -> pd.DataFrame:
    """What was possible and attended, in an academic year counted from that of joining, if it was enough."""
    opens = months(kids["year_begins"], 12 * (year - 1))
    framed = kids.assign(opens=opens, closes=months(opens, 12) - ONE_DAY)
    inside = found["period_start"] >= theirs(framed, "opens", found)
    inside &= found["period_end"] <= theirs(framed, "closes", found)
    sums = found[inside].groupby("child")[list(sides)].sum()
    return sums[sums["sessions_possible"] >= 150]


def outcomes(met: pd.DataFrame, gates: pd.DataFrame) -> pd.DataFrame:
    """Payments 4 to 6: of what is met the first three, none before payment 2 or 3 is met, held or not."""
    opened = gates.groupby("child")["due_on"].min().rename("opened")
    gated = met[met["due_on"] <= AS_OF].join(opened, on="child", how="inner")
    gated["due_on"] = gated[["due_on", "opened"]].max(axis=1)
    ordered = gated.sort_values(["child", "due_on", "payable"])
    numbered = ordered.assign(number=FIRST_NUMBER + ordered.groupby("child").cumcount(), price=OUTCOME_PENCE)
    return numbered[numbered["number"] < FIRST_NUMBER + NUMBERS].drop(columns="opened")


def unheld(awards: pd.DataFrame, kids: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The awards but for those on hold at the as-of date; a hold is on all that it does not name."""
    holds = pd.read_csv(path, dtype="str", parse_dates=["from", "to"])
    in_force = holds[(holds["from"] <= AS_OF) & ~(holds["to"] < AS_OF)]
    on_card = PAYABLES.add_suffix("_on_card").rename_axis("payable").reset_index()
    each = in_force.merge(on_card, how="cross")
    for name in ("payment", "outcome"):
        each = each[each[name].isna() | (each[name] == each[f"{name}_on_card"])]
    held = each["payable"] + len(PAYABLES) * pd.Index(kids["child_id"]).get_indexer(each["child_id"])
    return awards[~(awards["payable"] + len(PAYABLES) * awards["child"]).isin(held)]


def shares(price: int) -> dict[str, int]:
    """The part of a price that each pays: by largest remainder, ties in the order of the card."""
    parts = {payer: price * share // 100 for payer, share in SHARES.items()}
    by_remainder = sorted(SHARES, key=lambda payer: price * SHARES[payer] % 100, reverse=True)
    for payer in by_remainder[: price - sum(parts.values())]:
        parts[payer] += 1
    return parts


def lines(awards: pd.DataFrame, kids: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The lines of each commissioner, and within it in the order of due date, child and number."""
    ordered = awards.sort_values(["due_on", "child", "number"], ignore_index=True)
    kid = kids[["child_id", "school"]].iloc[ordered["child"]].set_axis(ordered.index)
    payable = PAYABLES.iloc[ordered["payable"]].set_axis(ordered.index)
    said = pd.concat([kid, payable, ordered[["number", "price"]]], axis=1)
    said = said.assign(quarter="2020-Q4", contract="fund", card_version=1, kind="new", corrects=None)
    said["due_on"] = ordered["due_on"].astype("date32[day][pyarrow]")
    parts = {price: shares(price) for price in said["price"].unique()}
    for payer in sorted(SHARES):
        part = said["price"].map({price: pounds(split[payer]) for price, split in parts.items()})
        if payer != "school":
            yield said.assign(commissioner=payer, amount=part)[LINE]
        else:
            by_school = said.assign(commissioner="school:" + said["school"], amount=part)
            yield by_school.sort_values("school", kind="stable")[LINE]


def pounds(pence: int) -> str:
    """Pence as pounds with two decimals."""
    return f"{pence // 100}.{pence % 100:02d}"


def main(folder: str, out: str, *options: str) -> None:
    """Reads the folder, and writes the lines."""
    extracts = Extracts(Path(folder), parquet="--parquet" in options)
    kids = children(extracts)
    counts = sessions(extracts, kids)
    engaged = pd.concat([engagement(kids, counts, year) for year in (0, 1)])
    changes = changed(compared(pd.concat(readings(extracts, kids)), kids), kids)
    met = pd.concat([changes, attendance(extracts, kids)])
    awards = pd.concat([sign_up(kids), engaged, outcomes(met, engaged)], ignore_index=True)
    plain = csv.WriteOptions(include_header=False, quoting_style="none")
    with Path(out).open("wb") as file:
        file.write((",".join(LINE) + "\n").encode())
        for part in lines(unheld(awards, kids, Path(folder, "holds.csv")), kids):
            csv.write_csv(pa.Table.from_pandas(part, preserve_index=False), file, plain)


if __name__ == "__main__":
    main(*sys.argv[1:])
