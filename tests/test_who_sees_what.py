"""Who may see what of a claim: one's own children, or totals; on a claim made by hand."""

from datetime import date

import polars as pl
import pytest

from tests.test_write_claim import CARD, DAY, HELD, example, frame, lines
from wlz_calc.claim import Claim, Provenance, Seal
from wlz_calc.claims.seen import ALL_FILES, WITHHELD, Party, seen_by, viewers
from wlz_calc.finding import Finding, Rows, Where
from wlz_calc.frames import ASIDE, CAUSES, CHANGES, PARTIES, REGISTER, conform
from wlz_calc.programme import InputFile, Issued
from wlz_calc.ratecard.card import Card
from wlz_calc.write.beside import parts
from wlz_calc.write.findings import format_text, records, tally

ARK, QUIET = ("alpha", "school:ark"), ("alpha", "school:quiet")
COUNCIL, DONOR = ("alpha", "council"), ("alpha", "donor")


def registered(*children: tuple[str, str]) -> pl.DataFrame:
    rows = [{"contract": "alpha", "child_id": child, "school": school} for child, school in children]
    return conform(pl.DataFrame([dict.fromkeys(REGISTER) | row for row in rows]), REGISTER)


REGISTERED = registered(("007", "ark"), ("=007", "ark"), ("+44", "quiet"), ("=1+1", "ark"))


def seen(party: tuple[str, str], claim: Claim | None = None) -> Claim:
    whole = example()._replace(register=REGISTERED) if claim is None else claim
    return seen_by(whole, next(one for one in viewers(whole) if one[:2] == party))


# ---------------------------------------------------------------- children or totals


@pytest.mark.parametrize(
    ("each", "detail", "shown"),
    [
        ("school", None, "children"),
        ("authority", None, "children"),
        (None, None, "totals"),
        ("school", "totals", "totals"),
        ("authority", "children", "children"),
        (None, "children", "children"),
        (None, "totals", "totals"),
    ],
)
def test_what_a_card_says_or_leaves_unsaid(each: str | None, detail: str | None, shown: str) -> None:
    terms = {"name": "Somebody", "share": "1"} | {
        key: said for key, said in (("each", each), ("detail", detail)) if said
    }
    card = Card.model_validate(CARD | {"commissioners": {"one": terms}})
    assert card.commissioners["one"].shown == shown


def test_everybody_who_pays_or_could_is_a_viewer() -> None:
    strangers = lines([("friend", "007", "ark", "sign_up", None, 1, "new", DAY, 5, None, "happened")])
    claim = example()._replace(opening=strangers)
    parties = claim.parties.with_columns(
        detail=pl.when(pl.col("commissioner") != "council").then(pl.lit(None, dtype=pl.String))
    )
    assert viewers(claim._replace(parties=parties)) == (
        Party(*COUNCIL, "Council of the Borough", "totals", None),
        Party(*DONOR, "A donor", "totals", None),
        Party(*ARK, "Ark: Swift [Primary] Academy of the West London Zone", "children", "school"),
        Party(*QUIET, "A school without lines", "children", "school"),
        Party("alpha", "friend", "friend", "totals", None),
    )


# ---------------------------------------------------------------- one's own


def test_a_school_sees_its_own_children_and_lines() -> None:
    ark, quiet = seen(ARK), seen(QUIET)
    assert ark.lines["child_id"].to_list() == ["=007"]
    assert ark.held["child_id"].to_list() == ["=1+1"]
    assert ark.cut["child_id"].to_list() == ["007"]
    assert quiet.lines.is_empty()
    assert quiet.held.is_empty()
    assert ark.parties.rows() == [(*ARK, "Ark: Swift [Primary] Academy of the West London Zone", "children")]
    assert ark.not_yet.is_empty()
    assert ark.register.is_empty()


def test_a_council_sees_all_children_of_the_contract() -> None:
    council = seen(COUNCIL)
    assert council.lines["child_id"].to_list() == ["@x,1", "=007", "+44", "007", "007"]
    assert council.held["child_id"].to_list() == ["=1+1"]
    assert council.not_yet.height == 1


def test_nobody_sees_the_terms_of_another() -> None:
    for party in (ARK, COUNCIL, DONOR):
        [card] = seen(party).cards
        assert list(card.commissioners) == [party[1].partition(":")[0]]
        assert card.matching is None
        assert card.limits.contract is None


def test_a_line_is_its_own_who_pays_it_wherever_the_child_is_now() -> None:
    moved: list[tuple[object, ...]] = [
        ("school:ark", "=007", "quiet", "sign_up", None, 1, "reversal", DAY, -6000, "2018-Q3", "happened"),
        ("school:ark", "007", "ark", "sign_up", None, 1, "new", DAY, 6000, None, "happened"),
    ]
    claim = example()._replace(lines=lines(moved), register=registered(("=007", "quiet"), ("007", "ark")))
    ark = seen(ARK, claim)
    assert ark.lines.select("child_id", "school").rows() == [("007", "ark"), ("=007", None)]


