"""Deeds that exclude each other, done at the same time, and those that were begun and interrupted."""

import os
from pathlib import Path
from unittest.mock import PropertyMock, patch

import pytest

from tests.closing import (
    CLOSER,
    SECOND,
    approve,
    book_of,
    close,
    closed_on,
    files_in,
    found_in,
    quarters,
    withdraw,
)
from tests.meaning import Programme
from tests.simulation import small
from tests.simulation.small import child
from wlz_calc import bookkeeping, pipeline, sealing
from wlz_calc.claims import approval, seal
from wlz_calc.claims.sealed import WITHDRAWAL, Sealed
from wlz_calc.finding import Finding, errors
from wlz_calc.period import Quarter

Q4, Q1 = Quarter.parse("2018-Q4"), Quarter.parse("2019-Q1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme with one sealed claim."""
    made = small.write(tmp_path, child("c001", "2018-11-05"))
    close(made, "2018-Q4")
    return made


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in errors(found)]


def begun(folder: Path) -> Sealed:
    """A claim whose withdrawal was put on record, and did not come to its end."""
    [claim] = book_of(folder).last
    stated = {"withdraws": claim.digest, "by": CLOSER, "on": "2019-01-20"}
    seal.record(claim.folder / WITHDRAWAL, f"{WITHDRAWAL}.json", stated)
    return claim


def test_nothing_rests_on_a_claim_that_is_being_withdrawn(folder: Path) -> None:
    begun(folder)
    assert found_in(folder) == []
    assert codes(pipeline.claim(folder, Q1)[1]) == ["book-withdrawing"]
    assert codes(sealing.approve(folder, Q4, by=SECOND, on=closed_on(Q4))[1]) == ["book-withdrawing"]


def test_a_withdrawal_that_was_interrupted_is_brought_to_its_end(folder: Path) -> None:
    begun(folder)
    withdraw(folder, "2018-Q4")
    assert quarters(folder) == []
    assert found_in(folder) == []


def test_an_approval_of_a_claim_that_is_withdrawn_meanwhile_does_not_stand(folder: Path) -> None:
    begun(folder)
    before = files_in(folder)
    with patch.object(approval, "refusals", return_value=[]):
        done, found = sealing.approve(folder, Q4, by=SECOND, on=closed_on(Q4))
    assert (done, codes(found)) == ([], ["book-withdrawing"])
    assert files_in(folder) == before


def test_what_is_approved_meanwhile_is_not_approved_again(folder: Path) -> None:
    approve(folder, "2018-Q4")
    before = files_in(folder)
    with patch.object(approval, "refusals", return_value=[]):
        done, found = sealing.approve(folder, Q4, by="C. Third", on=closed_on(Q4))
    assert (done, codes(found)) == ([], ["book-approved"])
    assert files_in(folder) == before


def test_what_is_approved_meanwhile_is_not_withdrawn(folder: Path) -> None:
    approve(folder, "2018-Q4")
    before = files_in(folder)
    with patch.object(approval, "standing", return_value=[]):
        done, found = sealing.withdraw(folder, Q4, by=CLOSER, on=closed_on(Q4))
    assert (done, codes(found)) == ([], ["book-approved"])
    assert files_in(folder) == before


def test_what_is_followed_meanwhile_is_not_withdrawn(folder: Path) -> None:
    close(folder, "2019-Q1")
    before = files_in(folder)
    with patch.object(approval, "standing", return_value=[]):
        done, found = sealing.withdraw(folder, Q4, by=CLOSER, on=closed_on(Q4))
    assert (done, codes(found)) == ([], ["book-not-newest"])
    assert files_in(folder) == before


def test_what_follows_a_claim_that_is_withdrawn_meanwhile_does_not_stand(folder: Path) -> None:
    before = files_in(folder)
    with patch.object(Sealed, "stands", new_callable=PropertyMock, return_value=False):
        done, found = sealing.close(folder, Q1, by=CLOSER, on=closed_on(Q1))
    assert (done, codes(found)) == ([], ["book-withdrawing"])
    assert files_in(folder) == before


def test_a_name_that_cannot_be_given_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "operation not permitted")

    before = files_in(folder)
    monkeypatch.setattr(os, "rename", refuse)
    done, found = sealing.approve(folder, Q4, by=SECOND, on=closed_on(Q4))
    assert (done, [finding.found for finding in found]) == ([], ["operation not permitted"])
    assert files_in(folder) == before


def test_without_limits_and_a_match_a_position_is_what_was_claimed(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children="| child | consent_on |\n| Ada | 2018-11-01 |")
    close(programme.folder, "2018-Q4")
    positions, _ = bookkeeping.positions(programme.folder)
    assert positions is not None
    [position] = positions
    assert (position.limits, position.match) == ((), None)
    assert [(room.name, room.claimed, room.left) for room in position.commissioners] == [
        ("council", 100_00, None)
    ]
