"""What two cards say otherwise, field by field and day by day; and what comes of it."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.sound_folder import wlz_calc
from wlz_calc import trying
from wlz_calc.cli.ending import Exit
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.difference import Difference, differences
from wlz_calc.read.cards import read_card, shipped

EXAMPLE = Path(__file__).parents[1] / "examples" / "kensington-chelsea"
NAME = "kensington-chelsea"
LATER = (("version: 1", "version: 2"), ("dated: 2021-03-31", "dated: 2018-06-01"))
LINK_WORKER = "payments.engagement.when.all.link_worker_sessions.at_least"


def path_of(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of a shipped card with these changes, each made where its text stands first."""
    text = shipped()[NAME].read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "our.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def card_of(path: Path) -> Card:
    read, found = read_card(path, path.name)
    assert read is not None, found
    return read.card


def between(folder: Path, *changes: tuple[str, str]) -> list[Difference]:
    """What a later version with these changes says otherwise, but for what it says of itself."""
    found = differences(card_of(shipped()[NAME]), card_of(path_of(folder, *LATER, *changes)))
    return [one for one in found if one.path not in {"version", "source.dated"}]


def one(folder: Path, *changes: tuple[str, str]) -> Difference:
    (found,) = between(folder, *changes)
    return found


# ---------------------------------------------------------------- field by field


def test_cards_that_say_the_same_do_not_differ(tmp_path: Path) -> None:
    assert between(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("share: 0.30, d", "share: 0.3, d"), None),
        (("price: 450.00", "price: 450"), None),
        (("times: 3}", "times: 2}"), ("matching.times", "3", "2", "")),
        (("at_least: 20}", "at_least: 22}"), (LINK_WORKER, "20", "22", "Payment 2")),
        (("as_others", "not_eligible"), ("leavers", "as_others", "not_eligible", "")),
        (
            ("[0, 12]", "[0, 13]"),
            (
                "payments.engagement.window",
                "months 0 to 12 from joining",
                "months 0 to 13 from joining",
                "Payment 2",
            ),
        ),
        (
            ("to: 2019-03-31}", "to: 2019-02-28}"),
            ("joined", "2016-11-01 to 2019-03-31", "2016-11-01 to 2019-02-28", ""),
        ),
        (
            ("progresses, by: 1}", "progresses, by: 1, strictly: true}"),
            ("payments.outcomes.outcomes.reading.when.strictly", "false", "true", "Payments 4, 5 and 6"),
        ),
        (
            ("[4, 5, 6]", "[4, 5]"),
            ("payments.outcomes.numbers", "[4, 5, 6]", "[4, 5]", "Payments 4, 5 and 6"),
        ),
        (("limits: {contract: 3800000.00}", ""), ("limits.contract", "3800000.00", "", "")),
        (
            ("measures: [sdq.emotional]", "measures: [sdq.total]"),
            ("framework.Emotional health.measures", "[sdq.emotional]", "[sdq.total]", ""),
        ),
    ],
)
def test_a_field_is_told_with_its_path_and_its_clause(
    change: tuple[str, str], expected: tuple[str, ...] | None, tmp_path: Path
) -> None:
    found = [(f.path, f.before, f.after, f.clause) for f in between(tmp_path, change)]
    assert found == ([] if expected is None else [expected])


def test_a_payment_that_only_one_card_has_is_told_field_by_field(tmp_path: Path) -> None:
    text = "        when: {measure: survey.parental_engagement, test: improves, by: 10}\n"
    gone = between(tmp_path, (f"      parental_engagement:             # 7\n{text}", ""))
    assert {one.path.rpartition("parental_engagement.")[2] for one in gone} == {
        "when.measure",
        "when.test",
        "when.by",
        "when.strictly",
    }
    assert {(one.after, one.clause) for one in gone} == {("", "Payments 4, 5 and 6")}


def test_a_test_that_moves_is_the_same_test(tmp_path: Path) -> None:
    text = shipped()[NAME].read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(text) if "link_worker_sessions" in line)
    pair = "".join(text[at : at + 2])
    assert between(tmp_path, (pair, text[at + 1] + text[at])) == []


# ---------------------------------------------------------------- day by day

PRICE = "{2016-11-01: 300.00, 2019-04-01: 312.00}"


