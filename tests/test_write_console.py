"""The console: an exact transcript, and amounts whole at every width."""

import io
import re

import polars as pl
import pytest
from rich.console import Console

from tests.test_write_claim import LINE_ROWS, QUARTER, decisions, example, nothing
from wlz_calc.catalogue import CODES
from wlz_calc.claim import Claim, Decided
from wlz_calc.finding import Finding, Meaning, Severity, Stage, Where
from wlz_calc.frames import SHARED
from wlz_calc.money import sterling
from wlz_calc.write.console import show_claim, show_findings
from wlz_calc.write.decided import show_decisions
from wlz_calc.write.screen import screen

CLAIM = """\
West London Zone
Claim for 2018-Q4 (1 October to 31 December 2018), as of 31 December 2018
PROVISIONAL: not sealed, and may still change.
Alpha outcomes contract (alpha, rate card version 1)
ILLUSTRATIVE TERMS: prices, thresholds
Illustrative terms stand in for terms that are not public: what is calculated on
them is owed by nobody.

Council of the Borough
Payment schedule for 2018-Q4 (provisional), contract alpha, commissioner council
ILLUSTRATIVE TERMS: prices, thresholds
Payment                             Children   Lines         Each         Amount
────────────────────────────────────────────────────────────────────────────────
1    Sign-up                               2       2      £180.00        £360.00
4-6  Outcomes
       Sessions                                    1      £420.01        £420.01
       Sessions, reversal of                       1   -£1,234.56     -£1,234.56
       2018-Q2
       Reading                                     1      £420.00        £420.00
     Subtotal                              2       3                    -£394.55
────────────────────────────────────────────────────────────────────────────────
Total                                      4       5                     -£34.55

A donor
Payment schedule for 2018-Q4 (provisional), contract alpha, commissioner donor
ILLUSTRATIVE TERMS: prices, thresholds
Payment                             Children   Lines         Each         Amount
────────────────────────────────────────────────────────────────────────────────
1    Sign-up
       Sign-up                                     1       £60.00         £60.00
       Sign-up                                     1        £0.05          £0.05
     Subtotal                              2       2                      £60.05
────────────────────────────────────────────────────────────────────────────────
Total                                      2       2                      £60.05

Ark: Swift [Primary] Academy of the West London Zone
Payment schedule for 2018-Q4 (provisional), contract alpha, commissioner
school:ark
ILLUSTRATIVE TERMS: prices, thresholds
Payment                             Children   Lines         Each         Amount
────────────────────────────────────────────────────────────────────────────────
1    Sign-up                               1       1       £60.00         £60.00
────────────────────────────────────────────────────────────────────────────────
Total                                      1       1                      £60.00

Summary of the claim for 2018-Q4  ILLUSTRATIVE TERMS
Commissioner                                     Children   Lines          Total
────────────────────────────────────────────────────────────────────────────────
Council of the Borough                                  4       5        -£34.55
A donor                                                 2       2         £60.05
Ark: Swift [Primary] Academy of the West                1       1         £60.00
London Zone
────────────────────────────────────────────────────────────────────────────────
Grand total                                             4       8         £85.50

To date  ILLUSTRATIVE TERMS
What was claimed so far, the opening balance and this claim included, and for
how many children.
Limit or commissioner                                                    Claimed
────────────────────────────────────────────────────────────────────────────────
Council of the Borough                                                   £145.45
A donor                                                                  £120.05
Ark: Swift [Primary] Academy of the West London Zone                      £60.00

Payment                                                                 Children
────────────────────────────────────────────────────────────────────────────────
Sign-up                                              ████████████              3
Outcomes                                             ████░░░░░░░░              1

Opening balance: £240.00 for 1 award that fell due before 1 October 2018; not in
this claim. The first `close` seals it; --from-start claims it instead.

Cut  ILLUSTRATIVE TERMS
Awards of this quarter for which the limits of the contract left less than the
price.
Payment                                     Awards          Price            Cut
────────────────────────────────────────────────────────────────────────────────
Outcomes: Sessions                               1        £700.00          £0.04
────────────────────────────────────────────────────────────────────────────────
Total                                            1        £700.00          £0.04

Unfunded  ILLUSTRATIVE TERMS
Parts of awards of this quarter above what is left of a commitment; not moved to
anybody else.
Commissioner                                               Awards       Unfunded
────────────────────────────────────────────────────────────────────────────────
A donor                                                         1         £59.95
────────────────────────────────────────────────────────────────────────────────
Total                                                           1         £59.95

Held  ILLUSTRATIVE TERMS
Earned, but on hold and so not claimed; when its hold ends, an award falls into
the next claim.
Payment             Reason             Raised by           Awards          Price
────────────────────────────────────────────────────────────────────────────────
Sign-up             disputed           council                  1        £300.00
────────────────────────────────────────────────────────────────────────────────
Total                                                           1        £300.00

Not yet due  ILLUSTRATIVE TERMS
Children on whom it is still open: a window has not ended, or a date is not
there yet.
Payment                                                                 Children
────────────────────────────────────────────────────────────────────────────────
Outcomes: Reading                                                          1,200

Made by wlz-calc 0.1.0, as of 31 December 2018, from:
File                                      Rows                           SHA-256
────────────────────────────────────────────────────────────────────────────────
extracts/children.csv                    1,204  abababababababababababababababab
                                                abababababababababababababababab
alpha.yaml                                      cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
                                                cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
"""

