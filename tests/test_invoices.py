"""Invoices and credit notes: what stands on each document, and that it adds up to the penny."""

import json
import shutil
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.meaning import Programme
from tests.sound_folder import wlz_calc
from wlz_calc import bookkeeping, pipeline
from wlz_calc.claim import Claim
from wlz_calc.finding import errors
from wlz_calc.invoice import Invoice
from wlz_calc.period import Quarter
from wlz_calc.rules.invoices import number
from wlz_calc.rules.vat import split, vat
from wlz_calc.write import invoiced
from wlz_calc.write.sheets.invoices import invoices

EXAMPLE = Path(__file__).parents[1] / "examples" / "kensington-chelsea"
SIGNED = """
    | child | consent_on |
    | a     | 2017-01-10 |
    | b     | 2017-01-10 |
    | c     | 2017-01-10 |
"""
COUNCIL = """
    payments: {sign_up: {price: 0.10, when: {measure: consent, test: happened}}}
"""
SCHOOLS = """
    commissioners:
      council: {name: The council, share: 0.5}
      school: {name: The school, share: 0.5, each: school}
"""
OUTSIDE = "invoicing: {alpha: {council: {vat: {treatment: outside_scope}}}}"
STANDARD = """
    supplier: {vat_number: GB000000000}
    invoicing: {alpha: {council: {vat: {treatment: standard, rate: %s}}}}
"""
CHANGED = "{2016-01-01: 0.175, 2017-04-01: 0.20}"


def says(made: Programme, said: str) -> Programme:
    """The programme with something more in its wlz.yaml."""
    path = made.folder / "wlz.yaml"
    more = yaml.load(dedent(said), Loader=yaml.BaseLoader) or {}  # noqa: S506 - it makes texts of all
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | more), encoding="utf-8")
    return made


def programme(tmp_path: Path, said: str = "", *cards: str, children: str = SIGNED) -> Programme:
    return says(Programme(tmp_path / "programme", *(cards or (COUNCIL,)), children=children), said)


def only(claim: Claim) -> Invoice:
    (invoice,) = claim.invoices
    return invoice


def shown(made: Programme, quarter: str) -> Claim:
    (claim,), _ = bookkeeping.show(made.folder, Quarter.parse(quarter), None)
    return claim


def codes(claim: Claim) -> list[str]:
    return [finding.code for finding in claim.findings if finding.code.startswith("invoice-")]


# ---------------------------------------------------------------- VAT


@pytest.mark.parametrize(
    ("net", "rate", "expected"),
    [
        (9, "0.05", 0),
        (10, "0.05", 1),  # half a penny is rounded up
        (11, "0.05", 1),
        (2, "0.175", 0),
        (3, "0.175", 1),
        (20, "0.175", 4),
        (12345, "0.20", 2469),
        (0, "0.20", 0),
        (-9, "0.05", 0),
        (-10, "0.05", -1),
        (-11, "0.05", -1),
    ],
)
def test_vat_is_rounded_to_the_nearest_penny_and_half_a_penny_up(net: int, rate: str, expected: int) -> None:
    assert vat(net, Decimal(rate)) == expected


def test_without_a_rate_there_is_no_vat() -> None:
    assert vat(1000, None) == 0
    assert split([600, 400], None) == [0, 0]


RATES = st.decimals("0.001", "0.999", places=3)
NETS = st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=8)


@given(NETS, RATES)
def test_the_vat_of_the_items_is_that_of_the_document(nets: list[int], rate: Decimal) -> None:
    parts = split(nets, rate)
    assert sum(parts) == vat(sum(nets), rate)
    assert all(abs(part - net * Fraction(rate)) < 1 for part, net in zip(parts, nets, strict=True))


@given(NETS.filter(sum), RATES)
def test_what_goes_back_has_the_vat_that_was_charged(nets: list[int], rate: Decimal) -> None:
    assert split([-net for net in nets], rate) == [-part for part in split(nets, rate)]


def test_pennies_go_to_the_largest_remainders_and_of_equal_ones_to_the_first() -> None:
    assert split([3, 3, 4], Decimal("0.20")) == [1, 0, 1]
    assert split([3, 3, 3], Decimal("0.20")) == [1, 1, 0]
    assert split([100, -100], Decimal("0.175")) == [18, -18]


# ---------------------------------------------------------------- a document


