"""The journal: a sealed claim as double entry, that balances, agrees with the claim and names no child."""

import csv
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.screens.programmes import FROZEN
from tests.sound_folder import Said, wlz_calc
from tests.test_completion import of_bash
from tests.test_write_claim import example, lines
from wlz_calc.claim import Claim, Seal
from wlz_calc.cli.ending import Exit
from wlz_calc.frames import LINES
from wlz_calc.invoice import Invoice, Item
from wlz_calc.money import pounds
from wlz_calc.write.journal import accounts, beancount, hledger, rows, told
from wlz_calc.write.journal.entries import Account, Kind, Role, Transaction, transactions

DIGEST = "ab" * 32
CLOSED_ON = date(2019, 1, 20)
SEAL = Seal(DIGEST, "A. Closer", CLOSED_ON, None)
CHILD = "sentinel-child"
HLEDGER, BEAN_CHECK = shutil.which("hledger"), shutil.which("bean-check")
NASTY = ['(A "school"; of | 1,000%2C)', "* Ångström\n2019-01-01 open\\", "=1+1", "; a comment", "!"]
"""Names in which every sign stands that is one of a ledger's own."""


# ---------------------------------------------------------------- claims that nobody made


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A sealed claim of any lines, with invoices for some of those who are charged."""
    payers = draw(st.lists(st.sampled_from(COMMISSIONERS), min_size=1, max_size=4, unique=True))
    charged = [draw(line(st.sampled_from(payers), number)) for number in range(draw(st.integers(0, 12)))]
    before = [draw(line(st.sampled_from(payers), number, "opening")) for number in range(draw(SOME))]
    claim = sealed(charged, before, {who: draw(st.sampled_from(NASTY)) for who in payers})
    invoiced = draw(st.lists(st.sampled_from(payers), unique=True))
    made = [draw(invoice(claim, who)) for who in invoiced if who in claim.lines["commissioner"]]
    return claim._replace(invoices=tuple(made))


COMMISSIONERS = ["council", "local_fund", "school:ark", "school:Ark", "school:St Mary's: west;  x"]
SOME = st.integers(0, 3)
PENCE = st.integers(-300_000, 300_000).filter(bool)


@st.composite
def line(draw: st.DrawFn, payer: st.SearchStrategy[str], number: int, kind: str = "") -> tuple[object, ...]:
    payment, outcome = draw(st.sampled_from([("sign_up", None), ("outcomes", "reading"), ("outcomes", "x")]))
    drawn = kind or draw(st.sampled_from(["new", "correction", "reversal"]))
    corrects = draw(st.sampled_from(["2018-Q2", "2018-Q3"])) if drawn in {"correction", "reversal"} else None
    child = f"{CHILD}-{number}"
    return (
        *(draw(payer), child, "ark", payment, outcome, 1, drawn, date(2018, 10, 3), draw(PENCE)),
        *(corrects, "happened"),
    )


@st.composite
def invoice(draw: st.DrawFn, claim: Claim, who: str) -> Invoice:
    """One that is of the lines of a commissioner, an item for each, with any VAT at all."""
    of = claim.lines.filter(pl.col("commissioner") == who).iter_rows(named=True)
    keys = ("payment", "outcome", "kind", "corrects")
    vat = st.integers(-50_000, 50_000)
    items = [
        Item(**{key: row[key] for key in keys}, quantity=1, unit_price=row["amount"], vat=draw(vat))
        for row in of
    ]
    return invoiced(who, items, order=draw(st.sampled_from([None, 'PO "7", 8%2C'])))


def invoiced(who: str, items: Sequence[Item], order: str | None = None) -> Invoice:
    """A document of such items."""
    return Invoice(
        number=f"alpha-2018-Q4-{who} (1)", contract="alpha", quarter="2018-Q4", commissioner=who, name=who,
        address=(), dated=CLOSED_ON, draft=False, purchase_order=order, order_missing=order is None,
        cost_code="CC-1", treatment="standard", rate=None, items=tuple(items),
    )  # fmt: skip


def sealed(
    charged: Sequence[tuple[object, ...]], before: Sequence[tuple[object, ...]], names: Mapping[str, str]
) -> Claim:
    parties = [("alpha", who, name, "children") for who, name in names.items()]
    return example()._replace(
        provisional=False,
        parties=pl.DataFrame(parties, schema=["contract", "commissioner", "name", "detail"], orient="row"),
        lines=lines(list(charged)),
        opening=lines(list(before)),
        seal=SEAL,
    )


# ---------------------------------------------------------------- what it comes to


def sums_of(frame: pl.DataFrame, *by: str) -> dict[tuple[str, ...], int]:
    """The pence of lines; what comes to nothing is nowhere."""
    added = frame.group_by(*by).agg(pl.col("amount").sum()).iter_rows()
    return {tuple(map(str, keys)): amount for *keys, amount in added if amount}


def posted(entries: Sequence[Transaction], role: Role) -> dict[tuple[str, ...], int]:
    """What is posted to accounts of one role."""
    sums: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        for posting in entry.postings:
            if posting.account.role is role:
                sums[posting.account.of,] += posting.amount
    return {key: amount for key, amount in sums.items() if amount}


@given(claims())
def test_it_balances_and_agrees_with_the_claim(claim: Claim) -> None:
    entries = list(transactions(claim))
    assert [sum(posting.amount for posting in entry.postings) for entry in entries] == [0] * len(entries)
    assert not any(posting.amount == 0 for entry in entries for posting in entry.postings)
    earned = sums_of(claim.lines, "payment")
    assert posted(entries, Role.INCOME) == {key: -amount for key, amount in earned.items()}
    owed = Counter(sums_of(claim.lines, "commissioner"))
    owed.update({(one.commissioner,): one.vat for one in claim.invoices})
    assert posted(entries, Role.RECEIVABLE) == {key: amount for key, amount in owed.items() if amount}
    assert posted(entries, Role.VAT) == {
        key: -amount for key, amount in [(("",), sum(one.vat for one in claim.invoices))] if amount
    }


@given(claims())
def test_a_document_is_a_transaction_of_its_total(claim: Claim) -> None:
    booked = {entry.document: entry for entry in transactions(claim) if entry.document}
    for document in claim.invoices:
        if entry := booked.get(document.number):
            owed = sum(one.amount for one in entry.postings if one.account.role is Role.RECEIVABLE)
            assert (owed, entry.cost_code, entry.tax_code) == (document.gross, "CC-1", "standard")
            assert entry.purchase_order == document.purchase_order
            assert (entry.kind is Kind.CREDIT_NOTE) == document.is_credit
        else:
            assert document.gross == document.vat == 0


@given(claims())
def test_the_opening_balance_is_apart_and_only_on_demand(claim: Claim) -> None:
    whole = list(transactions(claim, opening=True))
    own = [entry for entry in whole if entry.kind is Kind.OPENING]
    assert [entry for entry in whole if entry not in own] == list(transactions(claim))
    assert posted(own, Role.RECEIVABLE) == sums_of(claim.opening, "commissioner")
    assert -sum(posted(own, Role.OPENING).values()) == sum(sums_of(claim.opening, "commissioner").values())


@given(claims())
@settings(max_examples=50)
def test_every_format_says_the_same_to_the_penny(claim: Claim) -> None:
    entries = list(transactions(claim, opening=True))
    for name, read in READ.items():
        named = accounts.beancount if name == "beancount" else accounts.plain
        assert list(read(text(claim, name))) == [
            (str(entry.dated), named(one.account), pounds(one.amount))
            for entry in entries
            for one in entry.postings
        ]


@given(claims(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_same_claim_gives_the_same_bytes_and_names_no_child(claim: Claim, chance: Random) -> None:
    order = chance.sample(range(claim.lines.height), claim.lines.height)
    shuffled = claim._replace(lines=claim.lines[order])
    for name in READ:
        written = text(claim, name)
        assert written == text(shuffled, name)
        assert CHILD not in written
    assert CHILD not in str(rows.metadata([claim], Path("claim.csv")))


JOURNALS = {"hledger": hledger.journal, "beancount": beancount.journal, "csv": rows.journal}


def text(claim: Claim, name: str) -> str:
    """The journal of a claim, whole."""
    return JOURNALS[name]([claim], opening=True).decode()


DATED = re.compile(r"([0-9-]{10}) (?!open)")
POSTING = re.compile(r" +(\S.*?) {2,}(-?[0-9]+\.[0-9]{2}) GBP")
Posted = Iterator[tuple[str, str, str]]


def of_text(journal: str) -> Posted:
    """Day, account and amount of every posting of a journal as text."""
    day = ""
    for written in journal.split("\n"):
        if dated := DATED.match(written):
            day = dated[1]
        if posting := POSTING.fullmatch(written):
            yield day, posting[1], posting[2]


def of_csv(journal: str) -> Posted:
    for row in csv.DictReader(StringIO(journal)):
        assert (row["debit"] == "") != (row["credit"] == "")
        yield row["date"], row["account"], row["debit"] or f"-{row['credit']}"


READ = {"hledger": of_text, "beancount": of_text, "csv": of_csv}


# ---------------------------------------------------------------- accounts

ID = st.from_regex(r"[a-b0]{1,2}(-[a-b0]{1,2})?", fullmatch=True)
NAME = st.from_regex(r"[a-b][a-b0_]{0,3}", fullmatch=True)
CODE = st.text("aAxX0-_: .;\n\u00e9", min_size=1, max_size=5)
"""Few signs, so that those of one kind often meet."""
PAYER = NAME | st.tuples(NAME, CODE).map(":".join)
BEANCOUNT = re.compile(r"(Assets|Income|Liabilities|Equity)(:[A-Z0-9][A-Za-z0-9-]*)+")


@given(st.lists(st.builds(Account, st.just(Role.RECEIVABLE), ID, PAYER), unique=True, max_size=60))
def test_no_two_accounts_have_one_name(own: list[Account]) -> None:
    for named in (accounts.plain, accounts.beancount):
        assert len({named(account) for account in own}) == len(own)
    assert all(BEANCOUNT.fullmatch(accounts.beancount(account)) for account in own)
    assert not any(re.search(r"\s|;", accounts.plain(account)) for account in own)


@pytest.mark.parametrize(
    ("of", "plain", "capitals"),
    [
        pytest.param("council", "council", "Council", id="a name"),
        pytest.param("local_fund", "local_fund", "Local-fund", id="of two words"),
        pytest.param("school:ark-swift", "school:ark-swift", "School:Ark-swift", id="a school"),
        pytest.param("school:100123", "school:100123", "School:100123", id="by its number"),
        pytest.param("school:ARK_1", "school:ARK_1", "School:ARK--5f-1-", id="in capitals"),
        pytest.param("school:St Jo", "school:St%20Jo", "School:St--20-Jo-", id="with a space"),
        pytest.param("school:.x", "school:.x", "School:X--2e-x--", id="that begins with a sign"),
    ],
)
def test_accounts_are_named_as_ledgers_accept(of: str, plain: str, capitals: str) -> None:
    account = Account(Role.RECEIVABLE, "west-london", of)
    assert accounts.plain(account) == f"assets:receivable:west-london:{plain}"
    assert accounts.beancount(account) == f"Assets:Receivable:West-london:{capitals}"


def test_accounts_that_are_of_no_commissioner() -> None:
    assert accounts.beancount(Account(Role.INCOME, "alpha", "sign_up")) == "Income:Alpha:Sign-up"
    assert accounts.plain(Account(Role.VAT)) == "liabilities:vat"
    assert accounts.plain(Account(Role.OPENING)) == "equity:opening balance"


# ---------------------------------------------------------------- invoices and credit notes


def given_back() -> Claim:
    """A claim of a new payment, and of a reversal of more than that, with VAT on a credit note."""
    day, rest = date(2018, 10, 3), ("council", f"{CHILD}-1", "ark", "sign_up", None, 1)
    charged = [
        (*rest, "new", day, 30000, None, "happened"),
        (*rest, "reversal", day, -36000, "2018-Q3", "short"),
    ]
    items = [
        Item("sign_up", None, "new", None, 1, 30000, 6000),
        Item("sign_up", None, "reversal", "2018-Q3", 1, -36000, -7200),
    ]
    claim = sealed(charged, [], {"council": "The council"})
    return claim._replace(invoices=(invoiced("council", items, "PO, 7"),))


def test_a_credit_note_in_every_format() -> None:
    entry = text(given_back(), "hledger").split("\n\n")[-1]
    assert (
        entry
        == f"""\
