"""A program that has nothing but an explanation as JSON comes to the same, and notices what is changed in it.

The program is tests/recomputation/recompute.py. It runs by itself, so that nothing of the project can be
imported into it.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from copy import copy, deepcopy
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import closing
from tests.meaning import Programme as Case
from tests.programmes import Programme, programmes, quarter_holding, quarters
from tests.simulation.changing import Changing
from wlz_calc import calculation, explaining, pipeline, sealing
from wlz_calc.claims.guards import Guard
from wlz_calc.explanation import Explained
from wlz_calc.finding import Where, errors
from wlz_calc.period import Quarter
from wlz_calc.write.explained import _plain, as_data, as_json

SCRIPT = Path(__file__).parent / "recomputation" / "recompute.py"
FROZEN = Path(__file__).parent / "frozen" / "book"
EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[1] / "examples").glob("*/wlz.yaml"))


def recomputed(objects: Iterable[bytes]) -> list[str]:
    """The differences that the program finds, one a line."""
    process = subprocess.run(
        [sys.executable, "-I", str(SCRIPT)], input=b"".join(objects), capture_output=True, check=False
    )
    assert process.stderr.decode() == ""
    found = process.stdout.decode().splitlines()
    assert process.returncode == bool(found)
    return found


def explained(folder: Path, quarter: str) -> list[bytes]:
    """Every child of a programme, explained."""
    programme, found = calculation.checked(folder)
    assert programme is not None, errors(found)
    children = programme.extracts.frames["children"].get_column("child_id").to_list()
    told, found = explaining.explain(folder, Quarter.parse(quarter), children)
    assert told is not None, errors(found)
    return [compact(one) for one in told.explained]


def compact(one: Explained) -> bytes:
    """What `as_json` gives without its line breaks, which take as long to write as all the rest."""
    return json.dumps(as_data(one), ensure_ascii=False, default=_plain).encode()


# ---------------------------------------------------------------- the examples


def middle_and_last(folder: Path) -> list[str]:
    """The quarters in the middle and at the end of what an example has rows of."""
    programme, _ = calculation.checked(folder)
    assert programme is not None
    frames = programme.extracts.frames
    joined = frames["children"].get_column("joined_on").to_list()
    rows = [day for name in DATED for day in frames[name].get_column("date").to_list()]
    first, last = min(joined), max([*joined, *rows])
    return [quarter_holding(day) for day in (first + (last - first) / 2, last)]


DATED = ("engagement", "attainment", "sdq", "survey")


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_every_decision_of_every_example_can_be_worked_out_again(folder: Path) -> None:
    for quarter in middle_and_last(folder):
        objects = explained(folder, quarter)
        assert objects
        assert recomputed(objects) == []


# ---------------------------------------------------------------- after sealed quarters


def test_the_command_prints_the_same_object_with_line_breaks() -> None:
    told, _ = explaining.explain(FROZEN, Quarter.parse("2018-Q4"), ["c001", "c002"])
    assert told is not None
    assert told.explained
    for one in told.explained:
        assert json.loads(as_json(one)) == json.loads(compact(one))
        assert recomputed([as_json(one)]) == []


@pytest.mark.parametrize("quarter", ["2018-Q3", "2018-Q4", "2019-Q1", "2019-Q2"])
def test_a_quarter_of_a_book_can_be_worked_out_again_whether_it_is_closed_or_not(quarter: str) -> None:
    assert recomputed(explained(FROZEN, quarter)) == []


def test_what_was_claimed_withdrawn_and_given_back_can_be_worked_out_again(tmp_path: Path) -> None:
    folder = closing.three_quarters(tmp_path)
    objects = [one for quarter in QUARTERS for one in explained(folder, quarter)]
    assert b'"kind": "correction"' in b"".join(objects)
    assert recomputed(objects) == []


QUARTERS = ["2018-Q4", "2019-Q1", "2019-Q2", "2019-Q3"]


def close_all(folder: Path, quarter: Quarter, contracts: Iterable[str]) -> None:
    """Seal a quarter of each contract, whatever goes back with it."""
    for contract in contracts:
        claim, found = pipeline.claim(folder, quarter, contract=contract, accept_changes=True)
        assert claim is not None, errors(found)
        back = Decimal(Guard(claim.lines, None, Where("claims"), "").going_back).scaleb(-2)
        sealed, found = sealing.close(
            folder,
            quarter,
            by=closing.CLOSER,
            on=closing.closed_on(quarter),
            contract=contract,
            accept_register_changes=True,
            accept_reversals=back,
        )
        assert sealed, found


@pytest.mark.parametrize("seed", [4])
def test_a_programme_that_changes_while_it_is_claimed_can_be_worked_out_again(
    seed: int, tmp_path: Path
) -> None:
    """Rows come late and are corrected, holds come and go, limits and commitments run out."""
    programme, objects = Changing(seed), list[bytes]()
    for name in programme.quarters[:4]:
        if objects:
            programme.change(name)
        programme.write(tmp_path)
        objects += explained(tmp_path, name)
        contracts = {card["contract"] for card in programme.cards.values()}
        close_all(tmp_path, Quarter.parse(name), sorted(contracts))
    kinds = set(re.findall(rb'"kind": "(new|opening|correction|reversal)"', b"".join(objects)))
    assert kinds >= {b"new", b"opening", b"correction"}
    assert recomputed(objects) == []


# ---------------------------------------------------------------- random programmes


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data(), programme=programmes())
def test_any_random_programme_can_be_worked_out_again(
    data: st.DataObject, programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = programme.write(tmp_path_factory.mktemp("programme"))
    assert recomputed(explained(folder, data.draw(quarters(programme)))) == []


# ---------------------------------------------------------------- what is changed is noticed

CARD = """
commissioners:
  council: {name: The council, share: 0.60, commitment: 250.00}
  school:  {name: The school, share: 0.40, each: school}