def test_a_document_adds_up_the_lines_of_a_commissioner(tmp_path: Path) -> None:
    made = programme(tmp_path, STANDARD % "0.05")
    invoice = only(made.claim("2017-Q1"))
    assert invoice.number == "alpha-2017-Q1-council"
    assert (invoice.name, invoice.quarter, invoice.treatment, invoice.rate) == (
        "The council", "2017-Q1", "standard", Decimal("0.05"),
    )  # fmt: skip
    (item,) = invoice.items
    assert item[:6] == ("sign_up", None, "new", None, 3, 10)
    assert (invoice.net, invoice.vat, invoice.gross, item.gross) == (30, 2, 32, 32)  # 1.5 pence of VAT
    assert not invoice.is_credit


def test_it_is_a_draft_of_the_as_of_date_until_it_is_closed(tmp_path: Path) -> None:
    made = programme(tmp_path, OUTSIDE)
    draft = only(made.claim("2017-Q1"))
    assert (draft.draft, draft.dated) == (True, date(2017, 3, 31))
    made.closes("2017-Q1")
    closed = only(shown(made, "2017-Q1"))
    assert (closed.draft, closed.dated) == (False, date(2017, 4, 20))
    assert closed._replace(draft=True, dated=draft.dated) == draft


def test_a_contract_that_says_nothing_of_invoices_has_none(tmp_path: Path) -> None:
    assert programme(tmp_path).claim("2017-Q1").invoices == ()


def test_what_was_claimed_by_other_means_is_on_no_document(tmp_path: Path) -> None:
    claim = programme(tmp_path, OUTSIDE).claim("2017-Q2")
    assert claim.opening.height == 3
    assert claim.invoices == ()


def test_items_are_by_payment_and_unit_price_in_the_order_of_the_card(tmp_path: Path) -> None:
    card = """
        payments:
          sign_up: {price: {2016-09-01: 5, 2017-02-01: 7}, when: {measure: consent, test: happened}}
          again: {price: 1, when: {measure: consent, test: happened}}
    """
    children = """
        | child | joined_on  | consent_on |
        | a     | 2017-01-10 | 2017-01-10 |
        | b     | 2017-02-10 | 2017-02-10 |
        | c     | 2017-02-10 | 2017-02-10 |
    """
    items = only(programme(tmp_path, OUTSIDE, card, children=children).claim("2017-Q1")).items
    assert [(item.payment, item.quantity, item.unit_price) for item in items] == [
        ("sign_up", 2, 700), ("sign_up", 1, 500), ("again", 3, 100),
    ]  # fmt: skip


# ---------------------------------------------------------------- the number


@pytest.mark.parametrize(
    ("commissioner", "expected"),
    [
        ("council", "alpha-2017-Q1-council"),
        ("big_fund", "alpha-2017-Q1-big_fund"),
        ("school:ark-swift", "alpha-2017-Q1-school-ark-swift"),
        ("school:Ark Swift", "alpha-2017-Q1-school-ark-swift~a7f6f6da"),
        ("school:../..", "alpha-2017-Q1-school-~0cfd1c96"),
    ],
)
def test_a_number_can_be_the_name_of_a_file(commissioner: str, expected: str) -> None:
    assert number("alpha", "2017-Q1", commissioner) == expected


CODES = st.text("aB-_ /.é1", min_size=1) | st.text("a", min_size=39, max_size=42)


@given(st.sets(CODES, max_size=20))
def test_no_two_commissioners_have_the_same_number_in_capitals_or_not(schools: set[str]) -> None:
    names = ["school", *(f"school:{code}" for code in schools)]
    assert len({number("alpha", "2017-Q1", name).casefold() for name in names}) == len(names)


# ---------------------------------------------------------------- purchase orders


@pytest.mark.parametrize(("begins", "expected"), [("2017-03-31", "PO-2"), ("2017-04-01", "PO-1")])
def test_the_purchase_order_is_the_one_of_the_last_day_of_the_quarter(
    begins: str, expected: str, tmp_path: Path
) -> None:
    said = f"{{purchase_order: {{2016-01-01: PO-1, {begins}: PO-2}}, vat: {{treatment: zero}}}}"
    made = programme(tmp_path, f"invoicing: {{alpha: {{council: {said}}}}}")
    assert only(made.claim("2017-Q1")).purchase_order == expected


@pytest.mark.parametrize(
    ("order", "required", "missing"),
    [
        ("", "false", False),
        ("", "true", True),
        ("purchase_order: {2017-04-01: PO-1}, ", "true", True),
        ("purchase_order: {2017-03-31: PO-1}, ", "true", False),
    ],
)
def test_a_purchase_order_that_is_required_and_missing_is_warned_of_and_marked(
    order: str, required: str, *, missing: bool, tmp_path: Path
) -> None:
    said = f"{{{order}purchase_order_required: {required}, vat: {{treatment: zero}}}}"
    claim = programme(tmp_path, f"invoicing: {{alpha: {{council: {said}}}}}").claim("2017-Q1")
    assert only(claim).order_missing is missing
    assert codes(claim) == ["invoice-no-order"] * missing
    (sheet,) = invoices(claim)
    assert any("PURCHASE ORDER MISSING" in line for line, _ in sheet.heading) is missing