2019-01-20 (alpha-2018-Q4-council %281%29) The council | Credit note for 2018-Q4
    ; contract: alpha
    ; commissioner: council
    ; quarter: 2018-Q4
    ; document: alpha-2018-Q4-council (1)
    ; cost_code: CC-1
    ; purchase_order: PO%2C 7
    ; tax_code: standard
    ; digest: {DIGEST}
    assets:receivable:alpha:council   -72.00 GBP
    income:alpha:sign_up             -300.00 GBP
    income:alpha:sign_up              360.00 GBP
        ; kind: reversal, corrects: 2018-Q3
    liabilities:vat                    12.00 GBP
"""
    )
    assert '  purchase_order: "PO, 7"\n' in text(given_back(), "beancount")
    written = list(csv.DictReader(StringIO(text(given_back(), "csv"))))
    assert [row["kind"] for row in written] == ["credit_note"] * 4
    assert [row["credit"] for row in written] == ["72.00", "300.00", "", ""]
    assert {row["purchase_order"] for row in written} == {"PO, 7"}
    assert {row["tax_code"] for row in written} == {"standard"}
    assert [row["corrects"] for row in written] == ["", "", "2018-Q3", ""]
    assert [row["description"] for row in written] == [
        "Credit note for 2018-Q4, The council: receivable",
        "Credit note for 2018-Q4, The council: Sign-up, new",
        "Credit note for 2018-Q4, The council: Sign-up, reversal of 2018-Q3",
        "Credit note for 2018-Q4, The council: VAT",
    ]


def test_what_comes_to_nothing_is_neither_invoice_nor_credit_note() -> None:
    claim = given_back()
    [document] = claim.invoices
    items = (document.items[0], document.items[1]._replace(unit_price=-30000, vat=-6000))
    even = claim._replace(
        lines=claim.lines.with_columns(pl.col("amount").clip(-30000)),
        invoices=(document._replace(items=items),),
    )
    [entry] = transactions(even)
    assert (entry.kind, entry.document) == (Kind.CLAIM, document.number)
    assert [one.amount for one in entry.postings] == [-30000, 30000]


def test_what_must_be_said_beside_it() -> None:
    claim = given_back()._replace(opening=example().opening)
    [document] = claim.invoices
    lacking = claim._replace(invoices=(document._replace(order_missing=True),))
    assert list(told.caveats(lacking, opening=False)) == [
        "ILLUSTRATIVE TERMS: prices, thresholds (alpha)",
        "left out: opening balance of alpha 2018-Q4, \u00a3240.00; --opening takes it in",
        f"without the purchase order that it needs: {document.number}",
        "not approved by a second person: alpha 2018-Q4",
    ]
    approved = claim._replace(seal=SEAL._replace(approved_by="B. Second"))
    assert list(told.caveats(approved, opening=True)) == ["ILLUSTRATIVE TERMS: prices, thresholds (alpha)"]


def test_claims_of_two_contracts_are_one_journal() -> None:
    one, beta = given_back(), pl.lit("beta", dtype=LINES["contract"])
    two = one._replace(
        lines=one.lines.with_columns(contract=beta),
        parties=one.parties.with_columns(contract=beta),
        invoices=(),
    )
    for name in ("hledger", "beancount"):
        whole = JOURNALS[name]([one, two]).decode()
        assert [*of_text(whole)] == [*of_text(text(one, name)), *of_text(text(two, name))]
        declared = re.findall(r"(?m)^(?:account|\S+ open) (\S+)", whole)
        assert len(declared) == len(set(declared)) == 5
    contracts = [row["contract"] for row in csv.DictReader(StringIO(rows.journal([one, two]).decode()))]
    assert contracts == ["alpha"] * 4 + ["beta"] * 3


def test_nothing_is_booked_of_a_claim_of_nothing() -> None:
    claim = sealed([], [], {"council": "The council"})
    assert list(of_text(text(claim, "hledger"))) == list(of_text(text(claim, "beancount"))) == []
    assert text(claim, "csv") == ",".join(rows.COLUMNS) + "\n"


# ---------------------------------------------------------------- what ledgers say of it


@pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed")
@given(claims())
@settings(max_examples=10)
def test_hledger_accepts_any(claim: Claim) -> None:
    two = b"\n".join(hledger.journal([claim], opening=True, accounts=first) for first in (True, False))
    assert hledger_says(two.decode(), "check", "--strict") == ""


@pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed")
@pytest.mark.parametrize("quarter", ["2018-Q3", "2018-Q4", "2019-Q1"])
def test_hledger_agrees_with_the_sealed_claim(quarter: str) -> None:
    stated = json.loads((FROZEN / "claims" / "alpha" / quarter / "claim.json").read_bytes())
    balances = hledger_says(exported(quarter).out, "balance", "--output-format", "csv", "--layout", "bare")
    sums = {row["account"]: row["balance"] for row in csv.DictReader(StringIO(balances))}
    owed = {f"assets:receivable:alpha:{who}": said["amount"] for who, said in stated["commissioners"].items()}
    assert {name: amount for name, amount in sums.items() if name.startswith("assets")} == owed
    assert sum(map(Decimal, owed.values())) == Decimal(stated["total"])


def hledger_says(journal: str, *asked: str) -> str:
    ended = subprocess.run(
        ["hledger", "--file", "-", *asked],
        check=False,
        input=journal.encode(),
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert ended.stderr.decode() == ""
    return ended.stdout.decode()


@pytest.mark.skipif(BEAN_CHECK is None, reason="beancount is not installed")
def test_beancount_accepts_it(tmp_path: Path) -> None:
    day = date(2018, 10, 3)
    nasty = sealed(
        [
            (who, CHILD, "ark", "sign_up", None, 1, "new", day, 10000 + number, None, "happened")
            for number, who in enumerate(COMMISSIONERS)
        ],
        [],
        dict(zip(COMMISSIONERS, NASTY, strict=True)),
    )
    file = tmp_path / "claim.beancount"
    for claim in (nasty, given_back(), given_back()._replace(opening=example().opening)):
        file.write_bytes(beancount.journal([claim], opening=True))
        ended = subprocess.run(["bean-check", str(file)], check=False, capture_output=True)
        assert (ended.returncode, ended.stderr) == (0, b"")


# ---------------------------------------------------------------- the command


def exported(quarter: str, *options: str, folder: Path = FROZEN) -> Said:
    return wlz_calc("export", "journal", quarter, str(folder), *options)


def test_a_quarter_that_is_not_closed_is_refused() -> None:
    said = exported("2019-Q2")
    assert (said.code, said.out) == (Exit.CLAIMS, "")
    assert "error book-not-closed:" in said.err
    assert "mend: Run `close` for it first" in said.err


def test_it_is_printed_for_hledger_unless_asked_otherwise() -> None:
    assert exported("2019-Q1").out == exported("2019-Q1", "--format", "hledger").out
    assert exported("2019-Q1").out.startswith("; An invented card (alpha), 2019-Q1\n")
    assert "option " in exported("2019-Q1", "--format", "beancount").out
    assert exported("2019-Q1", "--format", "csv").out.startswith("date,document,kind,account,")


INVOICING = """\
supplier: {vat_number: GB123456789}
invoicing:
  alpha:
    council: {purchase_order: PO-77, cost_code: CS-100, vat: {treatment: standard, rate: 0.20}}
    school: {purchase_order_required: true, vat: {treatment: exempt}}