def test_where_a_child_came_from_or_went_to_is_not_named() -> None:
    changes = pl.DataFrame(
        [
            ("alpha", "007", "school", "quiet", "ark"),
            ("alpha", "007", "authority", "vale", None),
            ("alpha", "007", "joined_on", "2018-09-01", "2018-09-02"),
            ("alpha", "+44", "school", "ark", "quiet"),
        ],
        schema=CHANGES,
        orient="row",
    )
    claim = example()._replace(changes=changes, register=REGISTERED)
    assert seen(ARK, claim).changes.select("what", "before", "after").rows() == [
        ("school", "another school", "ark"),
        ("authority", "another authority", None),
        ("joined_on", "2018-09-01", "2018-09-02"),
    ]
    assert seen(COUNCIL, claim).changes.height == changes.height
    assert seen(DONOR, claim).changes.is_empty()


def test_an_import_has_no_register_and_shows_lines_alone() -> None:
    ark = seen(ARK, example())
    assert ark.lines.height == 1
    assert ark.held.is_empty()


def test_an_authority_sees_the_children_that_the_register_has_under_it() -> None:
    payers = {"borough": {"name": "Its borough", "share": "1", "each": "authority"}}
    rows: list[tuple[object, ...]] = [
        ("borough:vale", "007", "ark", "sign_up", None, 1, "new", DAY, 6000, None, "happened"),
        ("borough:vale", "+44", "quiet", "sign_up", None, 1, "new", DAY, 6000, None, "happened"),
    ]
    under = pl.when(pl.col("child_id") == "007").then(pl.lit("vale")).cast(REGISTER["authority"])
    claim = example()._replace(
        cards=(Card.model_validate(CARD | {"commissioners": payers}),),
        parties=pl.DataFrame([("alpha", "borough:vale", "The Vale", "children")], PARTIES, orient="row"),
        lines=lines(rows),
        register=REGISTERED.with_columns(authority=under),
    )
    vale = seen(("alpha", "borough:vale"), claim)
    assert vale.lines.select("child_id", "school").sort("child_id").rows() == [("+44", None), ("007", "ark")]
    assert vale.cut["child_id"].to_list() == ["007"]
    assert vale.held.is_empty()


# ---------------------------------------------------------------- totals


def test_totals_are_of_nobody_and_can_be_counted() -> None:
    whole, donor = example(), seen(DONOR)
    assert donor.lines["child_id"].to_list() == ["3", "1"]
    assert donor.lines["amount"].sum() == 6005
    nothing = ("child_id", "school", "number", "due_on", "reason", "raised_by")
    assert donor.held.select(nothing).rows() == [(None,) * len(nothing)]
    assert donor.held["price"].to_list() == whole.held["price"].to_list()
    assert donor.cut["cut"].to_list() == [4]
    assert donor.unfunded["amount"].to_list() == [5995]
    assert donor.not_yet.equals(whole.not_yet)
    told = {part.title: part.rows for part in parts(donor)}
    assert told["Held"] == (("Sign-up", "", "", "1", "£300.00"),)


def test_totals_keep_a_reason_that_is_no_result() -> None:
    rows: list[tuple[object, ...]] = [
        ("donor", "007", "ark", "sign_up", None, 1, "reversal", DAY, -5, "2018-Q3", "reading_changed"),
        ("donor", "=007", "ark", "outcomes", "reading", 4, "new", DAY, 7, None, "improved"),
    ]
    donor = seen(DONOR, example()._replace(lines=lines(rows)))
    assert sorted(donor.lines.select("amount", "reason").rows()) == [(-5, "reading_changed"), (7, None)]
    assert donor.lines.select("school", "due_on").unique().rows() == [(None, None)]


# ---------------------------------------------------------------- notes


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("consent form under review", "consent form under review"),
        ("as for Ark: Swift [Primary] Academy of the West London Zone!", WITHHELD),
        ("asked by SCHOOL:ARK", WITHHELD),
        ("see +44", WITHHELD),
        ("44 days late", WITHHELD),
        ("number 0070", "number 0070"),
        ("the council's", WITHHELD),
        ("a council", WITHHELD),
        ("parked", "parked"),
        ("ark", WITHHELD),
        ("a school without lines", "a school without lines"),
        (None, None),
    ],
)
def test_a_note_that_names_somebody_else_is_not_shown(note: str | None, told: str | None) -> None:
    held = frame(HELD, ("alpha", "q1", "quiet", "sign_up", None, 1, DAY, 1, note, "finance"))
    claim = example()._replace(
        held=held, register=registered(("+44", "ark"), ("007", "ark"), ("q1", "quiet"))
    )
    quiet = seen(QUIET, claim)
    assert quiet.held.select("reason", "raised_by").rows() == [(told, "finance")]