# ---------------------------------------------------------------- the rate of the day


def test_the_rate_is_that_of_the_tax_point(tmp_path: Path) -> None:
    made = programme(tmp_path, STANDARD % CHANGED)
    assert only(made.claim("2017-Q1")).rate == Decimal("0.175")  # as of 31 March
    made.closes("2017-Q1")
    assert only(shown(made, "2017-Q1")).rate == Decimal("0.20")  # closed on 20 April


def test_a_day_without_a_rate_is_refused(tmp_path: Path) -> None:
    made = programme(tmp_path, STANDARD % "{2017-04-01: 0.20}")
    said = wlz_calc("pay", "--quarter", "2017-Q1", str(made.folder))
    assert said.code == 1
    assert "invoice-no-vat" in said.err
    assert "a rate of vat in force on 2017-03-31" in said.err


# ---------------------------------------------------------------- credit notes


def reversed_in_the_next(tmp_path: Path, rate: str = "0.05") -> Programme:
    """A quarter that is closed, and then two of its three payments prove not to stand."""
    made = programme(tmp_path, STANDARD % rate)
    made.closes("2017-Q1")
    made.changes(
        children=SIGNED.replace("| b     | 2017-01-10 |", "| b | |").replace(
            "| c     | 2017-01-10 |", "| c | |"
        )
    )
    return says(made, STANDARD % rate)


def test_what_goes_back_is_a_credit_note_that_names_the_claim_it_corrects(tmp_path: Path) -> None:
    made = reversed_in_the_next(tmp_path)
    claim = made.claim("2017-Q2")
    credit = only(claim)
    assert credit.is_credit
    assert credit.items[0][:6] == ("sign_up", None, "reversal", "2017-Q1", 2, -10)
    assert (credit.net, credit.vat, credit.gross) == (-20, -1, -21)
    assert credit.corrects == ("2017-Q1",)
    assert credit.digests == {"2017-Q1": made.sealed("2017-Q1")[0].digest}
    assert codes(claim) == []
    (sheet,) = invoices(claim)
    assert sheet.heading[0][0] == "Credit note"
    assert f"Corrects the claim for 2017-Q1, digest {credit.digests['2017-Q1']}" in dict(sheet.heading)


def test_a_correction_at_another_rate_is_warned_of(tmp_path: Path) -> None:
    made = reversed_in_the_next(tmp_path, "{2016-01-01: 0.20, 2017-05-01: 0.175}")
    assert codes(made.claim("2017-Q2")) == ["invoice-other-rate"]


def test_an_invoice_names_what_it_corrects_in_its_items(tmp_path: Path) -> None:
    made = programme(tmp_path, OUTSIDE)
    made.closes("2017-Q1")
    more = "\n".join(f"    | {name} | 2017-04-{day} |" for name, day in (("d", 11), ("e", 12)))
    made.changes(children=f"{SIGNED.replace('| c     | 2017-01-10 |', '| c | |').rstrip()}\n{more}\n")
    invoice = only(says(made, OUTSIDE).claim("2017-Q2"))
    assert [(item.kind, item.corrects, item.net) for item in invoice.items] == [
        ("new", None, 20), ("reversal", "2017-Q1", -10),
    ]  # fmt: skip
    assert invoiced.kind(invoice) == "invoice"
    (sheet,) = invoices(made.claim("2017-Q2"))
    assert list(sheet.rows["payment"]) == ["Sign-up", "Sign-up, reversal of 2017-Q1"]


def test_what_comes_to_nought_is_a_statement(tmp_path: Path) -> None:
    made = programme(tmp_path, STANDARD % "0.05")
    made.closes("2017-Q1")
    made.changes(
        children=f"{SIGNED.replace('| c     | 2017-01-10 |', '| c | |').rstrip()}\n    | d | 2017-04-11 |\n"
    )
    claim = says(made, STANDARD % "0.05").claim("2017-Q2")
    even = only(claim)
    assert (even.net, even.vat, even.gross, even.is_credit, even.is_even) == (0, 0, 0, False, True)
    assert invoiced.kind(even) == "statement"
    (sheet,) = invoices(claim)
    assert "What it adds and what it takes back are the same: nothing is owed." in dict(sheet.notes)


