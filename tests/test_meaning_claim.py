"""Meaning, *Claim for a quarter*: what is new, what is the opening balance, what stands beside the claim."""

from hashlib import sha256
from pathlib import Path

from tests.meaning import Programme, Table, table

AROUND_THE_QUARTER = """
| child          | consent_on |
| on 30 Sept     | 2018-09-30 |
| on 1 October   | 2018-10-01 |
| on 31 December | 2018-12-31 |
| on 1 January   | 2019-01-01 |
"""


def test_what_fell_due_before_the_quarter_is_the_opening_balance_apart_from_the_claim(tmp_path: Path) -> None:
    Programme(tmp_path, children=AROUND_THE_QUARTER).claims(
        "2018-Q4",
        lines="""
        | child          | quarter | kind | due_on     | amount | corrects | reason   |
        | on 1 October   | 2018-Q4 | new  | 2018-10-01 | 100.00 |          | happened |
        | on 31 December | 2018-Q4 | new  | 2018-12-31 | 100.00 |          | happened |
        """,
        opening="""
        | child      | quarter | kind    | due_on     | amount | corrects | reason   |
        | on 30 Sept | 2018-Q4 | opening | 2018-09-30 | 100.00 |          | happened |
        """,
    )


def test_from_start_claims_it_instead(tmp_path: Path) -> None:
    Programme(tmp_path, children=AROUND_THE_QUARTER).claims(
        "2018-Q4",
        from_start=True,
        lines="""
        | child          | kind | due_on     |
        | on 30 Sept     | new  | 2018-09-30 |
        | on 1 October   | new  | 2018-10-01 |
        | on 31 December | new  | 2018-12-31 |
        """,
        opening="| child |",
    )


def test_what_was_cut_or_unfunded_is_shown_for_the_awards_that_the_claim_is_of(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        """
        limits: {child: 80.00}
        commissioners:
          council: {name: The council, share: 0.50, commitment: 30.00}
          donor:   {name: A donor, share: 0.50}
        """,
        children=AROUND_THE_QUARTER,
    )
    cut = """
    | child          | cut   |
    | on 1 October   | 20.00 |
    | on 31 December | 20.00 |
    """
    unfunded = """
    | child          | commissioner | amount |
    | on 1 October   | council      | 40.00  |
    | on 31 December | council      | 40.00  |
    """
    programme.claims(
        "2018-Q4",
        opening="| commissioner | amount |\n| council | 30.00 |\n| donor | 40.00 |",
        cut=cut,
        unfunded=unfunded,
    )
    programme.claims(
        "2018-Q4",
        from_start=True,
        cut=cut + "| on 30 Sept | 20.00 |",
        unfunded=unfunded + "| on 30 Sept | council | 10.00 |",
    )