def test_a_name_without_letters_is_in_no_note() -> None:
    parties = pl.concat(
        [example().parties, pl.DataFrame([("alpha", "x", "***", "totals")], PARTIES, orient="row")]
    )
    held = frame(HELD, ("alpha", "007", "ark", "sign_up", None, 1, DAY, 1, "!!!", "finance"))
    ark = seen(ARK, example()._replace(parties=parties, held=held, register=REGISTERED))
    assert ark.held["reason"].to_list() == ["!!!"]


def test_a_council_may_read_of_its_schools_by_their_codes() -> None:
    held = frame(HELD, ("alpha", "007", "ark", "sign_up", None, 1, DAY, 1, "ark says so", "A donor"))
    council = seen(COUNCIL, example()._replace(held=held, register=REGISTERED))
    assert council.held.select("reason", "raised_by").rows() == [("ark says so", WITHHELD)]


# ---------------------------------------------------------------- what it was made from


def test_warnings_are_counted_by_kind() -> None:
    first, second = Where("schools/ark.csv", 5, "child_id"), Where("schools/quiet.csv")
    found = (
        Finding("no-baseline", first, "`007`", "a baseline", Rows([5, 6], ["007", "+44"])),
        Finding("no-baseline", second, "`=007`", "a baseline"),
    )
    [warning] = seen(ARK, example()._replace(findings=found)).findings
    assert (warning.code, warning.where, warning.expected) == ("no-baseline", Where(ALL_FILES), "")
    assert [(file, times) for _, file, times in tally([warning])] == [(ALL_FILES, 3)]
    assert [record["found"] for record in records([warning])] == ["3 in all"]
    assert "ark" not in format_text([warning])


def test_files_are_told_by_role_and_digest() -> None:
    files = (
        InputFile("config", "ark.yaml", "01", None),
        InputFile("card", "ours.yaml", "02", None),
        InputFile("card", "theirs.yaml", "03", None),
        InputFile(
            "children", "schools/ark.xlsx", "04", 5, "Somebody, of Ark, 2019-01-04", "Ark", 0, {"a": "b"}
        ),
        InputFile("children", "schools/quiet.xlsx", "05", 6, "unsaid", None, 5),
    )
    issued = {
        ("alpha", 1): Issued("ours.yaml", "02", b"Ark"),
        ("beta", 1): Issued("theirs.yaml", "03", b"Quiet"),
    }
    claim = example()._replace(provenance=Provenance("1", DAY, files), issued=issued)
    ark = seen(ARK, claim)
    assert ark.issued == {}
    assert ark.provenance.files == (
        InputFile("config", "config", "01", None),
        InputFile("card", "card, part 1 of 2", "02", None),
        InputFile("children", "children, part 1 of 2", "04", 5, "2019-01-04"),
        InputFile("children", "children, part 2 of 2", "05", 6),
    )


def test_rows_set_aside_are_told_of_without_what_stands_in_them() -> None:
    source = InputFile("engagement", "partners/ark.csv", "01", 5)
    row = ("engagement", "Title", "partners/ark.csv", None, 5, "date", "`the 44`", "one of ark, quiet")
    aside = pl.DataFrame(
        [
            ("alpha", "007", *row),
            ("alpha", "+44", *row),
            (None, None, *row),
            ("alpha", "=007", "c", "Title", "unheard of.csv", "Ark", 6, None, "", ""),
        ],
        ASIDE,
        orient="row",
    )
    claim = example()._replace(aside=aside, register=REGISTERED, provenance=Provenance("1", DAY, (source,)))
    assert seen(ARK, claim).aside.rows() == [
        ("alpha", "007", "engagement", "Title", "engagement", None, 5, "date", None, None),
        ("alpha", "=007", "c", "Title", "a file", None, 6, None, None, None),
    ]
    assert seen(DONOR, claim).aside.is_empty()


def test_the_file_of_an_import_is_not_named() -> None:
    sealed = example()._replace(seal=Seal("ab", "A. Closer", date(2019, 1, 20), None, "from ark.xlsx"))
    assert seen(ARK, sealed).seal == Seal("ab", "A. Closer", date(2019, 1, 20), None, "a file")
    made = example()._replace(seal=Seal("ab", "A. Closer", date(2019, 1, 20), "B. Second"))
    assert seen(ARK, made).seal == made.seal


def test_causes_are_of_its_own_children() -> None:
    why = ("sign_up", None, 1, "register_changed", "school", "ark", "quiet", "2018-Q3")
    causes = pl.DataFrame([("alpha", "007", *why), ("alpha", "+44", *why)], CAUSES, orient="row")
    claim = example()._replace(causes=causes, register=REGISTERED)
    assert seen(ARK, claim).causes.select("child_id", "before", "after").rows() == [
        ("007", "ark", "another school")
    ]
    assert seen(COUNCIL, claim).causes.height == causes.height
    assert seen(DONOR, claim).causes.is_empty()