limits: {child: 380.00, contract: 2000.00}
payments:
  sign_up: {price: {2016-09-01: 100.00, 2019-01-01: 120.00}, when: {measure: consent, test: happened}}
  engagement:
    window: {months: [0, 12]}
    when:
      all:
        - {measure: link_worker_sessions, test: reaches, at_least: 2}
        - {measure: partner_attendance_rate, test: reaches, at_least: 0.5}
  outcomes:
    numbers: [3, 4]
    phases: [primary]
    requires: {any: [engagement]}
    baseline: {months: [-6, 3]}
    endpoint: {months: [9, 12]}
    outcomes:
      reading:
        when: {measure: attainment.reading, test: progresses, by: 1}
      wellbeing:
        when: {measure: sdq.emotional, test: crosses, at_risk: {band: slightly_raised, scheme: four}}
      confidence:
        when: {measure: survey.confidence, test: improves, by: 10, at_risk: {below: 50}}
      attendance:
        baseline: {academic_year: 0}
        endpoint: {academic_year: 1}
        when: {measure: attendance_rate, test: improves, by: 0.02, possible_at_least: 2}
"""
EXTRACTS = {
    "children": "| child | consent_on |\n| Ada | 2017-01-20 |\n| Ben | 2017-01-21 |",
    "holds": "| child | from |\n| Ben | 2018-03-31 |",
    "engagement": """
        | child | date       | kind        | status   |
        | Ada   | 2017-02-01 | link_worker | attended |
        | Ada   | 2017-03-01 | link_worker | attended |
        | Ada   | 2017-04-01 | partner     | attended |
        | Ada   | 2017-05-01 | partner     | absent   |
        | Ada   | 2018-02-01 | partner     | attended |
    """,
    "attainment": """
        | child | subject | assessed_on | score |
        | Ada   | reading | 2016-12-05  | 90    |
        | Ada   | reading | 2017-01-05  | 95    |
        | Ada   | reading | 2017-12-05  | 96    |
    """,
    "sdq": """
        | child | completed_on | emotional |
        | Ada   | 2017-01-10   | 4         |
        | Ada   | 2017-12-11   | 3         |
    """,
    "survey": """
        | child | completed_on | score |
        | Ada   | 2017-01-10   | 49    |
        | Ada   | 2017-12-11   | 59    |
    """,
    "attendance": """
        | child | date       | session | code |
        | Ada   | 2016-02-01 | AM      | /    |
        | Ada   | 2016-02-01 | PM      | O    |
        | Ada   | 2017-02-01 | AM      | /    |
        | Ada   | 2017-02-01 | PM      | \\    |
        | Ada   | 2017-02-02 | AM      | X    |
    """,
}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A programme of which a quarter is closed: Ada earned it all, and Ben is on hold."""
    programme = Case(tmp_path_factory.mktemp("closed") / "case", CARD, validated=True, **EXTRACTS)
    close_all(programme.folder, Quarter.parse("2018-Q1"), ["alpha"])
    return programme