def days(found: list[Difference]) -> list[tuple[Any, ...]]:
    return [(one.since, one.until, one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("{2016-11-01: 300.00, 2019-04-01: 320.00}", [(date(2019, 4, 1), None, "312.00", "320.00")]),
        (
            "{2016-11-01: 300.00, 2018-01-01: 305.00, 2019-04-01: 312.00}",
            [(date(2018, 1, 1), date(2019, 3, 31), "300.00", "305.00")],
        ),
        (
            "{2016-11-01: 290.00, 2018-04-01: 300.00, 2019-04-01: 330.00}",
            [
                (date(2016, 11, 1), date(2018, 3, 31), "300.00", "290.00"),
                (date(2019, 4, 1), None, "312.00", "330.00"),
            ],
        ),
        ("300.00", [(date(2019, 4, 1), None, "312.00", "300.00")]),
        ("{2016-10-01: 300.00, 2019-04-01: 312.00}", []),
    ],
)
def test_dated_values_are_told_day_by_day(
    price: str, expected: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    assert days(between(tmp_path, (PRICE, price))) == expected


# ---------------------------------------------------------------- what is rewritten


@pytest.mark.parametrize(
    ("old", "new", "rewrites"),
    [
        pytest.param("at_least: 20}", "at_least: 22}", True, id="it holds for all who ever joined"),
        pytest.param("2019-04-01: 312", "2019-04-01: 320", False, id="later than the document"),
        pytest.param("2016-11-01: 300", "2016-11-01: 299", True, id="earlier than the document"),
        pytest.param("title: West", "title: North", False, id="no term"),
    ],
)
def test_terms_that_are_changed_for_days_before_the_document_are_marked(
    old: str, new: str, rewrites: object, tmp_path: Path
) -> None:
    assert one(tmp_path, (old, new)).rewrites is rewrites


def test_a_version_for_children_who_join_later_rewrites_nothing(tmp_path: Path) -> None:
    later = ("joined: {from: 2016-11-01", "joined: {from: 2018-09-01")
    found = between(tmp_path, later, ("at_least: 20}", "at_least: 22}"))
    assert [each.rewrites for each in found] == [False, False]


def test_the_screen_groups_by_clause_and_warns(tmp_path: Path) -> None:
    path = path_of(
        tmp_path, *LATER, ("at_least: 20}", "at_least: 22}"), ("2019-04-01: 312", "2019-04-01: 320")
    )
    said = wlz_calc("cards", "diff", NAME, str(path))
    assert said.code == Exit.FINE
    assert (
        f"""
Payment 1
payments.sign_up.price, from 2019-04-01 on
  - 312.00
  + 320.00

Payment 2
{LINK_WORKER}  rewrites the past
  - 20
  + 22

WARNING: changed for days before its own document of 2018-06-01: 1 field of version 2 (Payment 2).
What was due by then may no longer be.
"""
        in said.out
    )


def test_two_contracts_do_not_rewrite_each_other() -> None:
    said = wlz_calc("cards", "diff", NAME, "hammersmith-fulham").out
    assert "- kensington-chelsea\n  + hammersmith-fulham" in said
    assert "rewrites" not in said
    assert "WARNING" not in said


MATHS = """\
      maths:                           # 2
        when: {measure: attainment.maths, test: progresses, by: 1}
"""


def test_the_screen_shows_what_only_one_card_has_as_one(tmp_path: Path) -> None:
    path = str(path_of(tmp_path, *LATER, (MATHS, ""), ("  rbkc:  ", "  borough:")))
    said = wlz_calc("cards", "diff", NAME, path).out
    assert (
        """
payments.outcomes.outcomes.maths, taken out  rewrites the past
  - when.measure: attainment.maths
  - when.by: 1
  - when.strictly: false
  - when.test: progresses
"""
        in said
    )
    back = wlz_calc("cards", "diff", path, NAME).out
    assert "\npayments.outcomes.outcomes.maths, added" in back
    assert "\n  + when.measure: attainment.maths\n" in back
    assert "\ncommissioners.rbkc, taken out  rewrites the past\n  - name: Royal Borough of Ken" in said
    assert "\ncommissioners.borough, added  rewrites the past\n  + name: Royal Borough of Ken" in said


def test_what_is_only_monitored_stands_apart(tmp_path: Path) -> None:
    path = path_of(tmp_path, ("measures: [sdq.emotional]", "measures: [sdq.total]"))
    said = wlz_calc("cards", "diff", NAME, str(path)).out
    assert "\nWhat is only monitored\nframework.Emotional health.measures\n" in said


def test_the_screen_says_so_where_nothing_differs() -> None:
    assert wlz_calc("cards", "diff", NAME, NAME).out.endswith("They say the same.\n")


def test_differences_as_data(tmp_path: Path) -> None:
    path = str(path_of(tmp_path, ("at_least: 20}", "at_least: 22}")))
    rows = [*csv.DictReader(StringIO(wlz_calc("cards", "diff", NAME, path, "--format", "csv").out))]
    expected = {"path": LINK_WORKER, "before": "20", "after": "22", "clause": "Payment 2"}
    assert rows == [{**expected, "since": "", "until": "", "rewrites": "true"}]
    said = json.loads(wlz_calc("cards", "diff", NAME, path, "--format", "json").out)
    assert said == {"differences": [{**expected, "since": None, "until": None, "rewrites": True}]}


def test_both_cards_must_be_sound(tmp_path: Path) -> None:
    broken = str(path_of(tmp_path, ("version: 1", "version: one")))
    said = wlz_calc("cards", "diff", "nowhere", broken)
    assert said.code == Exit.CARD
    assert "card-not-found" in said.err
    assert "card-value" in said.err


# ---------------------------------------------------------------- what if


def test_history_under_the_same_card_is_the_same() -> None:
    found, _ = trying.what_if(EXAMPLE, card_of(shipped()[NAME]), card_of(shipped()[NAME]))
    assert found is not None
    assert found.children.is_empty()
    assert found.quarters["before"].equals(found.quarters["after"])
    assert "Where" not in wlz_calc("cards", "diff", NAME, NAME, str(EXAMPLE)).out


def test_history_is_what_is_claimed_from_the_start() -> None:
    """All of it together is what `pay --from-start` claims at the end of it."""
    found, _ = trying.what_if(EXAMPLE, card_of(shipped()[NAME]), card_of(shipped()[NAME]))
    assert found is not None
    quarter = found.quarters["quarter"].max()
    said = wlz_calc("pay", "--quarter", str(quarter), "--from-start", "--format", "json", str(EXAMPLE))
    total = sum(int(Decimal(each["total"]) * 100) for each in json.loads(said.out)["schedules"])
    assert found.quarters["before"].sum() == total


def test_what_a_change_would_have_cost_is_told_by_quarter_and_child(tmp_path: Path) -> None:
    path = str(
        path_of(
            tmp_path, ("2019-04-01: 312.00", "2019-04-01: 320.00"), ("limits: {contract: 3800000.00}", "")
        )
    )
    said = json.loads(wlz_calc("cards", "diff", NAME, path, str(EXAMPLE), "--format", "json").out)
    assert "prices" in said["illustrative"]
    dearer = [row for row in said["quarters"] if row["children"]]
    assert {row["quarter"] for row in dearer} == {row["quarter"] for row in said["children"]}
    for row in dearer:
        assert Decimal(row["after"]) - Decimal(row["before"]) == 8 * row["children"]
    assert {(row["payment"], row["before"], row["after"]) for row in said["children"]} == {
        ("sign_up", "312.00", "320.00")
    }
    rows = [
        *csv.DictReader(StringIO(wlz_calc("cards", "diff", NAME, path, str(EXAMPLE), "--format", "csv").out))
    ]
    assert rows == [{**row, "outcome": row["outcome"] or ""} for row in said["children"]]


def test_a_change_of_shares_is_told_by_commissioner(tmp_path: Path) -> None:
    path = str(
        path_of(
            tmp_path,
            ("and Chelsea, share: 0.30", "and Chelsea, share: 0.25"),
            ("Private philanthropy, share: 0.30", "Private philanthropy, share: 0.35"),
        )
    )
    said = json.loads(wlz_calc("cards", "diff", NAME, path, str(EXAMPLE), "--format", "json").out)
    assert said["children"] == []
    due = {
        row["commissioner"]: (Decimal(row["before"]), Decimal(row["after"])) for row in said["commissioners"]
    }
    assert list(due) == ["lottery", "philanthropy", "rbkc", "school"]
    assert due["lottery"][0] == due["lottery"][1]
    assert due["philanthropy"][1] - due["philanthropy"][0] == due["rbkc"][0] - due["rbkc"][1] > 0
    for side, name in enumerate(("before", "after")):
        whole = sum(Decimal(row[name]) for row in said["quarters"])
        assert sum(sums[side] for sums in due.values()) == whole
    shown = wlz_calc("cards", "diff", NAME, path, str(EXAMPLE)).out.partition("\nCommissioner ")[2]
    assert [line.split("  ")[0] for line in shown.splitlines()[2:6]] == [
        "Royal Borough of Kensington and Chelsea",
        "Big Lottery Fund (Commissioning Better Outcomes)",
        "Private philanthropy",
        "The child's school",
    ]


def test_a_commissioner_of_one_card_alone_pays_nothing_under_the_other(tmp_path: Path) -> None:
    path = str(path_of(tmp_path, ("  rbkc:  ", "  borough:")))
    said = json.loads(wlz_calc("cards", "diff", NAME, path, str(EXAMPLE), "--format", "json").out)
    due = {row["commissioner"]: (row["before"], row["after"]) for row in said["commissioners"]}
    assert due["borough"] == ("0.00", due["rbkc"][0])
    assert due["rbkc"][1] == "0.00"


def test_warnings_about_the_extracts_are_only_pointed_to() -> None:
    said = wlz_calc("cards", "diff", NAME, NAME, str(EXAMPLE))
    assert said.err == f"8 warnings about the extracts: wlz-calc check {EXAMPLE}\n"


def test_on_a_screen_many_children_are_cut_short(tmp_path: Path) -> None:
    path = str(path_of(tmp_path, *LATER, ("2016-11-01: 300.00", "2016-11-01: 301.00")))
    said = wlz_calc("cards", "diff", NAME, path, str(EXAMPLE)).out
    assert "ILLUSTRATIVE TERMS" in said
    assert "more, which --format csv and json give\n" in said
    assert said.count("Sign-up") == 40


def test_a_card_of_another_contract_has_no_history_here() -> None:
    said = wlz_calc("cards", "diff", NAME, "life-chances-fund", str(EXAMPLE))
    assert said.code == Exit.USAGE
    assert "found `life-chances-fund`; expected a card of kensington-chelsea" in " ".join(said.err.split())


def test_a_folder_that_cannot_be_read_stops_it(tmp_path: Path) -> None:
    assert wlz_calc("cards", "diff", NAME, NAME, str(tmp_path / "none")).code == Exit.FINDINGS
