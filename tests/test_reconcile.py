"""What was paid beside what was claimed: nothing paid vanishes, and nothing that is owed."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner, Result

from wlz_calc import bookkeeping
from wlz_calc.claims.book import Book
from wlz_calc.claims.reading import read
from wlz_calc.claims.reconciled import CHARGED, charged, outside, reconciled
from wlz_calc.claims.sealed import Sealed
from wlz_calc.cli.reconcile import EXAMPLE, reconcile
from wlz_calc.finding import Finding
from wlz_calc.period import Quarter
from wlz_calc.read.ledgers import payments_in
from wlz_calc.write.reconciled import Asked, reconciled_csv, reconciled_json, show_reconciled
from wlz_calc.write.screen import screen

AS_OF = date(2019, 3, 31)
CLOSED = date(2019, 1, 15)
Q3, Q4 = "2018-Q3", "2018-Q4"


def claimed(*rows: tuple[str, str, int]) -> pl.DataFrame:
    """Claims of the contract alpha: commissioner, quarter and pence."""
    said = [("alpha", commissioner, quarter, CLOSED, amount) for commissioner, quarter, amount in rows]
    return pl.DataFrame(said, schema=CHARGED, orient="row")


def paid(*rows: tuple[str, str, date, int]) -> pl.DataFrame:
    """Payments on the contract alpha: commissioner, quarter, day and pence."""
    schema = {"contract": pl.String, "commissioner": pl.String, "quarter": pl.String, "paid_on": pl.Date}
    said = [("alpha", *row) for row in rows]
    return pl.DataFrame(said, schema=schema | {"amount": pl.Int64}, orient="row")


def rows(asked: pl.DataFrame, received: pl.DataFrame, as_of: date = AS_OF) -> list[tuple[object, ...]]:
    """Commissioner, quarter, claimed, paid, difference and days of each row."""
    return reconciled(asked, received, as_of).drop("contract").rows()


# ---------------------------------------------------------------- what a row says


def test_a_claim_that_is_paid_to_the_penny_has_no_difference_and_no_age() -> None:
    asked, received = claimed(("council", Q4, 12_345)), paid(("council", Q4, AS_OF, 12_345))
    assert rows(asked, received) == [("council", Q4, 12_345, 12_345, 0, None)]


def test_a_claim_that_is_not_paid_is_outstanding_since_it_was_closed() -> None:
    assert rows(claimed(("council", Q4, 500)), paid()) == [("council", Q4, 500, 0, 500, 75)]


def test_a_payment_counts_from_the_day_on_which_it_was_made() -> None:
    asked, received = claimed(("council", Q4, 500)), paid(("council", Q4, date(2019, 2, 1), 500))
    assert rows(asked, received, date(2019, 1, 31)) == [("council", Q4, 500, 0, 500, 16)]
    assert rows(asked, received, date(2019, 2, 1)) == [("council", Q4, 500, 500, 0, None)]


def test_a_claim_that_is_paid_in_parts_is_paid_by_all_of_them() -> None:
    parts = [("council", Q4, date(2019, 2, day), 200) for day in (1, 2)]
    asked = claimed(("council", Q4, 500))
    assert rows(asked, paid(*parts)) == [("council", Q4, 500, 400, 100, 75)]
    assert rows(asked, paid(*parts, ("council", Q4, AS_OF, 100))) == [("council", Q4, 500, 500, 0, None)]


def test_what_was_paid_too_much_is_a_difference_below_nought() -> None:
    assert rows(claimed(("council", Q4, 500)), paid(("council", Q4, AS_OF, 700))) == [
        ("council", Q4, 500, 700, -200, 75)
    ]


def test_what_was_never_claimed_is_shown_as_paid_without_an_age() -> None:
    received = paid(("council", Q3, AS_OF, 500), ("donor", Q4, AS_OF, 100))
    assert rows(claimed(("council", Q4, 500)), received) == [
        ("council", Q3, 0, 500, -500, None),
        ("council", Q4, 500, 0, 500, 75),
        ("donor", Q4, 0, 100, -100, None),
    ]


def test_a_credit_that_was_paid_back_has_no_difference() -> None:
    asked = claimed(("council", Q4, -700), ("donor", Q4, -100))
    assert rows(asked, paid(("council", Q4, AS_OF, -700))) == [
        ("council", Q4, -700, -700, 0, None),
        ("donor", Q4, -100, 0, -100, 75),
    ]


def test_what_was_paid_twice_and_given_back_once_has_no_difference() -> None:
    received = paid(*[("council", Q4, AS_OF, amount) for amount in (500, 500, -500)])
    assert rows(claimed(("council", Q4, 500)), received) == [("council", Q4, 500, 500, 0, None)]


def test_a_claim_that_was_closed_later_has_no_age_yet() -> None:
    assert rows(claimed(("council", Q4, 500)), paid(), date(2018, 12, 31)) == [
        ("council", Q4, 500, 0, 500, None)
    ]
    assert rows(claimed(("council", Q4, 500)), paid(), CLOSED) == [("council", Q4, 500, 0, 500, 0)]


def test_rows_are_in_the_order_of_contract_commissioner_and_quarter() -> None:
    asked = claimed(("donor", Q3, 1), ("council", Q4, 2), ("council", Q3, 3))
    other = asked.with_columns(contract=pl.lit("a second"))
    both = reconciled(pl.concat([asked, other]), paid(), AS_OF)
    assert both.select("contract", "claimed").rows() == [
        *[("a second", amount) for amount in (3, 2, 1)],
        *[("alpha", amount) for amount in (3, 2, 1)],
    ]


def test_nothing_claimed_and_nothing_paid_are_no_rows() -> None:
    assert reconciled(claimed(), paid(), AS_OF).is_empty()


@pytest.mark.parametrize(("tolerance", "beyond"), [(0, 2), (99, 2), (100, 1), (101, 1), (250, 0)])
def test_a_row_is_outside_if_it_differs_by_more_than_is_tolerated_either_way(
    tolerance: int, beyond: int
) -> None:
    asked = claimed(("a", Q4, 500), ("b", Q4, 500), ("c", Q4, 500))
    received = paid(("a", Q4, AS_OF, 400), ("b", Q4, AS_OF, 750), ("c", Q4, AS_OF, 500))
    assert outside(reconciled(asked, received, AS_OF), tolerance).height == beyond


# ---------------------------------------------------------------- shown and written

EXAMPLE_CLAIMS = claimed(
    ("council", Q3, 1_000_000),
    ("council", Q4, 123_456_789),
    ("donor", Q4, 34_567),
    ("school:ark", Q4, -5_000),
)
EXAMPLE_PAYMENTS = paid(
    ("council", Q3, date(2018, 11, 30), 600_000),
    ("council", Q3, date(2018, 12, 31), 400_000),
    ("council", Q4, date(2019, 2, 28), 100_000_000),
    ("donor", Q4, date(2019, 2, 28), 34_568),
    ("lottery", Q4, date(2019, 3, 1), 70),
)
TABLE = """\
Claimed and paid, as of 31 March 2019
Days: since the claim was closed, while the two differ.