def changed_since(closed: Case, folder: Path, card: str = CARD, **extracts: str) -> list[bytes]:
    """The quarter after it, where the card or some extracts are other ones by then."""
    later = copy(closed)
    later.folder = shutil.copytree(closed.folder, folder / "later")
    later.changes(card, **extracts)
    return explained(later.folder, "2018-Q2")


AFTERWARDS: dict[str, tuple[str, str]] = {
    "a price": ("2016-09-01: 100.00", "2016-09-01: 90.00"),
    "who pays": ("0.40, each: school}", "0.40}"),
    "a limit": ("child: 380.00", "child: 150.00"),
    "a commitment": ("commitment: 250.00", "commitment: 70.00"),
    "a number less": ("numbers: [3, 4]", "numbers: [3]"),
    "other numbers": ("numbers: [3, 4]", "numbers: [5, 6]"),
    "an outcome less": (
        "      reading:\n        when: {measure: attainment.reading, test: progresses, by: 1}\n",
        "",
    ),
    "another name": ("      reading:", "      books:"),
}
"""What the card says otherwise once a quarter is closed."""


@pytest.mark.parametrize("name", AFTERWARDS)
def test_what_another_card_gives_back_or_adds_can_be_worked_out_again(
    name: str, closed: Case, tmp_path: Path
) -> None:
    assert recomputed(changed_since(closed, tmp_path, CARD.replace(*AFTERWARDS[name]))) == []


EARLIER = {
    "they changed school": {
        "children": "| child | consent_on | school |\n| Ada | 2017-01-20 | oak |\n| Ben | 2017-01-21 | oak |"
    },
    "they did not consent": {"children": "| child | consent_on |\n| Ada | |\n| Ben | |"},
    "one left": {
        "children": "| child | consent_on | left_on |\n| Ada | 2017-01-20 | 2017-02-20 |\n| Ben | | |"
    },
    "both are on hold": {"holds": "| child | from |\n| Ada | 2018-04-01 |\n| Ben | 2018-03-31 |"},
    "a hold has ended": {"holds": "| child | from | to |\n| Ben | 2018-03-31 | 2018-06-29 |"},
}


@pytest.mark.parametrize("name", EARLIER)
def test_what_is_found_out_later_can_be_worked_out_again(name: str, closed: Case, tmp_path: Path) -> None:
    assert recomputed(changed_since(closed, tmp_path, **EARLIER[name])) == []


Said = dict[str, Any]
"""An object of JSON."""