DECISIONS = """\
Decisions behind the claim for 2018-Q4 (1 October to 31 December 2018), as of 31
December 2018
ILLUSTRATIVE TERMS: prices, thresholds (alpha)

Child 007  ILLUSTRATIVE TERMS
Ark Swift, primary, alpha version 1
Payment          Decision    Why                                 Due on    Price
────────────────────────────────────────────────────────────────────────────────
Sign-up          met as 1    It happened: consent            2018-10-03  £300.00
Outcomes:        held as 4   Earned, and on hold:            2018-12-31  £700.00
Sessions                     delivery-partner sessions
                             attended 12 (5 September
                             2016 to 4 September 2017);
                             £0.04 cut by a limit
Outcomes:        not met     Did not improve by what is
Reading                      required: attainment in
                             Reading 105 on 3 October
                             2016, then 104.25 on 4 July
                             2018

Child 008  ILLUSTRATIVE TERMS
Ark Swift, primary, alpha version 1
Payment            Decision     Why                                Due on  Price
────────────────────────────────────────────────────────────────────────────────
Outcomes:          not          No baseline reading:
Reading            assessable   attainment in Reading (5
                                September 2016 to 4 September
                                2017)

Decisions by status
Status                                                       Decisions  Children
────────────────────────────────────────────────────────────────────────────────
met                                                                  1         1
not met                                                              1         1
not assessable                                                       1         1
held                                                                 1         1

Made by wlz-calc 0.1.0, as of 31 December 2018, from:
File                                      Rows                           SHA-256
────────────────────────────────────────────────────────────────────────────────
extracts/children.csv                    1,204  abababababababababababababababab
                                                abababababababababababababababab
alpha.yaml                                      cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
                                                cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(claim: Claim, width: int | None = None) -> str:
    stream = io.StringIO()
    show_claim(screen(stream, width=width), claim)
    return stream.getvalue()


def test_a_claim_on_a_narrow_screen_is_this_text() -> None:
    assert shown(example(), 80) == CLAIM


def test_decisions_on_a_narrow_screen_are_this_text() -> None:
    stream = io.StringIO()
    show_decisions(screen(stream, width=80), decisions(), example(), {"ark": "Ark Swift"})
    assert stream.getvalue() == DECISIONS


def test_decisions_come_without_a_claim_too() -> None:
    claim = example()
    decided = Decided(
        claim.provider, QUARTER, True, claim.cards, decisions(), {"ark": "Ark Swift"}, (), claim.provenance
    )
    stream = io.StringIO()
    show_decisions(screen(stream, width=80), decided.decisions, decided, decided.schools)
    assert stream.getvalue() == DECISIONS


def test_decisions_without_their_evidence_are_shown_without_figures() -> None:
    stream = io.StringIO()
    show_decisions(screen(stream), decisions().drop("evidence"), example())
    assert "Did not improve by what is required\n" in stream.getvalue()


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_amount_is_ever_cut(width: int) -> None:
    large = example().lines.with_columns(amount=pl.col("amount") * 1_000_003)
    reason = "a reason that goes on and on, " * 6
    held = example().held.with_columns(
        price=pl.lit(1_624_000_000), reason=pl.lit(reason), raised_by=pl.lit(reason)
    )
    text = shown(example()._replace(lines=large, held=held), width)
    for row in LINE_ROWS:
        assert sterling(int(str(row[8])) * 1_000_003) in text
    assert text.count(sterling(1_624_000_000)) == 2
    assert max(len(line) for line in text.splitlines()) <= width


def test_a_narrower_screen_than_80_columns_is_taken_for_80() -> None:
    assert shown(example(), 40) == shown(example(), 80)


def test_a_pipe_is_100_columns_wide_and_has_no_codes() -> None:
    text = shown(example())
    assert text == shown(example(), 100)
    assert "\x1b" not in text
    assert not re.search(r" $", text, re.MULTILINE)


def test_a_terminal_has_colours_and_no_color_takes_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert on_terminal().count("\x1b[1;33m") > 3
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_terminal()


def on_terminal() -> str:
    stream = Terminal()
    show_claim(screen(stream, width=100), example())
    return stream.getvalue()


def test_the_width_of_a_terminal_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "132")
    assert screen(Terminal()).width == 132


def test_text_of_an_extract_is_neither_markup_nor_a_code() -> None:
    held = example().held.with_columns(reason=pl.lit("[red]:smile: \x1b[2J"))
    text = shown(example()._replace(held=held))
    assert "[red]:smile: �[2J" in text


def test_nothing_claimed_says_so_for_everybody() -> None:
    text = shown(nothing())
    assert text.count("£0.00") == 9
    assert "Opening balance: none." in text
    for absent in ("ILLUSTRATIVE", "PROVISIONAL", "Held", "Cut", "Unfunded", "Not yet due", "Warnings"):
        assert absent not in text


def test_every_table_on_illustrative_terms_says_so() -> None:
    title, schedules, summary, to_date, beside = 1, 3, 1, 1, 4
    assert shown(example()).count("ILLUSTRATIVE TERMS") == title + schedules + summary + to_date + beside


def test_two_contracts_have_a_total_each_and_say_which_is_meant() -> None:
    claim = example()
    other = claim._replace(
        cards=(*claim.cards, claim.cards[0].model_copy(update={"contract": "beta", "version": 2})),
        lines=pl.concat([claim.lines, claim.lines.with_columns(contract=pl.lit("beta", dtype=SHARED))]),
    )
    text = shown(other)
    assert "Total of alpha" in text
    assert "Total of beta" in text
    assert "Outcomes: Sessions (alpha)" in text
    assert re.search(r"Grand total +4 +16 +£171.00", text)


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Finding:
    meaning = Meaning(Stage.SENSE, Severity.WARNING, "An odd thing", "Why.", "look again")
    monkeypatch.setitem(CODES, "odd-thing", meaning)
    return Finding("odd-thing", Where("sdq.csv", 7, "total"), "`[41]`", "at most 40")


def test_warnings_travel_with_the_money(odd: Finding) -> None:
    text = shown(example()._replace(findings=(odd, odd)))
    assert re.search(r"\nWarnings  ILLUSTRATIVE TERMS\n.*`wlz-calc check`", text)
    assert re.search(r"\nAn odd thing +sdq.csv +2\n", text)


def test_findings_are_shown_by_themselves_on_any_console(odd: Finding) -> None:
    stream = io.StringIO()
    show_findings(Console(file=stream, width=80), [odd])
    assert stream.getvalue().startswith("warning odd-thing: An odd thing")