Contract alpha
Commissioner                        Claimed           Paid     Difference   Days
────────────────────────────────────────────────────────────────────────────────
council
  2018-Q3                        £10,000.00     £10,000.00          £0.00
  2018-Q4                     £1,234,567.89  £1,000,000.00    £234,567.89     75
  Subtotal                    £1,244,567.89  £1,010,000.00    £234,567.89
donor
  2018-Q4                           £345.67        £345.68         -£0.01     75
lottery
  2018-Q4                             £0.00          £0.70         -£0.70
school:ark
  2018-Q4                           -£50.00          £0.00        -£50.00     75
────────────────────────────────────────────────────────────────────────────────
Total                         £1,244,863.56  £1,010,346.38    £234,517.18

Claimed and paid differ in 4 of 5 rows.
"""


def drawn(table: pl.DataFrame, tolerance: int = 0, width: int = 80) -> str:
    text = StringIO()
    asked = Asked(AS_OF, tolerance, outside(table, tolerance).height)
    show_reconciled(screen(text, width=width), table, asked)
    return text.getvalue()


def example() -> pl.DataFrame:
    return reconciled(EXAMPLE_CLAIMS, EXAMPLE_PAYMENTS, AS_OF)


def test_the_table_says_what_a_finance_director_asks_for_on_80_columns() -> None:
    assert drawn(example()) == TABLE


def test_a_wider_screen_says_the_same() -> None:
    assert drawn(example(), width=120).split() == TABLE.replace("─" * 80, "─" * 100).split()


def test_the_last_line_says_by_how_much_and_how_often() -> None:
    def last(tolerance: int) -> str:
        return drawn(example(), tolerance).splitlines()[-1]

    assert last(50) == "Claimed and paid differ in 3 of 5 rows by more than £0.50."
    assert last(10**9) == "Claimed and paid differ nowhere by more than £10,000,000.00."
    assert drawn(example().filter(pl.col("difference") == 0)).endswith("\nClaimed and paid differ nowhere.\n")
    assert drawn(example().clear()).endswith("\nNothing has been claimed, and nothing paid.\n")


def test_each_contract_has_its_own_total() -> None:
    other = example().with_columns(contract=pl.lit("beta")).head(1)
    lines = drawn(pl.concat([example(), other])).splitlines()
    assert [line.split() for line in lines if line.startswith(("Contract", "Total"))] == [
        ["Contract", "alpha"],
        ["Total", "£1,244,863.56", "£1,010,346.38", "£234,517.18"],
        ["Contract", "beta"],
        ["Total", "£10,000.00", "£10,000.00", "£0.00"],
    ]


def test_csv_has_sums_with_two_decimals_and_an_empty_cell_where_there_is_no_age() -> None:
    file = BytesIO()
    reconciled_csv(example())(file)
    assert file.getvalue().decode().splitlines() == [
        "contract,commissioner,quarter,claimed,paid,difference,days",
        "alpha,council,2018-Q3,10000.00,10000.00,0.00,",
        "alpha,council,2018-Q4,1234567.89,1000000.00,234567.89,75",
        "alpha,donor,2018-Q4,345.67,345.68,-0.01,75",
        "alpha,lottery,2018-Q4,0.00,0.70,-0.70,",
        "alpha,school:ark,2018-Q4,-50.00,0.00,-50.00,75",
    ]


def test_json_has_sums_as_texts_and_what_was_asked() -> None:
    file = BytesIO()
    reconciled_json(example().filter(pl.col("commissioner") == "donor"), Asked(AS_OF, 50, 0))(file)
    assert json.loads(file.getvalue()) == {
        "as_of": "2019-03-31",
        "tolerance": "0.50",
        "outside": 0,
        "rows": [
            {
                "contract": "alpha",
                "commissioner": "donor",
                "quarter": "2018-Q4",
                "claimed": "345.67",
                "paid": "345.68",
                "difference": "-0.01",
                "days": 75,
            }
        ],
    }


# ---------------------------------------------------------------- from the book

LINES = """\
quarter,contract,card_version,commissioner,child_id,school,payment,outcome,number,kind,due_on,amount,corrects,reason
2018-Q3,alpha,1,council,001,ark,sign_up,,1,opening,2018-01-01,300.00,,
2018-Q4,alpha,1,council,001,ark,engagement,,2,new,2018-10-01,450.00,,
2018-Q4,alpha,1,council,002,ark,sign_up,,1,reversal,2018-07-01,-300.00,2018-Q3,
2018-Q4,alpha,1,donor,001,ark,engagement,,2,new,2018-10-01,0.10,,
2018-Q4,alpha,1,donor,001,ark,sign_up,,1,opening,2018-01-01,90.00,,
2018-Q4,alpha,1,school:ark,001,ark,sign_up,,1,opening,2018-01-01,90.00,,
"""


def book(folder: Path) -> Book:
    """A book without claims."""
    empty, found = read(folder / "claims")
    assert empty is not None, found
    return empty


def sealed(folder: Path, quarter: Quarter, lines: str) -> Sealed:
    place = folder / str(quarter)
    place.mkdir()
    (place / "lines.csv").write_text(lines, encoding="utf-8")
    return Sealed("alpha", quarter, place, "", {"closed_on": CLOSED.isoformat()}, None)


def test_a_claim_asks_each_commissioner_for_the_sum_of_its_lines_without_the_opening_balance(
    tmp_path: Path,
) -> None:
    empty = LINES.splitlines(keepends=True)[0]
    claims = sealed(tmp_path, Quarter(2018, 3), empty), sealed(tmp_path, Quarter(2018, 4), LINES)
    asked = charged(book(tmp_path)._replace(contracts={"alpha": claims}))
    assert asked.schema == CHARGED
    assert sorted(asked.rows()) == [
        ("alpha", "council", "2018-Q4", CLOSED, 15_000),
        ("alpha", "donor", "2018-Q4", CLOSED, 10),
    ]


def test_a_book_without_claims_asks_for_nothing(tmp_path: Path) -> None:
    assert charged(book(tmp_path)).equals(claimed())


# ---------------------------------------------------------------- the command

HEADING = "contract,commissioner,quarter,paid_on,amount,reference\n"
Command = Callable[..., Result]


@pytest.fixture
def asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command on a programme of which this was claimed, and of which these payments are recorded."""
    door = typer.Typer()
    door.command()(reconcile)

    def run(asked: pl.DataFrame, payments: str | None, *options: str) -> Result:
        def joined(folder: Path, as_of: date) -> tuple[pl.DataFrame | None, list[Finding]]:
            received, found = payments_in(folder, wanted=not asked.is_empty())
            return (None if received is None else reconciled(asked, received, as_of)), found

        monkeypatch.setattr(bookkeeping, "reconcile", joined)
        if payments is not None:
            (tmp_path / "payments.csv").write_text(HEADING + payments, encoding="utf-8")
        return CliRunner().invoke(door, ["--as-of", "2019-03-31", *options, str(tmp_path)])

    return run