@pytest.fixture(scope="module")
def told(closed: Case, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    """Ada and Ben, and both after a reading of hers was corrected, and her consent found not to be there."""
    objects = dict(zip(("Ada", "Ben"), explained(closed.folder, "2018-Q1"), strict=True))
    corrected = {
        "attainment": EXTRACTS["attainment"].replace("96", "94"),
        "children": EXTRACTS["children"].replace("2017-01-20", ""),
    }
    later = changed_since(closed, tmp_path_factory.mktemp("told"), CARD, **corrected)
    assert b'"kind": "reversal"' in later[0]
    objects["Ada later"], objects["Ben later"] = later
    assert recomputed(objects.values()) == []
    return {name: json.loads(one) for name, one in objects.items()}


REMOVED = object()
CHANGED: dict[str, tuple[str, str, object]] = {
    # the child and the day
    "consent on another day": ("Ada", "child.consent_on", "2017-01-19"),
    "no consent": ("Ada", "child.consent_on", None),
    "joined on another day": ("Ada", "child.joined_on", "2017-01-11"),
    "left before the sessions": ("Ada", "child.left_on", "2017-02-01"),
    "left after the day": ("Ada", "child.left_on", "2018-04-01"),
    "of another phase": ("Ada", "child.phase", "secondary"),
    "asked by another informant": ("Ada", "child.informant", "self"),
    "of another school": ("Ada", "child.school", "oak"),
    "another day": ("Ada", "as_of", "2018-03-30"),
    "another quarter": ("Ada", "quarter", "2018-Q2"),
    "no longer provisional": ("Ada later", "provisional", False),
    # the rows
    "a session outside the window": ("Ada", "rows.engagement.0.date", "2018-01-10"),
    "a session that was missed": ("Ada", "rows.engagement.1.status", "absent"),
    "a session that was cancelled": ("Ada", "rows.engagement.3.status", "cancelled"),
    "a session with another": ("Ada", "rows.engagement.0.kind", "partner"),
    "a session that does not stand": ("Ada", "rows.engagement.0.stands", False),
    "a session that is gone": ("Ada", "rows.engagement.0", REMOVED),
    "an assessment on another day": ("Ada", "rows.attainment.0.date", "2017-01-06"),
    "an assessment of another subject": ("Ada", "rows.attainment.1.subject", "maths"),
    "an assessment on another scale": ("Ada", "rows.attainment.2.scale", "ks2_scaled"),
    "another score": ("Ada", "rows.attainment.2.score", "95.5"),
    "no score": ("Ada", "rows.attainment.2.score", None),
    "progress that was expected": ("Ada later", "rows.attainment.2.score", "96"),
    "a questionnaire by another": ("Ada", "rows.sdq.0.informant", "parent"),
    "another answer": ("Ada", "rows.sdq.1.emotional", 4),
    "an answer on another day": ("Ada", "rows.survey.1.date", "2017-10-09"),
    "an answer that was lower": ("Ada", "rows.survey.1.score", "58.5"),
    "a mark of absence": ("Ada", "rows.marks.2.attended", 0),
    "a mark that does not count": ("Ada", "rows.marks.2.stands", False),
    "a mark in another year": ("Ada", "rows.marks.0.date", "2017-01-31"),
    # the terms
    "a term that ended": ("Ada", "card.term.to", "2018-01-08"),
    "a share": ("Ada", "card.commissioners.council.share.0.value", "0.59"),
    "a school that pays for all": ("Ada", "card.commissioners.school.each", None),
    "a limit": ("Ada", "card.limits.child", "379.00"),
    "a limit of another kind": ("Ada", "card.limits.financial_year", "1000.00"),
    "a price": ("Ada", "payments.0.prices.0.value", "110.00"),
    "a price in force earlier": ("Ada", "payments.0.prices.1.from", "2017-01-20"),
    "a window": ("Ada", "payments.1.window.months.1", 11),
    "a count that is asked for": ("Ada", "payments.1.tests.0.at_least.0.value", "3"),
    "a rate that is asked for": ("Ada", "payments.1.tests.1.at_least.0.value", "0.51"),
    "any instead of all": ("Ada", "payments.1.when", {"any": [0, 1]}),
    "a number less": ("Ada", "payments.2.numbers.1", REMOVED),
    "progress that is asked for": ("Ada", "payments.2.tests.0.by.0.value", "1.01"),
    "more than is asked for": ("Ada", "payments.2.tests.0.strictly", True),
    "a band": ("Ada", "payments.3.tests.0.at_risk.band", "high"),
    "where a band begins": ("Ada", "payments.3.tests.0.at_risk.at_least.0.value", "5"),
    "which way is better": ("Ada", "payments.4.tests.0.better", "lower"),
    "who is at risk": ("Ada", "payments.4.tests.0.at_risk.below.0.value", "49"),
    "so many possible sessions": ("Ada", "payments.5.tests.0.possible_at_least.0.value", "3"),
    "an academic year": ("Ada", "payments.5.endpoint.academic_year", 2),
    # what is given of others, and of claims before
    "a hold that is gone": ("Ben", "payments.0.holds.0", REMOVED),
    "a hold that has ended": ("Ben", "payments.0.holds.0.to", "2018-03-30"),
    "what is left of a limit": ("Ada", "payments.3.limits.0.left", "79.99"),
    "what is left of a commitment": ("Ada", "payments.3.shares.0.left_of_commitment", "9.99"),
    "what was claimed": ("Ada later", "payments.0.claimed.0.amount", "59.99"),
    "a line that was not claimed": ("Ada later", "payments.0.claimed.0", REMOVED),
    "a claim of this quarter": ("Ada later", "payments.2.claimed.0.quarter", "2018-Q2"),
    "another who paid": ("Ada later", "payments.0.claimed.1.commissioner", "school:oak"),
    # what is missing of what is stated
    "a row of which nothing is said": ("Ada", "payments.1.tests.0.uses.2", REMOVED),
    "a share that nobody bears": ("Ada", "payments.0.shares.1", REMOVED),
    "a line that is not due": ("Ada", "payments.0.due.1", REMOVED),
    "a sentence on what is missing": ("Ada", "payments.0.missing", "Nothing."),
    "no sentence on what is missing": ("Ben", "payments.1.missing", None),
}
"""What was changed, of whom, where, and into what."""


def changed(said: Said, path: str, value: object) -> Said:
    """The object with another value at a place in it."""
    other: Any = deepcopy(said)
    *way, last = path.split(".")
    inside = other
    for step in way:
        inside = inside[int(step) if isinstance(inside, list) else step]
    place = int(last) if isinstance(inside, list) else last
    if value is REMOVED:
        del inside[place]
    else:
        inside[place] = value
    assert other != said
    return dict(other)


def noticed(objects: Iterable[Said]) -> set[int]:
    """Those of the objects, counted from 0, in which the program finds a difference."""
    numbered = (changed(said, "child.child_id", f"number {place}") for place, said in enumerate(objects))
    found = recomputed(json.dumps(one).encode() for one in numbered)
    return {int(line.partition(",")[0].removeprefix("number ")) for line in found}


@pytest.fixture(scope="module")
def unnoticed(told: dict[str, Said]) -> set[str]:
    """The changes in which nothing was found."""
    found = noticed(changed(told[whose], path, value) for whose, path, value in CHANGED.values())
    return {name for place, name in enumerate(CHANGED) if place not in found}


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_to_what_a_decision_rests_on_is_noticed(name: str, unnoticed: set[str]) -> None:
    assert name not in unnoticed


STATED = re.compile(r"""
    (window|baseline|endpoint)\.(opens|closes)
    | tests\.\d+\.((figures|says|uses)\..+|better)
    | decision\..+ | claimed_as_number | asked_of_limits | left_by_limits | until
    | limits\.\d+\.(limit|most)
    | shares\.\d+\.(commissioner|share|part|amount)
    | due\.\d+\.(quarter|commissioner|number|kind|due_on|amount|corrects)
""", re.VERBOSE)  # fmt: skip
"""What of a payment comes out, and is not given."""


def places(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Everything single in an object, by where it stands."""
    if not isinstance(value, dict | list):
        yield path, value
        return
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for name, one in inside:
        yield from places(one, f"{path}.{name}" if path else str(name))


def another(value: object) -> object:
    """Another value of that kind."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return str(Decimal(value) + Decimal("0.01"))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return str(date.fromisoformat(value) + timedelta(days=1))
    return "1" if value is None else "other"


@pytest.mark.parametrize("whose", ["Ada", "Ben", "Ada later", "Ben later"])
def test_a_change_to_anything_that_comes_out_is_noticed(whose: str, told: dict[str, Said]) -> None:
    stated = [
        (f"payments.{number}.{path}", value)
        for number, payment in enumerate(told[whose]["payments"])
        for path, value in places(payment)
        if STATED.fullmatch(path)
    ]
    found = noticed(changed(told[whose], path, another(value)) for path, value in stated)
    assert [path for place, (path, _) in enumerate(stated) if place not in found] == []
    assert len(stated) > MANY


MANY = 60
"""Far fewer than there are of anybody."""
