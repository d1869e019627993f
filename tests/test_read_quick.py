"""Quick values: a quick value is the value, and a cell that has none is read again with care."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlz_calc.finding import Where
from wlz_calc.read import quick, values
from wlz_calc.read.collected import Sent, collected
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part
from wlz_calc.read.values import TEXTS, Lists
from wlz_calc.tables import ENGAGEMENT, SDQ, Column

DAY, MOMENT = ENGAGEMENT.column("date"), ENGAGEMENT.column("submitted_at")
ANSWER, FLAG = SDQ.column("consid"), ENGAGEMENT.column("engaged")
FEW, MANY = Lists({}), Lists({}, many=True)

DIGITS = st.text("0123456789", min_size=2, max_size=2)
DAYS = st.builds("{}-{}-{}".format, st.sampled_from(["1989", "1990", "2016", "2099", "2100"]), DIGITS, DIGITS)
CLOCKS = st.builds("{}{}:{}".format, st.sampled_from(["T", " ", "", "t"]), DIGITS, DIGITS)
SECONDS = st.sampled_from(["", ":00", ":07", ": 7", ":59", ":60", ":30.5", "Z", ":00+01:00", " "])
TEXT = st.one_of(
    st.text(max_size=12),
    DAYS,
    st.builds("{}{}{}".format, DAYS, CLOCKS, SECONDS),
    st.builds("{}{}".format, DAYS, st.sampled_from(["", " ", "T", "\n"])),
    st.sampled_from(["true", "false", "True", "0", "2", "3", "-1", "+1", "01", "1.0", " 1"]),
)


def valued(column: Column, texts: list[str | None], lists: Lists = MANY) -> tuple[list[object], list[object]]:
    """The quick values of texts, of which there may be many, and the values."""
    frame = pl.DataFrame({column.name: texts}, schema={column.name: pl.String})
    both = quick.value([column], lists, TEXTS), values.value([column], lists)
    soon, well = (frame.select(each).to_series().to_list() for each in both)
    return soon, well


@pytest.mark.parametrize("column", [DAY, MOMENT, ANSWER, FLAG], ids=lambda column: column.name)
@pytest.mark.parametrize("lists", [FEW, MANY], ids=["few", "many"])
@given(texts=st.lists(TEXT, max_size=20))
def test_a_quick_value_is_the_value(column: Column, lists: Lists, texts: list[str | None]) -> None:
    none = {"stated": None, "offset": None}
    for soon, well in zip(*valued(column, texts, lists), strict=True):
        assert soon in (well, None, none)


@pytest.mark.parametrize("text", ["1990-01-01", "2016-02-29", "2099-12-31"])
def test_every_day_that_can_be_meant_has_a_quick_value(text: str) -> None:
    assert valued(DAY, [text])[0] == [date.fromisoformat(text)]


@pytest.mark.parametrize("text", ["1989-12-31", "2015-02-29", "2100-01-01", "2016-2-9", " 2016-02-09"])
def test_no_other_text_has(text: str) -> None:
    assert valued(DAY, [text])[0] == [None]


@pytest.mark.parametrize(
    "text", ["2016-11-03", "2016-11-03T00:00:00", "2016-11-03T23:59:59", "2016-11-03 14:30:00"]
)
def test_a_moment_to_the_second_has_a_quick_value(text: str) -> None:
    assert valued(MOMENT, [text])[0] == [{"stated": datetime.fromisoformat(text), "offset": None}]


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        (["school", None, "club"], True),
        ([], True),
        (["school "], False),
        ([""], False),
        (["x" * 64], True),
        (["x" * 65], False),
    ],
)
def test_shared_texts_are_plain_if_each_is_a_value_as_it_stands(texts: list[str], plain: bool) -> None:
    provider = ENGAGEMENT.column("provider")
    frame = pl.DataFrame({"provider": texts}, schema={"provider": pl.Categorical})
    assert quick.are_plain(frame, [provider]) is plain


def test_without_shared_texts_all_are_plain() -> None:
    assert quick.are_plain(pl.DataFrame({"score": [1]}), [])


ROWS = {
    "child_id": ["c1", "c2", "c3"],
    "date": [date(2016, 11, 3), date(2016, 11, 4), date(2016, 11, 5)],
    "kind": ["partner"] * 3,
    "provider": ["club", "club", None],
    "status": ["attended"] * 3,
    "engaged": [True, False, None],
    "submitted_at": [datetime(2016, 11, 3, 14, 30), datetime(2016, 11, 4), None],  # noqa: DTZ001
}


def typed_and_as_text(folder: Path, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The values of a parquet file as it is, and with all of its columns made text."""
    path = folder / "engagement.parquet"
    frame.write_parquet(path)
    file, found = opened(path, "engagement", path.name)
    assert file is not None, found
    part = Part("engagement", path, path.name, None, None, {}, {}, {}, {}, None, None, Where("wlz.yaml"))
    found_values = []
    for each in (file, file._replace(typed=None)):
        sheet, found = headed(each, ENGAGEMENT)
        assert sheet is not None, found
        found_values.append(collected([Sent(sheet, part)], {})[0][0])
    return found_values[0], found_values[1]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="as it should be"),
        pytest.param({"date": pl.Datetime("ns")}, id="a date as a date-time"),
        pytest.param({"submitted_at": pl.Datetime("ms")}, id="in milliseconds"),
        pytest.param({"submitted_at": pl.Datetime("us", "Europe/London")}, id="in a zone"),
        pytest.param({"submitted_at": pl.Date()}, id="a moment as a date"),
        pytest.param({"provider": pl.Categorical()}, id="texts as categories"),
        pytest.param({"engaged": pl.Int8()}, id="a number for true"),
    ],
)
def test_typed_cells_have_the_values_of_their_text(tmp_path: Path, change: dict[str, pl.DataType]) -> None:
    typed, text = typed_and_as_text(
        tmp_path, pl.DataFrame(ROWS).with_columns(pl.col(name).cast(dtype) for name, dtype in change.items())
    )
    assert typed.equals(text)


def test_a_time_is_no_date_although_it_is_typed(tmp_path: Path) -> None:
    typed, text = typed_and_as_text(
        tmp_path,
        pl.DataFrame(ROWS | {"date": [datetime(2016, 11, 3, 9)] * 3}),  # noqa: DTZ001
    )
    assert typed.equals(text)
    assert typed.get_column("date").null_count() == typed.height