# ---------------------------------------------------------------- whose terms


def test_every_school_is_invoiced_by_itself_and_what_is_said_of_one_goes_before(tmp_path: Path) -> None:
    said = """
        invoicing:
          alpha:
            council: {vat: {treatment: exempt}}
            school: {cost_code: C1, address: [The office], vat: {treatment: zero}}
            school:oak: {cost_code: C2}
    """
    children = """
        | child | school | consent_on |
        | a     | ark    | 2017-01-10 |
        | b     | oak    | 2017-01-10 |
    """
    claim = programme(tmp_path, said, SCHOOLS, children=children).claim("2017-Q1")
    assert [(one.commissioner, one.cost_code, one.address, one.treatment) for one in claim.invoices] == [
        ("council", None, (), "exempt"),
        ("school:ark", "C1", ("The office",), "zero"),
        ("school:oak", "C2", ("The office",), "zero"),
    ]
    assert [sheet.name for sheet in invoices(claim)] == [
        "Invoice The council", "Invoice The school ark", "Invoice The school oak",
    ]  # fmt: skip
    assert claim.only(None, "school:oak").invoices == claim.invoices[2:]


def test_a_school_that_the_register_has_no_more_is_still_given_its_money_back(tmp_path: Path) -> None:
    said = "invoicing: {alpha: {council: {vat: {treatment: zero}}, school: {vat: {treatment: zero}}}}"
    children = "| child | school | consent_on |\n| a | ark | 2017-01-10 |\n"
    made = programme(tmp_path, said, SCHOOLS, children=children)
    made.closes("2017-Q1")
    made.changes(children=children.replace("ark", "oak"))
    claim = says(made, said).claim("2017-Q2")
    assert [(one.commissioner, one.name, one.net) for one in claim.invoices] == [
        ("school:oak", "The school: oak", 5000), ("school:ark", "school:ark", -5000),
    ]  # fmt: skip


def test_what_wlz_yaml_says_goes_before_the_card_field_by_field_and_the_newest_card_first(
    tmp_path: Path,
) -> None:
    older = "invoicing: {council: {cost_code: C1, address: [Old], vat: {treatment: zero}}}"
    newer = """
        joined: {from: 2019-09-01, to: 2020-08-31}
        invoicing: {council: {address: [New], purchase_order: PO-1}}
    """
    made = programme(tmp_path, "invoicing: {alpha: {council: {purchase_order: PO-2}}}", older, newer)
    invoice = only(made.claim("2017-Q1"))
    assert (invoice.purchase_order, invoice.address, invoice.cost_code, invoice.treatment) == (
        "PO-2", ("New",), "C1", "zero",
    )  # fmt: skip


# ---------------------------------------------------------------- sealed claims


def test_a_sealed_claim_is_invoiced_as_wlz_yaml_says_today(tmp_path: Path) -> None:
    made = programme(tmp_path, OUTSIDE)
    made.closes("2017-Q1")
    says(made, OUTSIDE.replace("{vat:", "{purchase_order: PO-9, vat:"))
    assert only(shown(made, "2017-Q1")).purchase_order == "PO-9"


def test_a_sealed_claim_says_what_its_documents_lack_today_and_not_what_they_lacked(tmp_path: Path) -> None:
    required = OUTSIDE.replace("{vat:", "{purchase_order_required: true, vat:")
    made = programme(tmp_path, required)
    made.closes("2017-Q1")
    assert codes(shown(made, "2017-Q1")) == ["invoice-no-order"]
    says(made, required.replace("{purchase_order_required", "{purchase_order: PO-9, purchase_order_required"))
    assert codes(shown(made, "2017-Q1")) == []


def test_a_sealed_claim_is_shown_without_documents_where_terms_are_missing_and_not_exported(
    tmp_path: Path,
) -> None:
    made = programme(tmp_path, OUTSIDE)
    made.closes("2017-Q1")
    says(made, "invoicing: {alpha: {council: {cost_code: C1}}}")
    claim = shown(made, "2017-Q1")
    assert claim.invoices == ()
    assert [finding.code for finding in errors(claim.findings)] == ["invoice-no-vat"]
    said = wlz_calc("export", "journal", "2017-Q1", str(made.folder))
    assert (said.code, said.out) == (1, "")
    assert "invoice-no-vat" in said.err
    assert wlz_calc("claims", "show", "2017-Q1", str(made.folder)).code == 0


