"""What a shell is answered when somebody presses the key, and what is suggested when somebody slipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.sound_folder import CARD, QUARTER, Folder, Said, wlz_calc
from wlz_calc.catalogue import CODES
from wlz_calc.cli.completion import ASKED, MOST
from wlz_calc.cli.ending import Exit
from wlz_calc.cli.near import did_you_mean_child
from wlz_calc.read.cards import shipped

SHELLS = ["bash", "zsh", "fish"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


def of_bash(*words: str, at: int | None = None) -> list[str]:
    """What bash is answered for the last of some words, or for another of them."""
    place = len(words) if at is None else at
    asked = {"COMP_WORDS": "\n".join(["wlz-calc", *words]), "COMP_CWORD": str(place)}
    said = wlz_calc(**asked, **{ASKED: "complete_bash"})
    assert (said.code, said.err) == (Exit.FINE, "")
    return said.out.split()


def of_zsh(line: str) -> Said:
    return wlz_calc(**{ASKED: "complete_zsh", "_TYPER_COMPLETE_ARGS": line})


def of_fish(line: str) -> Said:
    asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return wlz_calc(**{ASKED: "complete_fish"}, **asked)


# ---------------------------------------------------------------- what is completed


def test_commands_and_options() -> None:
    assert of_bash("clo") == ["close"]
    assert of_bash("cards", "sch") == ["schema"]
    assert of_bash("pay", "--comm") == ["--commissioner"]
    assert of_bash("pay", "--format", "") == ["table", "csv", "json"]
    assert {"list", "show", "verify"} <= {*of_bash("claims", "")}


def test_names_of_cards_and_codes_of_findings() -> None:
    assert of_bash("cards", "show", "") == of_bash("sample", "x", "--card", "") == list(shipped())
    assert of_bash("finding", "card-no") == sorted(code for code in CODES if code.startswith("card-no"))


def test_quarters_in_the_terms_of_a_programme(folder: Folder) -> None:
    assert of_bash("pay", str(folder.path), "--quarter", "2016") == ["2016-Q3", "2016-Q4"]
    assert of_bash("bridge", str(folder.path), "--to", "2020-Q") == ["2020-Q1", "2020-Q2", "2020-Q3"]


def test_quarters_of_the_book_are_those_that_are_sealed(folder: Folder) -> None:
    assert of_bash("claims", "show", "", str(folder.path), at=3) == []
    assert wlz_calc("close", "--quarter", QUARTER, "--by", "A. Analyst", str(folder.path)).code == Exit.FINE
    assert of_bash("claims", "show", "", str(folder.path), at=3) == [QUARTER]


def test_contracts_commissioners_and_children_of_a_programme(folder: Folder) -> None:
    assert of_bash("pay", str(folder.path), "--contract", "") == ["brent"]
    assert of_bash("pay", str(folder.path), "--commissioner", "") == [
        "council",
        "school:ark",
        "school:phoenix",
    ]
    assert of_bash("decisions", str(folder.path), "--child", "00") == ["001", "002"]


def test_all_that_explain_asks_for(folder: Folder) -> None:
    line = ("explain", "001", str(folder.path))
    assert of_bash("explain", "00", str(folder.path), at=2) == ["001", "002"]
    assert of_bash(*line, "--quarter", "2016") == ["2016-Q3", "2016-Q4"]
    assert of_bash(*line, "--payment", "") == ["sign_up", "engagement", "outcomes"]
    assert of_bash(*line, "--payment", "s") == ["sign_up"]
    assert of_bash(*line, "--format", "") == ["tree", "json"]


def test_what_bash_takes_apart_is_put_together(folder: Folder) -> None:
    line = ("pay", str(folder.path), "--commissioner", "school", ":")
    assert of_bash(*line) == ["ark", "phoenix"]
    assert of_bash(*line, "ph") == ["phoenix"]
    assert of_bash(*line, "ark", "--quarter", "2016-Q4") == ["2016-Q4"]


def test_the_folder_may_stand_behind_or_be_this_one(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_bash("decisions", "--child", "", str(folder.path), at=3) == ["001", "002"]
    assert of_bash("decisions", "--child", "") == []
    monkeypatch.chdir(folder.path)
    assert of_bash("decisions", "--child", "") == ["001", "002"]


def test_a_register_in_other_headings(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("children: {", "children: {path: register.csv, columns: {Ref: child_id}, "))
    folder.write("register.csv", folder.read("extracts/children.csv").replace("child_id", "Ref"))
    folder.remove("extracts/children.csv")
    assert of_bash("decisions", str(folder.path), "--child", "") == ["001", "002"]


def test_a_column_that_the_register_lacks_has_nothing(folder: Folder) -> None:
    folder.write("brent.yaml", CARD.replace("each: school", "each: authority"))
    assert of_bash("pay", str(folder.path), "--commissioner", "sch") == ["school:brent"]
    register = folder.read("extracts/children.csv").replace("authority", "area")
    folder.write("extracts/children.csv", register)
    assert of_bash("pay", str(folder.path), "--commissioner", "sch") == []


def test_of_too_many_the_beginnings_are_shown_and_none_is_hidden(folder: Folder) -> None:
    rows = [f"c{number:04},brent,ark,brent,5,2017-01-09,,," for number in range(1000)]
    folder.add("extracts/children.csv", *rows)
    shown = of_bash("decisions", str(folder.path), "--child", "c")
    assert shown == [f"c{number:03}" for number in range(100)]
    assert len(shown) <= MOST
    assert of_bash("decisions", str(folder.path), "--child", "c012") == [f"c012{last}" for last in range(10)]


def test_what_is_wrong_with_a_folder_is_not_said_while_somebody_types(folder: Folder) -> None:
    line = ("pay", str(folder.path))
    folder.write("brent.yaml", "contract: [")
    assert of_bash(*line, "--contract", "") == []
    folder.write("wlz.yaml", "rate_cards: [nowhere.yaml]\n")
    assert of_bash(*line, "--contract", "") == []
    folder.remove("extracts/children.csv")
    assert of_bash("decisions", str(folder.path), "--child", "") == []
    folder.write("wlz.yaml", "rate_cards: {")
    assert of_bash(*line, "--contract", "") == []
    folder.write("wlz.yaml", b"\xff\xfe\x00")
    assert of_bash(*line, "--quarter", "") == []


def test_a_quotation_mark_that_is_still_open(folder: Folder) -> None:
    assert of_bash("decisions", str(folder.path), "--child", "", '"', at=4) == ["001", "002"]


def test_zsh_and_fish_are_answered_as_they_ask(folder: Folder) -> None:
    line = f"wlz-calc pay {folder.path} --commissioner school:"
    assert '"school\\\\:ark"' in of_zsh(line).out
    assert of_fish(line).out == "school:ark\nschool:phoenix\n"


# ---------------------------------------------------------------- the script


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell(shell: str) -> None:
    said = wlz_calc("completion", shell)
    assert (said.code, said.err) == (Exit.FINE, "")
    assert f"{ASKED}=complete_{shell}" in said.out
    assert "wlz-calc" in said.out


def test_no_script_for_other_shells() -> None:
    assert wlz_calc("completion", "tcsh").code == Exit.USAGE


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_itself_completes(folder: Folder, tmp_path: Path) -> None:
    tool = tmp_path / "wlz-calc"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wlz_calc "$@"\n')
    tool.chmod(0o755)
    asked = f"""
        eval "$(wlz-calc completion bash)"
        COMP_WORDS=(wlz-calc pay '{folder.path}' --commissioner school : p)
        COMP_CWORD=6
        $(complete -p wlz-calc | sed 's/.*-F \\([^ ]*\\) .*/\\1/') wlz-calc 2>&1
        echo "${{COMPREPLY[*]}}"
        _wlz_calc_completion wlz-calc
        echo "${{COMPREPLY[*]}}"
    """
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["bash", "--norc", "-c", asked], check=True, capture_output=True, env={**os.environ, "PATH": path}
    )
    assert ended.stdout.decode().split() == ["phoenix", "phoenix"]


# ---------------------------------------------------------------- suggestions


def refused(said: Said) -> str:
    """What a refusal says, without the frame around it."""
    assert (said.code, said.out) == (Exit.USAGE, "")
    return " ".join(said.err.replace("│", " ").split())


def test_a_command_or_an_option_that_is_misspelt() -> None:
    assert "No such command 'clos'. Did you mean 'close'" in refused(wlz_calc("clos"))
    assert "No such command 'shw'. Did you mean 'show'?" in refused(wlz_calc("cards", "shw"))
    assert "(Possible options: --quarter)" in refused(wlz_calc("pay", "--quater", "2018-Q4"))


@pytest.mark.parametrize(
    "typed", ["2018Q4", "2018-4", "Q4 2018", "2018 q4", "2018/19 Q3", "2018/2019-Q3", "Q3 2018-19"]
)
def test_a_quarter_that_is_written_otherwise(typed: str) -> None:
    assert "(did you mean 2018-Q4?)" in refused(wlz_calc("pay", "--quarter", typed))


@pytest.mark.parametrize("typed", ["2018-Q5", "last", "2018-12-31", "2018", "2018/20-Q3", "9999-4"])
def test_a_quarter_that_nobody_can_guess(typed: str) -> None:
    said = refused(wlz_calc("pay", "--quarter", typed))
    assert "cannot read the quarter" in said
    assert "did you mean" not in said


def test_a_commissioner_or_a_contract_that_is_misspelt(folder: Folder) -> None:
    assert "no commissioner 'counsil' (did you mean council?); there are council, " in refused(
        folder.pay("--commissioner", "counsil")
    )
    assert "expected one of brent (did you mean brent?)" in folder.pay("--contract", "brnt").err
    assert wlz_calc("close", "--quarter", QUARTER, "--by", "A. Analyst", str(folder.path)).code == Exit.FINE
    said = wlz_calc("claims", "show", QUARTER, str(folder.path), "--contract", "brnt")
    assert (said.code, "did you mean brent?" in said.err) == (Exit.USAGE, True)


def test_a_child_that_is_misspelt(folder: Folder) -> None:
    assert refused(folder.decisions("--child", "1")).endswith(
        "no child '1' in 2018-Q1 (did you mean 001?) ╰" + "─" * 148 + "╯"
    )


def test_what_is_to_be_explained_and_misspelt(folder: Folder) -> None:
    def explained(child: str, *options: str) -> Said:
        return wlz_calc("explain", child, "--quarter", QUARTER, str(folder.path), *options)

    assert "no child '1' (did you mean 001?)" in refused(explained("1"))
    assert "no child '01' (did you mean 001?)" in refused(explained("01"))
    assert "no payment 'signup' (did you mean sign_up?); there are sign_up, engagement, outcomes" in refused(
        explained("001", "--payment", "signup")
    )
    assert "(did you mean 2018-Q1?)" in refused(wlz_calc("explain", "001", "--quarter", "2018Q1"))


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        pytest.param("C-00012", "c00012", id="capitals and what stands between"),
        pytest.param("c12", "c00012", id="without the noughts"),
        pytest.param("c0001", "c00001", id="a figure is missing, or noughts are"),
        pytest.param("c000x2", "c00002 or c00012", id="another sign"),
        pytest.param("c0bb04", "", id="two slips from any"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_ids_that_are_near_among_many(typed: str, near: str) -> None:
    ids = pl.Series([f"c{number:05}" for number in range(1, 13)])
    assert did_you_mean_child(typed, ids) == (f" (did you mean {near}?)" if near else "")


def test_ids_that_changed_places_and_one_too_many() -> None:
    ids = pl.Series(["ab12", "ab12", "xy98"])
    for typed in ("ba12", "ab21", "ab122", "b12", "ab1", "aab12"):
        assert did_you_mean_child(typed, ids) == " (did you mean ab12?)", typed