"""


def test_a_claim_that_is_invoiced(tmp_path: Path) -> None:
    """Of 379.20 a fifth is 75.84; the schools are exempt, and one of them is given back more than it owes."""
    shutil.copytree(FROZEN, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "wlz.yaml").open("a", encoding="utf-8") as config:
        config.write(INVOICING)
    said = exported("2019-Q1", "--format", "csv", folder=tmp_path)
    booked = [row for row in csv.DictReader(StringIO(said.out)) if row["payment"] == ""]
    assert [
        (row["account"], row["debit"], row["credit"], row["kind"], row["tax_code"]) for row in booked
    ] == [
        ("assets:receivable:alpha:council", "455.04", "", "invoice", "standard"),
        ("liabilities:vat", "", "75.84", "invoice", "standard"),
        ("assets:receivable:alpha:school:ark", "152.40", "", "invoice", "exempt"),
        ("assets:receivable:alpha:school:phoenix", "", "57.60", "credit_note", "exempt"),
    ]
    assert {(row["purchase_order"], row["cost_code"]) for row in booked[:2]} == {("PO-77", "CS-100")}
    assert len({row["document"] for row in booked}) == len({row["commissioner"] for row in booked})
    assert f"without the purchase order that it needs: {booked[2]['document']}\n" in said.err


def test_no_claim_is_booked_whose_invoices_cannot_be_made(tmp_path: Path) -> None:
    shutil.copytree(FROZEN, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "wlz.yaml").open("a", encoding="utf-8") as config:
        config.write(INVOICING.replace("supplier: {vat_number: GB123456789}\n", ""))
    said = exported("2019-Q1", folder=tmp_path)
    assert (said.code, said.out) == (Exit.FINDINGS, "")
    assert "error invoice-no-vat-number:" in said.err


def test_a_ledger_that_has_the_accounts_is_not_told_of_them() -> None:
    for form, declares in (("hledger", "account "), ("beancount", "open ")):
        whole, bare = (exported("2019-Q1", "--format", form, *more).out for more in ((), ("--no-accounts",)))
        assert (declares in whole, declares in bare) == (True, False)
        assert [*of_text(whole)] == [*of_text(bare)]


def test_the_opening_balance_is_left_out_and_that_is_said() -> None:
    said = exported("2018-Q3")
    assert "left out: opening balance of alpha 2018-Q3, \u00a3750.00; --opening takes it in\n" in said.err
    assert "equity:opening balance" not in said.out
    with_it = exported("2018-Q3", "--opening")
    assert "left out" not in with_it.err
    assert "    equity:opening balance              -750.00 GBP\n" in with_it.out


@pytest.mark.parametrize("name", ["claim.journal", "claim.beancount", "claim.csv"])
def test_a_file_is_what_its_name_says(name: str, tmp_path: Path) -> None:
    said = exported("2019-Q1", "--output", str(tmp_path / name))
    assert (said.code, said.out) == (Exit.FINE, "")
    form = {".journal": "hledger", ".beancount": "beancount", ".csv": "csv"}[Path(name).suffix]
    assert (tmp_path / name).read_text(encoding="utf-8") == exported("2019-Q1", "--format", form).out


def test_a_csv_has_its_metadata_beside_it(tmp_path: Path) -> None:
    exported("2019-Q1", "--output", str(tmp_path / "claim.csv"))
    metadata = json.loads((tmp_path / "claim.csv-metadata.json").read_bytes())
    columns = [column["name"] for column in metadata["tableSchema"]["columns"]]
    assert (tmp_path / "claim.csv").read_text(encoding="utf-8").startswith(",".join(columns) + "\n")
    [stamp] = metadata["notes"]
    assert stamp["sealed"]["digest"] in (tmp_path / "claim.csv").read_text(encoding="utf-8")
    assert "ILLUSTRATIVE TERMS" in metadata["dc:description"]


def test_names_that_say_nothing_or_something_else_are_refused(tmp_path: Path) -> None:
    said = exported("2019-Q1", "--output", str(tmp_path / "claim.txt"))
    assert (said.code, "a name that ends in .journal, .beancount or .csv" in said.err) == (Exit.USAGE, True)
    said = exported("2019-Q1", "--format", "csv", "--output", str(tmp_path / "claim.journal"))
    assert (said.code, "its name is one for hledger" in said.err) == (Exit.USAGE, True)
    said = exported("2019-Q1", "--output", str(tmp_path / "nowhere" / "claim.csv"))
    assert (said.code, "error output-unwritable:" in said.err) == (Exit.USAGE, True)
    assert list(tmp_path.iterdir()) == []


def test_no_child_of_the_book_is_named() -> None:
    for form in JOURNALS:
        said = exported("2018-Q3", "--opening", "--format", form)
        assert re.search(r"c00[0-9]", said.out + said.err) is None


def test_the_quarters_that_a_shell_is_shown_are_sealed() -> None:
    assert of_bash("export", "journal", "", str(FROZEN), at=3) == ["2018-Q3", "2018-Q4", "2019-Q1"]
    assert of_bash("export", "") == ["journal"]
