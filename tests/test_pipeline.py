"""The pipeline beside others' results: the worked programme, the oracle, and what must hold of any claim."""

import csv
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import engine, oracle
from tests.programmes import (
    Programme,
    programmes,
    quarters,
    quarters_of_interest,
    seeded_programme,
)
from tests.sound_folder import written
from wlz_calc import pipeline
from wlz_calc.period import Quarter
from wlz_calc.write.data import claim_json, decisions_json, lines_csv

ROOT = Path(__file__).parents[1]
WORKED = ROOT.parent / "shared" / "data" / "worked_programme"
EXAMPLES = {"hammersmith-fulham": "2018-Q4", "kensington-chelsea": "2018-Q4", "life-chances-fund": "2021-Q4"}
STATUS = ("child_id", "payment", "outcome", "status", "number", "due_on")


def expected(quarter: str, what: str) -> list[list[str]]:
    with (WORKED / "expected" / f"{quarter}.{what}.csv").open(newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.skipif(not WORKED.exists(), reason="the worked programme is not beside this checkout")
@pytest.mark.parametrize("quarter", ["2017-Q3", "2018-Q3", "2018-Q4", "2019-Q1"])
def test_the_worked_programme_gives_the_decisions_and_lines_that_were_worked_out(quarter: str) -> None:
    found = engine.calculate(WORKED, quarter)
    decided = [[row[3], row[6], row[7], row[9], row[8], row[10]] for row in found.decisions]
    assert sorted(decided) == sorted(expected(quarter, "decisions"))
    assert found.lines == expected(quarter, "lines")


def as_rows(result: oracle.Result) -> engine.Outcome:
    return engine.Outcome(
        *([list(row.values()) for row in part] for part in (result.decisions, result.lines, result.opening))
    )


@settings(max_examples=40)
@given(st.data())
def test_the_oracle_and_the_pipeline_agree_on_any_programme(data: st.DataObject) -> None:
    programme = data.draw(programmes())
    quarter = data.draw(quarters(programme))
    from_start = data.draw(st.booleans())
    with TemporaryDirectory() as place:
        folder = programme.write(Path(place))
        found = engine.calculate(folder, quarter, from_start=from_start)
        assert found == as_rows(oracle.calculate(folder, quarter, from_start=from_start))


@pytest.mark.parametrize("name", ["hammersmith-fulham"])
def test_the_oracle_and_the_pipeline_agree_on_an_example(name: str, tmp_path: Path) -> None:
    cards = (ROOT / "rate_cards" / f"{name}.yaml").read_text()
    (tmp_path / "card.yaml").write_text(cards)
    (tmp_path / "wlz.yaml").write_text("rate_cards: [card.yaml]\n")
    (tmp_path / "extracts").symlink_to(ROOT / "examples" / name / "extracts")
    (tmp_path / "holds.csv").symlink_to(ROOT / "examples" / name / "holds.csv")
    found = engine.calculate(tmp_path, EXAMPLES[name])
    assert found == as_rows(oracle.calculate(tmp_path, EXAMPLES[name]))
    assert found.lines


@pytest.mark.parametrize(("name", "quarter"), EXAMPLES.items())
def test_every_example_claims_something_and_leaves_something_for_later(name: str, quarter: str) -> None:
    claimed = engine.claim(ROOT / "examples" / name, quarter)
    assert not claimed.lines.is_empty()
    assert not claimed.opening.is_empty()
    assert not claimed.held.is_empty()
    assert not claimed.not_yet.is_empty()
    assert claimed.illustrative


@settings(max_examples=15)
@given(st.data())
def test_the_parts_of_an_award_add_up_to_it(data: st.DataObject) -> None:
    programme = data.draw(programmes())
    with TemporaryDirectory() as place:
        folder = programme.write(Path(place))
        quarter = data.draw(quarters(programme))
        claimed = engine.claim(folder, quarter, from_start=True)
        decided = engine.calculate(folder, quarter, from_start=True).decisions
    parts: dict[tuple[object, ...], int] = defaultdict(int)
    for frame in (claimed.lines, claimed.unfunded):
        for row in frame.iter_rows(named=True):
            parts[row["contract"], row["child_id"], row["payment"], row["outcome"] or ""] += row["amount"]
    awards = {
        (row[1], row[3], row[6], row[7]): pence(row[11]) - pence(row[12])
        for row in decided
        if row[9] == "met"
    }
    assert {key: left for key, left in awards.items() if left} == {
        key: paid for key, paid in parts.items() if paid
    }


def pence(pounds: str) -> int:
    return int(pounds.replace(".", ""))


@settings(max_examples=10)
@given(st.data())
def test_schedules_add_up_to_the_claim(data: st.DataObject) -> None:
    programme = data.draw(programmes())
    with TemporaryDirectory() as place:
        claimed = engine.claim(programme.write(Path(place)), data.draw(quarters(programme)), from_start=True)
    stated = json.loads(written(claim_json(claimed)))
    for schedule in stated["schedules"]:
        assert pence(schedule["total"]) == sum(pence(line["amount"]) for line in schedule["lines"])
    assert sum(pence(schedule["total"]) for schedule in stated["schedules"]) == claimed.lines["amount"].sum()


def shuffled(programme: Programme, rng: Random) -> Programme:
    tables = {name: rng.sample(rows, len(rows)) for name, rows in programme.tables.items()}
    cards = rng.sample(programme.wlz["rate_cards"], len(programme.wlz["rate_cards"]))
    names = rng.sample(sorted(tables), len(tables))
    return replace(
        programme, wlz=programme.wlz | {"rate_cards": cards}, tables={name: tables[name] for name in names}
    )


@settings(max_examples=15)
@given(st.data(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_changes_nothing(data: st.DataObject, rng: Random) -> None:
    programme = data.draw(programmes())
    quarter = data.draw(quarters(programme))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        first = engine.calculate(programme.write(Path(one)), quarter)
        assert first == engine.calculate(shuffled(programme, rng).write(Path(other)), quarter)


def without_ceilings(programme: Programme) -> Programme:
    """The programme without limits and commitments, so that no child's money depends on another's."""
    cards = {
        name: {key: value for key, value in card.items() if key != "limits"}
        | {
            "commissioners": {
                who: {k: v for k, v in c.items() if k != "commitment"}
                for who, c in card["commissioners"].items()
            }
        }
        for name, card in programme.cards.items()
    }
    return replace(programme, cards=cards)


def without_child(programme: Programme, child: str) -> Programme:
    tables = {
        name: [row for row in rows if row.get("child_id") != child] or rows[:0]
        for name, rows in programme.tables.items()
    }
    kept = {name: rows for name, rows in tables.items() if rows}
    return replace(
        programme, tables=kept, holds=[hold for hold in programme.holds if hold["child_id"] != child]
    )


@settings(max_examples=15)
@given(st.data())
def test_without_ceilings_a_child_changes_nothing_for_another(data: st.DataObject) -> None:
    programme = without_ceilings(data.draw(programmes()))
    assume(programme.wlz["resubmission"] == "rows")  # a session submitted whole is about all its children
    children = [row["child_id"] for row in programme.tables["children"]]
    leaver = data.draw(st.sampled_from(children))
    fewer = without_child(programme, leaver)
    if len(children) == 1 or fewer.tables.keys() != programme.tables.keys():
        return
    quarter = data.draw(quarters(programme))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        whole = engine.calculate(programme.write(Path(one)), quarter)
        part = engine.calculate(fewer.write(Path(other)), quarter)
    assert part.decisions == [row for row in whole.decisions if row[3] != leaver]
    assert part.lines == [row for row in whole.lines if row[4] != leaver]


@settings(max_examples=15)
@given(st.data(), st.integers(1, 100_000))
def test_a_raised_contract_limit_never_lowers_the_grand_total(data: st.DataObject, more: int) -> None:
    programme = without_ceilings(data.draw(programmes()))
    limit = data.draw(st.integers(1, 200_000))
    quarter = data.draw(quarters(programme))

    def total(pence: int) -> int:
        ceiling = {"contract": f"{pence // 100}.{pence % 100:02d}", "child": "900.00"}
        limited = replace(
            programme, cards={n: card | {"limits": ceiling} for n, card in programme.cards.items()}
        )
        with TemporaryDirectory() as place:
            return int(
                engine.claim(limited.write(Path(place)), quarter, from_start=True).lines["amount"].sum()
            )

    assert total(limit) <= total(limit + more)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = ROOT / "examples" / "hammersmith-fulham"
    one, other = (engine.claim(folder, "2018-Q4") for _ in range(2))
    assert written(claim_json(one)) == written(claim_json(other))
    assert written(lines_csv(one.lines)) == written(lines_csv(other.lines))


def test_a_programme_that_is_streamed_gives_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = ROOT / "examples" / "hammersmith-fulham"
    in_memory = everything(folder)
    monkeypatch.setattr("wlz_calc.calculation.LARGE", 0)
    assert everything(folder) == in_memory


def test_children_who_are_decided_a_few_at_once_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ROOT / "examples" / "hammersmith-fulham"
    at_once = everything(folder)
    monkeypatch.setattr("wlz_calc.calculation.AT_ONCE", 10)
    assert everything(folder) == at_once


@pytest.mark.parametrize("seed", [5003, 5005, 5009])
def test_the_oracle_and_a_programme_that_is_streamed_agree(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wlz_calc.calculation.LARGE", 0)
    programme = seeded_programme(seed)
    folder = programme.write(tmp_path)
    for quarter in quarters_of_interest(programme)[-2:]:
        found = engine.calculate(folder, quarter, from_start=True)
        assert found == as_rows(oracle.calculate(folder, quarter, from_start=True))


def everything(folder: Path) -> tuple[bytes, bytes]:
    """The claim, and every decision with the rows it rests on."""
    decided, _ = pipeline.decisions(folder, Quarter.parse("2018-Q4"))
    assert decided is not None
    return written(claim_json(engine.claim(folder, "2018-Q4"))), written(
        decisions_json(decided.decisions, decided)
    )
