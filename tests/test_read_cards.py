"""Reading cards: every refusal has its code, line and column, what was found and what was expected."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

import wlz_calc
from wlz_calc.catalogue import CODES
from wlz_calc.catalogue.terms import TERMS
from wlz_calc.finding import Finding, Stage, Where
from wlz_calc.ratecard.conditions import TESTS
from wlz_calc.ratecard.measures import KINDS
from wlz_calc.read import strictyaml
from wlz_calc.read.cards import find_card, read_card, read_cards, shipped
from wlz_calc.read.refusals import findings as refusals_of

CARD = """\
contract: brent
version: 1
title: A small card
joined: {from: 2016-09-01, to: 2019-03-31}
term: {from: 2016-09-01, to: 2021-03-31}
currency: GBP
source: {document: The contract, clause: Schedule 1, dated: 2016-08-01}
commissioners:
  council: {name: The council, share: 0.80}
  school:
    name: The child's school
    share: 0.20
matching: {commissioner: school, times: 3}
informants: {primary: teacher, secondary: self}
payments:
  sign_up:
    number: 1
    price: 300.00
    clause: Payment 1
    when: {measure: consent, test: happened}
  engagement:
    number: 2
    price: 450.00
    clause: Payment 2
    window: {months: [0, 12]}
    when:
      all:
        - {measure: link_worker_sessions, test: reaches, at_least: 20}
        - {measure: partner_attendance_rate, test: reaches, at_least: 0.75}
  outcomes:
    numbers: [3]
    price: 700.00
    clause: Payment 3
    phases: [primary, secondary]
    baseline: {months: [-6, 3]}
    endpoint: {months: [18, 24]}
    outcomes:
      maths:
        when: {measure: attainment.maths, test: progresses, by: 1}