def test_it_ends_with_0_where_everything_is_paid(asks: Command) -> None:
    said = asks(claimed(("council", Q4, 500)), "alpha,council,2018/19-Q3,2019-03-31,5,\n")
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.endswith("Claimed and paid differ nowhere.\n")


@pytest.mark.parametrize(("tolerance", "code"), [("0.00", 1), ("0.99", 1), ("1", 0), ("1.01", 0)])
def test_it_ends_with_1_where_a_row_differs_by_more_than_is_tolerated(
    asks: Command, tolerance: str, code: int
) -> None:
    asked = claimed(("council", Q4, 500), ("donor", Q4, 100))
    received = "alpha,council,2018-Q4,2019-03-31,6.00,\nalpha,donor,2018-Q4,2019-03-31,0.00,\n"
    assert asks(asked, received, "--tolerance", tolerance).exit_code == code


def test_rows_that_make_up_for_each_other_still_differ(asks: Command) -> None:
    asked = claimed(("council", Q4, 500), ("donor", Q4, 100))
    assert asks(asked, "alpha,council,2018-Q4,2019-03-31,6.00,\n").exit_code == 1


def test_one_contract_is_looked_at_by_itself(asks: Command) -> None:
    asked = pl.concat([claimed(("council", Q4, 500)), claimed().with_columns(contract=pl.lit("beta"))])
    received = "alpha,council,2018-Q4,2019-03-31,5,\nbeta,council,2018-Q4,2019-03-31,5,\n"
    assert asks(asked, received).exit_code == 1
    alone = asks(asked, received, "--contract", "alpha")
    assert (alone.exit_code, "beta" in alone.stdout) == (0, False)
    other = asks(asked, received, "--contract", "gamma")
    assert (other.exit_code, other.stdout) == (2, "")
    assert "alpha, beta" in other.stderr