def test_what_is_not_yet_due_is_counted_by_payment_and_outcome(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          sign_up: {when: {measure: consent, test: happened}}
          outcomes:
            window: {months: [0, 24]}
            outcomes:
              sessions: {when: {measure: partner_sessions, test: reaches, at_least: 1}}
              rate:     {when: {measure: partner_attendance_rate, test: reaches, at_least: 1}}
        """,
        children=AROUND_THE_QUARTER,
        engagement="| child | date | kind |\n| on 1 October | 2018-10-01 | partner |",
    ).claims(
        "2018-Q4",
        not_yet="""
        | contract | payment  | outcome  | children |
        | alpha    | sign_up  |          | 1        |
        | alpha    | outcomes | sessions | 3        |
        | alpha    | outcomes | rate     | 4        |
        """,
    )


def test_contracts_are_claimed_apart(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        "limits: {contract: 100.00}",
        "contract: beta\nlimits: {contract: 60.00}\ncommissioners: {council: {name: Another, share: 1}}",
        "contract: gamma",
        children="""
        | child | contract | consent_on |
        | Ada   | alpha    | 2018-11-01 |
        | Ben   | beta     | 2018-11-01 |
        """,
    )
    programme.claims(
        "2018-Q4",
        lines="""
        | contract | card_version | commissioner | child | amount |
        | alpha    | 1            | council      | Ada   | 100.00 |
        | beta     | 2            | council      | Ben   | 60.00  |
        """,
        parties="""
        | contract | commissioner | name        |
        | alpha    | council      | The council |
        | beta     | council      | Another     |
        | gamma    | council      | The council |
        """,
    )
    alone = programme.claim("2018-Q4").only("beta", None)
    assert alone.lines.get_column("child_id").to_list() == ["Ben"]


def test_lines_are_in_the_order_of_contract_commissioner_due_date_child_and_number(tmp_path: Path) -> None:
    claim = Programme(
        tmp_path,
        """
        commissioners:
          school:  {name: The school, share: 0.50, each: school}
          council: {name: The council, share: 0.50}
        payments:
          second: {number: 2, when: {measure: consent, test: happened}}
          first:  {number: 1, when: {measure: consent, test: happened}}
        """,
        children="""
        | child | school | consent_on |
        | Cay   | ark    | 2018-11-01 |
        | Ada   | oak    | 2018-11-02 |
        | Ben   | elm    | 2018-11-01 |
        """,
    ).claim("2018-Q4")
    assert claim.lines.select("commissioner", "child_id", "number").rows() == [
        ("council", "Ben", 1),
        ("council", "Ben", 2),
        ("council", "Cay", 1),
        ("council", "Cay", 2),
        ("council", "Ada", 1),
        ("council", "Ada", 2),
        ("school:ark", "Cay", 1),
        ("school:ark", "Cay", 2),
        ("school:elm", "Ben", 1),
        ("school:elm", "Ben", 2),
        ("school:oak", "Ada", 1),
        ("school:oak", "Ada", 2),
    ]


def test_a_quarter_in_which_nothing_is_owed_claims_nothing(tmp_path: Path) -> None:
    Programme(tmp_path, "limits: {contract: 100.00}", children="| child |\n| Ada |").claims(
        "2018-Q4",
        lines="| child |",
        opening="| child |",
        cut="| child |",
        unfunded="| child |",
        held="| child |",
        parties="| commissioner |\n| council |",
    )


def upside_down(text: str) -> str:
    as_sent = Table.of(text)
    return table(" | ".join(as_sent.headings), reversed(as_sent.cells))


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    card = """
    limits: {contract: 250.00}
    payments:
      sign_up:  {when: {measure: consent, test: happened}}
      sessions: {window: {months: [0, 24]},
                 when: {measure: partner_sessions, test: reaches, at_least: 2}}
    """
    sessions = """
    | child        | date       | kind    |
    | on 1 October | 2018-10-03 | partner |
    | on 30 Sept   | 2018-11-02 | partner |
    | on 1 October | 2018-10-02 | partner |
    | on 30 Sept   | 2018-10-02 | partner |
    """
    as_sent = Programme(tmp_path / "1", card, children=AROUND_THE_QUARTER, engagement=sessions)
    turned = Programme(
        tmp_path / "2", card, children=upside_down(AROUND_THE_QUARTER), engagement=upside_down(sessions)
    )
    claim, again = as_sent.claim("2018-Q4"), turned.claim("2018-Q4")
    assert not claim.lines.is_empty()
    assert claim.lines.equals(again.lines)
    assert claim.cut.equals(again.cut)
    assert claim.not_yet.equals(again.not_yet)


def test_every_claim_carries_the_day_it_is_as_of_and_the_checksum_and_rows_of_every_file(
    tmp_path: Path,
) -> None:
    provenance = Programme(tmp_path, children=AROUND_THE_QUARTER).claim("2018-Q4").provenance
    assert str(provenance.as_of) == "2018-12-31"
    assert provenance.version
    rows = {source.file: source.rows for source in provenance.files}
    assert rows["extracts/children.csv"] == 4
    assert rows["extracts/survey.csv"] == 0
    assert {"wlz.yaml", "card-1.yaml"} < rows.keys()
    for source in provenance.files:
        assert source.sha256 == sha256((tmp_path / source.file).read_bytes()).hexdigest()