def test_what_is_brought_in_is_not_invoiced_and_needs_no_rate(tmp_path: Path) -> None:
    made = programme(tmp_path, STANDARD % "{2017-04-01: 0.20}")
    (made.folder / "claimed.csv").write_text(
        "child_id,commissioner,amount\na,council,0.10\n", encoding="utf-8"
    )
    file = str(made.folder / "claimed.csv")
    said = wlz_calc("claims", "import", file, "--quarter", "2017-Q1", "--by", "A. Analyst", str(made.folder))
    assert said.code == 0
    claim = shown(made, "2017-Q1")
    assert (claim.invoices, codes(claim)) == ((), [])


# ---------------------------------------------------------------- what is written


def test_a_sheet_says_all_that_an_invoice_has_to(tmp_path: Path) -> None:
    said = """
        provider: Our charity
        supplier: {address: [1 Any Street], vat_number: GB000000000, company_number: "00000001"}
        invoicing:
          alpha:
            council:
              {address: [The Town Hall, Any Road], cost_code: C1, purchase_order: PO-1,
               vat: {treatment: standard, rate: 0.175}}
    """
    made = programme(tmp_path, said, f"{dedent(COUNCIL)}\nillustrative: [prices]")
    (sheet,) = invoices(made.claim("2017-Q1"))
    assert [line for line, _ in sheet.heading] == [
        "Invoice",
        "DRAFT: the claim is not sealed, and nothing is to be paid on it.",
        "A card for one rule (alpha, rate card version 1)",
        "ILLUSTRATIVE TERMS: prices",
        "Number alpha-2017-Q1-council",
        "Date 31 March 2017",
        "For 2017-Q1, 1 January to 31 March 2017",
        "Purchase order PO-1",
        "Cost code C1",
        "From Our charity",
        "1 Any Street",
        "VAT number GB000000000",
        "Company number 00000001",
        "To The council",
        "The Town Hall",
        "Any Road",
    ]
    assert sheet.rows.rows() == [("Sign-up", 3, 10, 30, 5, 35)]
    assert sheet.totals == ({"payment": "Total", "net": 30, "vat": 5, "gross": 35},)
    assert [line for line, _ in sheet.notes] == ["VAT at the standard rate, 17.5%, on £0.30: £0.05."]
    assert sheet.mark == "ILLUSTRATIVE TERMS, DRAFT"


def test_a_sheet_of_a_sealed_claim_names_its_digest(tmp_path: Path) -> None:
    made = programme(tmp_path, OUTSIDE)
    made.closes("2017-Q1")
    (sheet,) = invoices(shown(made, "2017-Q1"))
    assert f"Digest of this claim: {made.sealed('2017-Q1')[0].digest}" in dict(sheet.heading)
    assert sheet.mark == ""


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ("reduced, rate: 0.05", "VAT at the reduced rate, 5%, on £0.30: £0.02."),
        ("zero", "Zero-rated for VAT."),
        ("exempt", "Exempt from VAT."),
        ("outside_scope", "Outside the scope of VAT."),
    ],
)
def test_vat_is_said_in_words(treatment: str, expected: str, tmp_path: Path) -> None:
    said = (
        f"supplier: {{vat_number: X}}\ninvoicing: {{alpha: {{council: {{vat: {{treatment: {treatment}}}}}}}}}"
    )
    assert invoiced.vat(only(programme(tmp_path, said).claim("2017-Q1"))) == expected


def test_as_data_amounts_are_texts_in_pounds(tmp_path: Path) -> None:
    told = invoiced.as_data(only(reversed_in_the_next(tmp_path).claim("2017-Q2")))
    assert {name: told[name] for name in ("kind", "rate", "net", "vat", "gross")} == {
        "kind": "credit_note", "rate": "0.05", "net": "-0.20", "vat": "-0.01", "gross": "-0.21",
    }  # fmt: skip


def test_the_documents_of_a_claim_add_up_to_its_lines(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "example")
    payers = ("rbkc", "lottery", "philanthropy", "school")
    said = {name: {"vat": {"treatment": "exempt"}} for name in payers}
    with (folder / "wlz.yaml").open("a", encoding="utf-8") as wlz:
        wlz.write(f"\ninvoicing: {json.dumps({'kensington-chelsea': said})}\n")
    claim, _ = pipeline.claim(folder, Quarter.parse("2018-Q4"))
    assert claim is not None
    totals = claim.lines.group_by("commissioner").agg(pl.col("amount").sum(), pl.len())
    assert {
        one.commissioner: (one.net, sum(item.quantity for item in one.items)) for one in claim.invoices
    } == {who: (amount, lines) for who, amount, lines in totals.iter_rows()}
    assert [one.commissioner for one in claim.invoices] == list(claim.parties["commissioner"])