@pytest.mark.parametrize("form", ["csv", "json"])
def test_stdout_has_the_data_and_nothing_else(asks: Command, form: str) -> None:
    received = "alpha,council,2018-Q4,2019-03-31,5,\nTotal,,,,5,\n"
    said = asks(claimed(("council", Q4, 500)), received, "--format", form)
    assert said.exit_code == 0
    assert "rows-below-table" in said.stderr
    if form == "csv":
        assert pl.read_csv(said.stdout_bytes)["claimed"].to_list() == [5.0]
    else:
        assert json.loads(said.stdout)["rows"][0]["claimed"] == "5.00"


def test_without_a_record_of_payments_it_says_what_that_should_hold(asks: Command) -> None:
    said = asks(claimed(("council", Q4, 500)), None)
    assert (said.exit_code, said.stdout) == (1, "")
    assert "payments-missing" in said.stderr
    assert "contract, commissioner, quarter, paid_on, amount, reference" in said.stderr


def test_where_nothing_was_claimed_there_need_be_no_record_of_payments(asks: Command) -> None:
    said = asks(claimed(), None)
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.endswith("Nothing has been claimed, and nothing paid.\n")


def test_payments_that_are_wrong_are_not_set_beside_anything(asks: Command) -> None:
    said = asks(claimed(("council", Q4, 500)), 'alpha,council,2018-Q4,2019-03-31,"1,234.50",\n')
    assert (said.exit_code, said.stdout) == (1, "")
    assert "cell-not-money" in said.stderr


@pytest.mark.parametrize(
    ("option", "text"),
    [
        *[("--as-of", text) for text in ("31/03/2019", "2019-3-31", "20190331", "2019-02-30", "")],
        *[("--tolerance", text) for text in ("-1", "0.005", "1,000", "£1", "1e2", "nan", "")],
    ],
)
def test_a_day_or_an_amount_that_cannot_be_read_is_wrong_usage(asks: Command, option: str, text: str) -> None:
    said = asks(claimed(), None, option, text)
    assert (said.exit_code, said.stdout) == (2, "")
    assert "cannot read" in said.stderr


def test_the_day_has_to_be_said() -> None:
    door = typer.Typer()
    door.command(epilog=EXAMPLE)(reconcile)
    assert CliRunner().invoke(door, []).exit_code == 2
    assert CliRunner().invoke(door, ["--help"]).exit_code == 0