"""
MEASURES = f"{', '.join(KINDS)} or survey.NAME"
TESTS_ALLOWED = "happened, reaches, improves, progresses or crosses"
CARD_KEYS = (
    "contract, version, title, joined, term, currency, source, illustrative, commissioners, invoicing, "
    "matching, limits, informants, surveys, scales, phases, leavers, payments or framework"
)


def with_changes(*changes: tuple[str, str]) -> str:
    """The card above with some of its text replaced."""
    text = CARD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def refusals(text: str | bytes, folder: Path) -> list[tuple[str, int | None, int | None, str, str]]:
    """Code, line, column, found and expected of everything that is wrong with a card."""
    path = folder / "card.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    read, findings = read_card(path, "card.yaml")
    assert (read is None) == bool(findings)
    assert all(finding.code in TERMS for finding in findings)
    return [
        (f.code, f.where.row, int(f.where.column) if f.where.column else None, f.found, f.expected)
        for f in findings
    ]


def test_a_sound_card_is_read_with_its_name_and_checksum(tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_text(CARD, encoding="utf-8")
    read, findings = read_card(path, "cards/brent.yaml")
    assert findings == []
    assert read is not None
    assert (read.card.contract, read.file) == ("brent", "cards/brent.yaml")
    assert read.sha256 == hashlib.sha256(CARD.encode()).hexdigest()


@pytest.mark.parametrize(
    "text", ["NO", "12:30", "007", "1e3", "~", "null", "true", "0x1F", "2016-09-01", "1_000"]
)
def test_yaml_guesses_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_text(with_changes(("A small card", text)), encoding="utf-8")
    read, _ = read_card(path, "card.yaml")
    assert read is not None
    assert read.card.title == text


# ---------------------------------------------------------------- what a card says


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        pytest.param(
            ("version: 1", "version: 1\nvershion: 2"),
            ("card-unknown-key", 3, 1, "`vershion`", f"{CARD_KEYS} (did you mean version?)"),
            id="an unknown key",
        ),
        pytest.param(
            ("share: 0.80}", "share: 0.80, prise: 3}"),
            ("card-unknown-key", 9, 45, "`prise`", "name, share, commitment, each or detail"),
            id="an unknown key inside",
        ),
        pytest.param(
            ("measure: consent,", "measure: consnt,"),
            ("card-unknown-measure", 20, 21, "`consnt`", f"{MEASURES} (did you mean consent?)"),
            id="an unknown measure",
        ),
        pytest.param(
            ("test: happened", "test: hapened"),
            ("card-unknown-test", 20, 36, "`hapened`", f"{TESTS_ALLOWED} (did you mean happened?)"),
            id="an unknown test",
        ),
        pytest.param(
            ("test: happened", "test: all"),
            ("card-unknown-test", 20, 36, "`all`", TESTS_ALLOWED),
            id="all is no test",
        ),
        pytest.param(
            ("test: happened", "test: [happened]"),
            ("card-unknown-test", 20, 36, "`[happened]`", f"{TESTS_ALLOWED} (did you mean happened?)"),
            id="a list for a test",
        ),
        pytest.param(
            (", test: happened", ""), ("card-missing-key", 20, 11, "no test", TESTS_ALLOWED), id="no test"
        ),
        pytest.param(
            ("{measure: consent, test: happened}", "{test: happened}"),
            ("card-missing-key", 20, 11, "no measure", "measure"),
            id="no measure",
        ),
        pytest.param(
            ("{measure: consent, test: happened}", "consent"),
            (
                "card-value",
                20,
                11,
                "`consent`",
                "a measure and a test, such as {measure: consent, test: happened}",
            ),
            id="no condition at all",
        ),
        pytest.param(
            ("0.80", "0.79"),
            ("card-shares", 8, 1, "0.99", "shares that add up to exactly 1"),
            id="shares below 1",
        ),
        pytest.param(
            ("0.80", "0.801"),
            ("card-shares", 8, 1, "1.001", "shares that add up to exactly 1"),
            id="shares above 1",
        ),
        pytest.param(
            ("times: 3", "times: 4.5"),
            (
                "card-matching",
                12,
                12,
                "`0.20`",
                "at most 2/11, so that the others pay at least 4.5 times as much",
            ),
            id="a share above its matching",
        ),
        pytest.param(
            ("- {measure: link_worker_sessions, test: reaches, at_least: 20}", "- {at_risk: {below: 5}}"),
            (
                "card-at-risk-inside",
                28,
                12,
                "a bare at_risk",
                "a measure and a test beside it; at_risk is no condition by itself",
            ),
            id="a bare at_risk inside all",
        ),
        pytest.param(
            ("at_least: 20", "at_least: many"),
            ("card-value", 28, 68, "`many`", "a number such as 0.95"),
            id="text in a number",
        ),
        pytest.param(
            ("from: 2016-09-01, to: 2019", "from: 2016-09-31, to: 2019"),
            ("card-value", 4, 16, "`2016-09-31`", "a day of the calendar, such as 2016-09-01"),
            id="an impossible date",
        ),
        pytest.param(
            ("price: 450.00", "price: {2016-02-30: 450.00}"),
            ("card-value", 23, 13, "`2016-02-30`", "a day of the calendar, such as 2016-09-01"),
            id="an impossible date as a key",
        ),
        pytest.param(
            ("price: 450.00", "price:"),
            ("card-value", 23, 11, "nothing", "an amount such as 450.00"),
            id="no value",
        ),
        pytest.param(
            ("    price: 450.00\n", ""),
            ("card-missing-key", 21, 3, "no price", "price"),
            id="a missing price",
        ),
        pytest.param(
            ("version: 1\n", ""),
            ("card-missing-key", 1, 1, "no version", "version"),
            id="a missing key at the top",
        ),
        pytest.param(
            ("clause: Schedule 1, ", ""),
            ("card-missing-key", 7, 9, "no clause", "clause"),
            id="a missing key inside",
        ),
        pytest.param(
            ("secondary: self", "secondary: pupil"),
            ("card-value", 14, 43, "`pupil`", "parent, teacher or self"),
            id="a word that is none of those allowed",
        ),
        pytest.param(
            ("{primary: teacher", "{primry: teacher"),
            (
                "card-value",
                14,
                14,
                "`primry`",
                "early_years, primary, secondary or post_16 (did you mean primary?)",
            ),
            id="a key that is none of those allowed",
        ),
        pytest.param(
            ("  council:", "  The Council:"),
            ("card-value", 9, 3, "`The Council`", "a name in lower case, such as sign_up"),
            id="a name that is none",
        ),
        pytest.param(
            ("currency: GBP", "currency: [GBP, EUR]"),
            ("card-value", 6, 11, "`[GBP, EUR]`", "GBP"),
            id="a list for a text",
        ),
        pytest.param(
            ("phases: [primary, secondary]", "phases: primary"),
            ("card-value", 34, 13, "`primary`", "a list, such as [a, b]"),
            id="a text for a list",
        ),
        pytest.param(
            ("joined: {from: 2016-09-01, to: 2019-03-31}", "joined: 2016"),
            ("card-value", 4, 9, "`2016`", "keys and values"),
            id="a text for keys and values",
        ),
        pytest.param(
            ("months: [0, 12]", "months: [0]"),
            ("card-value", 25, 22, "`[0]`", "2 values"),
            id="too few values",
        ),
        pytest.param(
            ("months: [0, 12]", "months: [0, 6, 12]"),
            ("card-value", 25, 22, "`[0, 6, 12]`", "2 values"),
            id="too many values",
        ),
        pytest.param(
            ("months: [0, 12]", "months: [12, 0]"),
            (
                "card-window",
                25,
                22,
                "`[12, 0]`",
                "two numbers of months, the first below the second, such as [0, 12]",
            ),
            id="a window that ends before it begins",
        ),
        pytest.param(
            ("{months: [0, 12]}", "{academic_year: 1, months: [0, 12]}"),
            ("card-unknown-key", 25, 32, "`months`", "academic_year"),
            id="two windows in one",
        ),
        pytest.param(
            ("numbers: [3]", "numbers: []"),
            ("card-value", 31, 14, "none", "at least one"),
            id="an empty list",
        ),
        pytest.param(
            ("      maths:\n        when: {measure: attainment.maths, test: progresses, by: 1}", "      {}"),
            ("card-value", 37, 5, "none", "at least one"),
            id="no outcomes",
        ),
        pytest.param(
            ("test: progresses, by: 1", "test: crosses, at_risk: {above: 1, below: 5}"),
            (
                "card-at-risk",
                39,
                67,
                "below, above",
                "one of below, at_most, above or at_least, or for SDQ a band and its scheme",
            ),
            id="two risks in one",
        ),
        pytest.param(
            ("attainment.maths, test", "consent, test"),
            (
                "card-test-measure",
                39,
                25,
                "`consent`",
                "attainment.reading, attainment.english, attainment.writing or attainment.maths",
            ),
            id="a test that does not suit its measure",
        ),
        pytest.param(
            ("endpoint: {months: [18, 24]}", "endpoint: {months: [2, 24]}"),
            (
                "card-window",
                36,
                15,
                "baseline months -6 to 3 from joining, endpoint months 2 to 24 from joining",
                "an endpoint window that begins after the baseline window has ended",
            ),
            id="an endpoint before the baseline is over",
        ),
        pytest.param(
            ("numbers: [3]", "numbers: [2]"),
            ("card-value", 31, 14, "`2`", "a number of its own; engagement has this one"),
            id="a number that is taken",
        ),
        pytest.param(
            ("price: 700.00", "price: {2018-09-01: 700.00}"),
            (
                "card-dated",
                32,
                12,
                "nothing before 2018-09-01",
                "a value in force on 2018-08-31, when it can first be needed",
            ),
            id="a dated value that begins a day too late",
        ),
        pytest.param(
            (
                "measure: attainment.maths, test: progresses, by: 1",
                "measure: survey.hope, test: improves, by: 1",
            ),
            ("card-survey", 39, 25, "`survey.hope`", "surveys: {hope: {range: [0, 100], better: higher}}"),
            id="a survey that is not described",
        ),
        pytest.param(
            ("    baseline:", "    requires: {any: [outcomes]}\n    baseline:"),
            (
                "card-requires",
                35,
                15,
                "`outcomes`",
                "a payment above it that has no outcomes: sign_up or engagement",
            ),
            id="a gate that is none",
        ),
        pytest.param(
            ("number: 1\n", "numbers: [1]\n"),
            ("card-payment", 16, 3, "when, numbers", "either number and when, or numbers and outcomes"),
            id="neither simple nor of outcomes",
        ),
    ],
)
def test_what_a_card_may_not_say_is_refused_with_its_place(
    change: tuple[str, str], refusal: tuple[str, int, int, str, str], tmp_path: Path
) -> None:
    assert refusals(with_changes(change), tmp_path) == [refusal]


def test_the_place_reads_as_a_line_and_a_column(tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_text(with_changes(("happened", "hapened")), encoding="utf-8")
    _, (finding,) = read_card(path, "our card.yaml")
    assert str(finding.where) == "our card.yaml, line 20, column 36"
    assert finding.is_error
    assert finding.meaning.stage is Stage.CARDS


def test_all_errors_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = with_changes(
        ("A small card", '""'),
        ("0.80", "0.70"),
        ("teacher", "techer"),
        ("measure: consent, test: happened", "measure: consnt, test: hapened"),
        ("at_least: 0.75", "atleast: 0.75"),
        ("months: [18, 24]", "months: [2, 24]"),
    )
    assert [(code, line, column) for code, line, column, _, _ in refusals(text, tmp_path)] == [
        ("card-value", 3, 8),
        ("card-shares", 8, 1),
        ("card-value", 14, 23),
        ("card-unknown-measure", 20, 21),
        ("card-unknown-test", 20, 35),
        ("card-missing-key", 29, 11),
        ("card-unknown-key", 29, 61),
        ("card-window", 36, 15),
    ]


def test_an_error_deep_inside_all_and_any_is_found_there(tmp_path: Path) -> None:
    any_of = "- any: [{measure: partner_sessions, test: reaches, at_least: 0}, {measure: x, test: reaches}]"
    text = with_changes(("- {measure: link_worker_sessions, test: reaches, at_least: 20}", any_of))
    assert refusals(text, tmp_path) == [
        ("card-value", 28, 70, "`0`", "a whole number of sessions, 1 or more"),
        ("card-missing-key", 28, 74, "no at_least", "at_least"),
        ("card-unknown-measure", 28, 84, "`x`", MEASURES),
    ]


def test_no_words_of_python_or_pydantic_reach_a_reader(tmp_path: Path) -> None:
    jargon = ("Input", "should", "tuple", "dict", "Decimal", "datetime", "None", "union", "type=", "'")
    breaks = ["", "x", "[[a]]", "{a: {b: c}}", "[1, 2, 3]"]
    said = {
        f"{found} {expected}"
        for line in CARD.splitlines()
        if ": " in line
        for broken in breaks
        for _, _, _, found, expected in refusals(
            CARD.replace(line, f"{line.partition(': ')[0]}: {broken}", 1), tmp_path
        )
    }
    assert len(said) > len(breaks)
    assert [text for text in said if any(word in text for word in jargon)] == []


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_whatever_a_card_says_is_read_or_refused_and_never_a_crash(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(CARD)))
    end = data.draw(st.integers(start, min(len(CARD), start + 40)))
    words = st.sampled_from(
        [*CARD.split(), "{", "}", "[", "]", ":", "-", "\n", " ", '"', "&a", "*a", "all", "9" * 12]
    )
    text = (
        CARD[:start] + data.draw(st.lists(words | st.text(max_size=5), max_size=6).map(" ".join)) + CARD[end:]
    )
    with TemporaryDirectory() as folder:
        refusals(text.encode("utf-8", "replace"), Path(folder))


# ---------------------------------------------------------------- what YAML may not say


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        pytest.param(b"", ("card-empty", None, None, "an empty file", "keys and values"), id="an empty file"),
        pytest.param(
            b"# nothing\n",
            ("card-empty", None, None, "an empty file", "keys and values"),
            id="only a comment",
        ),
        pytest.param(
            b"---\n", ("card-empty", None, None, "an empty file", "keys and values"), id="an empty document"
        ),
        pytest.param(
            b"contract: brent\ntitle: caf\xe9\n",
            ("card-encoding", 2, 11, "the byte E9", "a file saved as UTF-8"),
            id="not UTF-8",
        ),
        pytest.param(
            "title: x".encode("utf-16"),
            ("card-encoding", 1, 1, "the byte FF", "a file saved as UTF-8"),
            id="UTF-16",
        ),
        pytest.param(
            b"title: \x07\n",
            ("card-syntax", 1, 8, "the character U+0007", "characters that can be seen"),
            id="a control character",
        ),
        pytest.param(
            b"a:\n\tb: 1\n",
            ("card-syntax", 2, 1, "`b: 1`", "spaces to indent with, not a tab"),
            id="a tab",
        ),
        pytest.param(
            b"a: b: c\n",
            (
                "card-syntax",
                1,
                5,
                "`a: b: c`",
                "one `key: value` to a line, and quotes around a text that holds `: `",
            ),
            id="two values on a line",
        ),
        pytest.param(
            b"a: @b\n",
            ("card-syntax", 1, 4, "`a: @b`", "quotes around a text that begins with a special character"),
            id="a special character",
        ),
        pytest.param(
            b"a: 1\nb\nc: 2\n",
            ("card-syntax", 3, 1, "`c: 2`", "`key: value`, with a space after the colon"),
            id="no colon",
        ),
        pytest.param(
            b"a: [1, 2\nb: 3\n",
            ("card-syntax", 2, 2, "`b: 3`", "a comma, or the closing bracket"),
            id="no closing bracket",
        ),
        pytest.param(
            b'a: "b\n',
            ("card-syntax", 2, 1, "the end of the file", "the closing quote"),
            id="no closing quote",
        ),
        pytest.param(
            b"a: 1\n b: 2\n",
            (
                "card-syntax",
                2,
                3,
                "`b: 2`",
                "one `key: value` to a line, and quotes around a text that holds `: `",
            ),
            id="an indent that fits nothing",
        ),
        pytest.param(
            b"- a\nb: 2\n",
            ("card-syntax", 2, 1, "`b: 2`", "the keys of one block below each other"),
            id="a list that goes on as keys",
        ),
        pytest.param(
            b"%YAML 9.9\n---\na: 1\n",
            ("card-syntax", 1, 1, "`%YAML 9.9`", "valid YAML"),
            id="YAML of another version",
        ),
        pytest.param(
            b"just a text\n",
            ("card-syntax", 1, 1, "`just a text`", "keys and values: `key: value`"),
            id="only a text",
        ),
        pytest.param(
            b"- a\n- {b: 1}\n",
            ("card-syntax", 1, 1, "`[a, …]`", "keys and values: `key: value`"),
            id="only a list",
        ),
        pytest.param(
            b"{[a]: b}\n", ("card-syntax", 1, 2, "`[a]`", "a key that is a text"), id="a list as a key"
        ),
        pytest.param(
            b"a: 1\n---\nb: 2\n",
            ("card-plain", 2, 1, "`---`", "one document in a file"),
            id="two documents",
        ),
        pytest.param(
            b"a: !!int 1\n",
            (
                "card-plain",
                1,
                4,
                "`tag:yaml.org,2002:int`",
                "no tag; how a value is read is known from its key",
            ),
            id="a tag",
        ),
        pytest.param(
            b"a: !!python/object:os.system x\n",
            (
                "card-plain",
                1,
                4,
                "`tag:yaml.org,2002:python/object:os.system`",
                "no tag; how a value is read is known from its key",
            ),
            id="a Python object",
        ),
        pytest.param(
            b"a: {<<: {b: 1}}\n",
            ("card-plain", 1, 5, "`<<`", "the keys themselves, written out"),
            id="a merge key",
        ),
        pytest.param(
            b"a: " + b"[" * 3000 + b"]" * 3000,
            ("card-plain", 1, 43, "brackets or lists within each other", "at most 40 of them"),
            id="brackets without end",
        ),
    ],
)
def test_yaml_that_is_not_plain_is_refused(
    text: bytes, refusal: tuple[str, int, int, str, str], tmp_path: Path
) -> None:
    assert refusals(text, tmp_path) == [refusal]


def test_an_alias_stands_for_the_value_it_names(tmp_path: Path) -> None:
    document, found = strictyaml.parse(b"a: &x {b: 1}\nc: *x\n", "x.yaml", "card")
    assert (document.data if document else None, found) == ({"a": {"b": "1"}, "c": {"b": "1"}}, [])


@pytest.mark.parametrize(
    "text",
    [
        "a: &y [*y]\n",
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)),
    ],
    ids=["a value within itself", "more values than fit"],
)
def test_aliases_that_cannot_be_written_out_are_refused(text: str, tmp_path: Path) -> None:
    assert refusals(text, tmp_path) == [("card-plain", 1, 1, "aliases within aliases", "values written out")]


def test_every_duplicate_key_is_found_with_the_first(tmp_path: Path) -> None:
    text = with_changes(
        ("version: 1", "version: 1\nversion: 2"),
        ("share: 0.80}", "share: 0.80, share: 0.90}"),
        ("    number: 2\n", '    number: 2\n    "number": 3\n    number: 4\n'),
    )
    assert refusals(text, tmp_path) == [
        ("card-duplicate-key", 3, 1, "`version`", "each key once; it is already on line 2, column 1"),
        ("card-duplicate-key", 10, 45, "`share`", "each key once; it is already on line 10, column 32"),
        ("card-duplicate-key", 24, 5, "`number`", "each key once; it is already on line 23, column 5"),
        ("card-duplicate-key", 25, 5, "`number`", "each key once; it is already on line 23, column 5"),
    ]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    assert refusals(CARD.encode("utf-8-sig").replace(b"\n", b"\r\n"), tmp_path) == []


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    gone = Finding("card-unreadable", Where("x.yaml"), "no such file or directory", "a file that can be read")
    assert read_card(tmp_path / "x.yaml", "x.yaml") == (None, [gone])
    folder = Finding("card-unreadable", Where("x.yaml"), "a folder", "a file that can be read")
    assert read_card(tmp_path, "x.yaml") == (None, [folder])


def test_another_kind_of_file_has_its_own_codes() -> None:
    _, findings = strictyaml.parse(b"a: 1\na: 2\n", "wlz.yaml", "folder")
    assert [str(f.where) for f in findings] == ["wlz.yaml, line 2, column 1"]
    assert [f.code for f in findings] == ["folder-duplicate-key"]


def test_any_models_refusals_are_worded() -> None:
    class Small(BaseModel):
        model_config = ConfigDict(extra="forbid")
        name: str

    document, _ = strictyaml.parse(b"nmae: x\nname: [x]\n", "wlz.yaml", "folder")
    assert document is not None
    with pytest.raises(ValidationError) as caught:
        Small.model_validate(document.data)
    assert refusals_of(caught.value, document, "folder") == [
        Finding("folder-unknown-key", Where("wlz.yaml", 1, "1"), "`nmae`", "no such key"),
        Finding("folder-value", Where("wlz.yaml", 2, "7"), "`[x]`", "a text"),
    ]


# ---------------------------------------------------------------- the library


def test_three_cards_are_shipped_and_sound() -> None:
    library = shipped()
    assert list(library) == ["hammersmith-fulham", "kensington-chelsea", "life-chances-fund"]
    cards, findings = read_cards([(path, path.name) for path in library.values()])
    assert findings == []
    assert cards is not None
    assert [card.card.contract for card in cards] == list(library)


def test_an_installed_package_finds_its_cards_beside_its_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "wlz_calc"
    (package / "rate_cards").mkdir(parents=True)
    (package / "rate_cards" / "brent.yaml").write_text(CARD, encoding="utf-8")
    monkeypatch.setattr(wlz_calc, "__file__", str(package / "__init__.py"))
    assert shipped() == {"brent": package.resolve() / "rate_cards" / "brent.yaml"}


def test_without_a_library_a_path_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wlz_calc, "__file__", str(tmp_path / "a" / "b" / "__init__.py"))
    (tmp_path / "our.yaml").write_text(CARD, encoding="utf-8")
    assert find_card("our.yaml", tmp_path) == (tmp_path / "our.yaml", [])
    _, (finding,) = find_card("other", tmp_path)
    assert finding.expected == "the path of a .yaml file"


def test_a_card_is_found_by_its_name_or_by_a_path_from_the_folder(tmp_path: Path) -> None:
    assert find_card("kensington-chelsea", tmp_path) == (shipped()["kensington-chelsea"], [])
    (tmp_path / "cards").mkdir()
    path = tmp_path / "cards" / "our.yml"
    path.write_text(CARD, encoding="utf-8")
    assert find_card("cards/our.yml", tmp_path) == (path, [])


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("kensington-chelsee", " (did you mean kensington-chelsea?)"),
        ("westminster.yaml", ""),
        ("cards", ""),
    ],
)
def test_a_card_that_is_not_there_is_a_finding_that_lists_those_shipped(
    name: str, near: str, tmp_path: Path
) -> None:
    (tmp_path / "cards").mkdir()
    names = "hammersmith-fulham, kensington-chelsea or life-chances-fund"
    expected = f"{names}{near}, or the path of a .yaml file"
    assert find_card(name, tmp_path) == (
        None,
        [Finding("card-not-found", Where("wlz.yaml"), f"`{name}`", expected)],
    )
    place = Where("wlz.yaml", row=2, column="14")
    assert find_card(name, tmp_path, place)[1][0].where == place


# ---------------------------------------------------------------- the cards of a programme


def across(folder: Path, *texts: str) -> list[tuple[str, str, str, str]]:
    """Code, place, found and expected of what is wrong with cards together."""
    entries = []
    for n, text in enumerate(texts, start=1):
        path = folder / f"{n}.yaml"
        path.write_text(text, encoding="utf-8")
        entries.append((path, path.name))
    cards, findings = read_cards(entries)
    assert (cards is None) == bool(findings)
    return [(f.code, str(f.where), f.found, f.expected) for f in findings]


SECOND = ("version: 1", "version: 2")


def test_cards_of_one_contract_may_cover_the_same_days(tmp_path: Path) -> None:
    assert across(tmp_path, CARD, with_changes(SECOND)) == []


def test_two_cards_are_not_the_same_version_of_a_contract(tmp_path: Path) -> None:
    other_contract = with_changes(("contract: brent", "contract: westminster"))
    assert across(tmp_path, CARD, other_contract) == []
    assert across(tmp_path, CARD, with_changes(SECOND), CARD) == [
        ("card-twice", "3.yaml, line 2, column 10", "`1`", "another version; 1.yaml is this one of brent")
    ]


@pytest.mark.parametrize(
    ("first", "second", "findings"),
    [
        ("", "", []),
        ("limits: {contract: 5.00}\n", "limits: {contract: 5}\n", []),
        (
            "limits: {contract: 5.00}\n",
            "limits: {contract: 5.01}\n",
            [("3.yaml, line 2, column 20", "5.01", "5.00, as in 1.yaml: limits are the contract's")],
        ),
        (
            "limits: {child: 5.00, financial_year: 7}\n",
            "",
            [
                ("3.yaml, line 1, column 1", "none", "7.00, as in 1.yaml: limits are the contract's"),
                ("3.yaml, line 1, column 1", "none", "5.00, as in 1.yaml: limits are the contract's"),
            ],
        ),
        (
            "",
            "limits:\n  child: 5.00\n",
            [("3.yaml, line 3, column 10", "5.00", "none, as in 1.yaml: limits are the contract's")],
        ),
    ],
)
def test_cards_of_one_contract_state_the_same_limits(
    first: str, second: str, findings: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    one = with_changes(("version: 1\n", f"version: 1\n{first}"))
    other = with_changes(("contract: brent\n", f"contract: brent\n{second}"), SECOND)
    unrelated = with_changes(("contract: brent\n", "contract: westminster\nlimits: {contract: 1}\n"))
    found = across(tmp_path, one, unrelated, other)
    assert found == [("card-limits-differ", *finding) for finding in findings]


def test_cards_of_one_contract_state_the_same_commitments(tmp_path: Path) -> None:
    committed = with_changes(("share: 0.80", "commitment: 100, share: 0.80"))
    assert across(tmp_path, committed, committed.replace("version: 1", "version: 2")) == []
    assert across(tmp_path, committed, with_changes(SECOND)) == [
        (
            "card-limits-differ",
            "2.yaml, line 9, column 12",
            "none",
            "100.00, as in 1.yaml: commitments are the contract's",
        )
    ]
    more = committed.replace("version: 1", "version: 2").replace("commitment: 100", "commitment: 100.01")
    assert [found for _, _, found, _ in across(tmp_path, committed, more)] == ["100.01"]


def test_commissioners_of_only_one_card_need_no_other(tmp_path: Path) -> None:
    renamed = with_changes(("  council: {", "  donor: {commitment: 5, "), SECOND)
    assert across(tmp_path, CARD, renamed) == []


def test_scales_of_one_name_are_the_same_scale(tmp_path: Path) -> None:
    def own(scale: str) -> str:
        return f"contract: westminster\nscales: {{ladder: {scale}}}\n"

    ladder = "{values: [C, B, A], age_relative: true}"
    first = with_changes(("contract: brent\n", own(ladder)))
    same = with_changes(("contract: brent\n", own(ladder)), SECOND)
    other = with_changes(("contract: brent\n", own("{values: [A, B], age_relative: true}")), SECOND)
    assert across(tmp_path, first, same) == []
    assert across(tmp_path, first, other) == [
        ("card-scale", "2.yaml, line 2, column 18", "A < B", "C < B < A, as in 1.yaml; or another name")
    ]


def test_errors_of_all_cards_come_together(tmp_path: Path) -> None:
    found = across(tmp_path, with_changes(("0.80", "0.70")), "", CARD, CARD)
    assert [(code, place) for code, place, _, _ in found] == [
        ("card-shares", "1.yaml, line 8, column 1"),
        ("card-empty", "2.yaml"),
        ("card-twice", "4.yaml, line 2, column 10"),
    ]


# ---------------------------------------------------------------- the catalogue


def test_every_code_has_a_title_a_reason_and_a_way_to_mend_it() -> None:
    for code, meaning in TERMS.items():
        assert code.startswith(("card-", "folder-"))
        assert meaning.stage is (Stage.CARDS if code.startswith("card-") else Stage.FOLDER)
        assert meaning.title == meaning.title.strip()
        assert not meaning.title.endswith(".")
        assert meaning.why.endswith(".")
        assert meaning.fix.endswith(".")
        assert CODES[code] == meaning


def test_every_code_that_is_spoken_is_in_the_catalogue() -> None:
    package = Path(wlz_calc.__file__).parent
    files = [*package.glob("ratecard/*.py"), package / "read" / "cards.py"]
    spoken = {
        word.strip('"')
        for file in files
        for word in file.read_text(encoding="utf-8").replace(",", " ").replace("(", " ").split()
        if word.startswith('"card-')
    }
    assert spoken
    assert {code.rstrip(')"') for code in spoken} <= set(TERMS)


def test_the_tests_listed_are_those_allowed() -> None:
    assert f"{', '.join(TESTS[:-1])} or {TESTS[-1]}" == TESTS_ALLOWED


@pytest.mark.parametrize("value", ["{a: b}", "[true]", "", "yes"])
def test_a_flag_is_true_or_false_and_nothing_else(value: str, tmp_path: Path) -> None:
    text = with_changes(("by: 1}", f"by: 1, strictly: {value}}}"))
    said = [(code, expected) for code, *_, expected in refusals(text, tmp_path)]
    assert said == [("card-value", "true or false")]
