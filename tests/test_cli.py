"""The door: help that runs as printed, data alone on stdout, exit codes, and no data in a crash."""

import ast
import csv
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import polars as pl
import pytest

import wlz_calc as package
from tests.sound_folder import QUARTER, Folder, Said, text, wlz_calc
from wlz_calc import cli
from wlz_calc.catalogue import CODES
from wlz_calc.cli.ending import Exit

SENTINEL = "SENTINEL-CHILD"
ESCAPE = "\x1b"
COMMANDS = [
    *("", "check", "pay", "decisions", "draft-map", "sample", "finding", "init", "completion"),
    *("cards", "cards list", "cards show", "cards check", "cards diff", "cards test", "cards schema"),
]
LINES = (
    "quarter,contract,card_version,commissioner,child_id,school,payment,outcome,number,kind,due_on,amount,"
    "corrects,reason"
)
DECISIONS = (
    "quarter,contract,card_version,child_id,school,phase,payment,outcome,number,status,due_on,price,cut,"
    "reason"
)
FINDINGS = "file,sheet,row,column,code,severity,title,found,expected,mend"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


def plain(said: str) -> str:
    """Without the colours that a workflow on GitHub gets."""
    return re.sub(rf"{ESCAPE}\[[0-9;]*m", "", said)


# ---------------------------------------------------------------- help, and what it costs


def examples(command: str) -> list[str]:
    """The lines that a command's help ends with, on a screen of 80 columns."""
    said = wlz_calc(*command.split(), "--help", COLUMNS="80")
    assert (said.code, said.err) == (Exit.FINE, "")
    _, found, after = plain(said.out).partition("Example:")
    assert found, f"the help of {command!r} ends without an example"
    return [line.strip() for line in after.splitlines() if line.strip()]


def test_every_help_ends_with_an_example_that_runs_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = {command: examples(command) for command in COMMANDS}
    for command, lines in shown.items():
        assert lines[-1].startswith(f"wlz-calc {command}")
    for line in dict.fromkeys(line for lines in shown.values() for line in lines):
        tool, *arguments = shlex.split(line)
        said = wlz_calc(*arguments)
        assert (tool, said.code) == ("wlz-calc", Exit.FINE), f"{line}: {said.err}"


def test_no_command_and_no_card_command_show_the_help() -> None:
    for command in ("", "cards"):
        bare, asked = wlz_calc(*command.split()), wlz_calc(*command.split(), "--help")
        assert bare.code == Exit.USAGE
        assert (bare.out + bare.err).rstrip() == asked.out.rstrip()


def test_the_version() -> None:
    assert wlz_calc("--version") == Said(Exit.FINE, out=f"wlz-calc {package.__version__}\n")


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, for what can only be seen from outside."""
    environ = {**os.environ, "NO_COLOR": "1", "GITHUB_ACTIONS": "", **environment}
    return subprocess.run([sys.executable, *arguments], check=False, capture_output=True, env=environ)


LIGHT = """
import sys
from wlz_calc.cli import main
for arguments in (["--help"], ["--version"], ["finding", "card-none"], ["cards", "show", "life-chances-fund"],
                  ["cards", "list"], ["cards", "check", "life-chances-fund"], ["pay", "--help"]):
    sys.argv = ["wlz-calc", *arguments]
    try:
        main()
    except SystemExit as end:
        assert end.code in (0, None), arguments
    assert not {"polars", "openpyxl"} & sys.modules.keys(), arguments
"""


def test_what_needs_no_programme_does_without_polars_and_openpyxl() -> None:
    ended = python("-c", LIGHT)
    assert (ended.returncode, ended.stderr) == (0, b"")


# ---------------------------------------------------------------- stdout and stderr


def odd(folder: Folder) -> None:
    """A warning and illustrative terms, which both must be said."""
    folder.add("extracts/engagement.csv", "001,2016-08-31,link_worker,,,attended,,")
    folder.add("brent.yaml", "illustrative: [prices]")


TALK = text("""
    warning outside-term: Sessions outside the term of the contract
      extracts/engagement.csv, row 5, column date
      found `2016-08-31`; expected 2016-09-01 to 2020-08-31, the term of brent
      mend: Check the date, and the contract of the child.
    ILLUSTRATIVE TERMS: prices (brent)
""")


def test_check_is_silent_when_clean(folder: Folder) -> None:
    assert folder.check() == Said(Exit.FINE)
    assert folder.check("--format", "csv") == Said(Exit.FINE, out=f"{FINDINGS}\n")
    assert folder.check("--format", "json") == Said(Exit.FINE, out="[]\n")


def test_data_stands_alone_on_stdout_and_talk_on_stderr(folder: Folder) -> None:
    odd(folder)
    for command, headings in ((folder.pay, LINES), (folder.decisions, DECISIONS)):
        as_csv, as_json = command("--format", "csv"), command("--format", "json")
        assert (as_csv.code, as_csv.err, as_json.code, as_json.err) == (Exit.FINE, TALK, Exit.FINE, TALK)
        first, *rows = csv.reader(StringIO(as_csv.out))
        assert ",".join(first) == headings
        assert {len(row) for row in rows} == {len(first)}
        assert json.loads(as_json.out)["quarter"] == QUARTER


def test_findings_are_data_on_stdout(folder: Folder) -> None:
    odd(folder)
    [found] = csv.DictReader(StringIO(folder.check("--format", "csv").out))
    [same] = json.loads(folder.check("--format", "json").out)
    assert found == {name: str(value or "") for name, value in same.items()}
    assert (found["severity"], found["code"]) == ("warning", "outside-term")
    assert (found["file"], found["row"], found["column"]) == ("extracts/engagement.csv", "5", "date")


def test_a_table_says_everything_on_stdout(folder: Folder) -> None:
    odd(folder)
    for said in (folder.pay(), folder.decisions()):
        assert (said.code, said.err) == (Exit.FINE, "")
        assert "ILLUSTRATIVE TERMS: prices" in said.out


def test_one_commissioner_and_one_contract(folder: Folder) -> None:
    paid = csv.DictReader(StringIO(folder.pay("--commissioner", "school:ark", "--format", "csv").out))
    assert {row["commissioner"] for row in paid} == {"school:ark"}
    assert folder.pay("--contract", "brent") == folder.pay()
    assert folder.decisions("--contract", "brent") == folder.decisions()


def test_the_opening_balance_is_claimed_when_asked_for(folder: Folder) -> None:
    later = ["--format", "csv", "--from-start"]
    assert len(folder.pay(*later).out.splitlines()) > len(folder.pay(*later[:2]).out.splitlines())


def test_a_financial_year_is_the_same_quarter(folder: Folder) -> None:
    typed = wlz_calc("pay", "-q", "2017/18-q4", str(folder.path), "--format", "csv")
    assert typed == folder.pay("--format", "csv")


# ---------------------------------------------------------------- files


def test_a_claim_is_written_in_each_format(folder: Folder, tmp_path: Path) -> None:
    odd(folder)
    printed = {form: folder.pay("--format", form).out for form in ("csv", "json")}
    lines = list(csv.DictReader(StringIO(printed["csv"])))
    for suffix in ("csv", "json", "parquet", "xlsx"):
        path = tmp_path / f"claim.{suffix}"
        beside = f", {path.as_posix()}-metadata.json" if suffix == "csv" else ""
        said = folder.pay("--output", str(path))
        assert said == Said(Exit.FINE, err=f"{TALK}written: {path.as_posix()}{beside}\n")
    assert (tmp_path / "claim.csv").read_bytes().decode() == printed["csv"]
    assert (tmp_path / "claim.json").read_bytes().decode() == printed["json"]
    assert json.loads((tmp_path / "claim.csv-metadata.json").read_bytes())["url"] == "claim.csv"
    assert pl.read_parquet(tmp_path / "claim.parquet")["child_id"].to_list() == [r["child_id"] for r in lines]
    book = openpyxl.load_workbook(tmp_path / "claim.xlsx")
    assert {"Cover", "Brent Council", "Ark Primary"} <= set(book.sheetnames)


def test_decisions_are_written_in_each_format(folder: Folder, tmp_path: Path) -> None:
    printed = {form: folder.decisions("--format", form).out for form in ("csv", "json")}
    for suffix in ("csv", "json", "parquet"):
        said = folder.decisions("-o", str(tmp_path / f"decisions.{suffix}"))
        assert (said.code, said.out) == (Exit.FINE, "")
    assert (tmp_path / "decisions.csv").read_bytes().decode() == printed["csv"]
    assert (tmp_path / "decisions.json").read_bytes().decode() == printed["json"]
    assert pl.read_parquet(tmp_path / "decisions.parquet").height == len(printed["csv"].splitlines()) - 1


def test_an_output_replaces_what_was_there(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "claim.json").write_text("old")
    assert folder.pay("--output", str(tmp_path / "claim.json")).code == Exit.FINE
    assert json.loads((tmp_path / "claim.json").read_bytes())["quarter"] == QUARTER


# ---------------------------------------------------------------- samples


def sampled(folder: Path, *options: str) -> Said:
    return wlz_calc("sample", str(folder), "--card", "life-chances-fund", "--children", "2", *options)


def test_a_sample_is_made_and_is_sound(tmp_path: Path) -> None:
    assert sampled(tmp_path / "demo") == Said(Exit.FINE)
    assert wlz_calc("check", str(tmp_path / "demo")).code == Exit.FINE


def test_a_sample_on_a_card_by_its_path(folder: Folder, tmp_path: Path) -> None:
    said = wlz_calc("sample", str(tmp_path / "demo"), "--card", str(folder.path / "brent.yaml"))
    assert said == Said(Exit.FINE)
    assert "rate_cards: [../programme/brent.yaml]" in (tmp_path / "demo/wlz.yaml").read_text()
    assert wlz_calc("check", str(tmp_path / "demo")).code == Exit.FINE


def test_a_sample_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/mine.csv").write_text("mine")
    said = sampled(tmp_path / "demo")
    assert (said.code, said.err.replace(str(tmp_path), "HERE")) == (
        Exit.USAGE,
        text("""
            error output-exists: The folder is not empty
              HERE/demo
              found files; expected a new or an empty folder
              mend: Name a new folder.
        """),
    )
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["mine.csv"]


# ---------------------------------------------------------------- cards and findings


def test_a_card_that_is_not_there() -> None:
    expected = Said(
        Exit.CARD,
        err=text("""
            error card-not-found: A rate card is not there
              the command line
              found `kensington`; expected hammersmith-fulham, kensington-chelsea or life-chances-fund
                  (did you mean kensington-chelsea?), or the path of a .yaml file
              mend: Name a card that is shipped (`wlz-calc cards list`), or give a path; in wlz.yaml, from its
                  folder.
        """).replace("or life-chances-fund\n", "or life-chances-fund "),
    )
    for command in (["cards", "show"], ["cards", "check"], ["sample", "nowhere", "--card"]):
        assert wlz_calc(*command, "kensington") == expected
    assert not Path("nowhere").exists()


def test_a_faulty_card_is_shown_with_its_lines(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.replace("brent.yaml", ("number: 2", "number: two"))
    monkeypatch.chdir(folder.path)
    expected = Said(
        Exit.CARD,
        err=text("""
            error card-value: A value on a rate card cannot be used
              brent.yaml, line 22, column 13
              found `two`; expected a whole number
              mend: Write what is expected.
        """),
    )
    assert [wlz_calc("cards", command, "./brent.yaml") for command in ("show", "check")] == [expected] * 2


def test_a_shipped_card_that_is_faulty_is_named_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.yaml").write_text("contract: broken\ncontract: broken\n")
    monkeypatch.setattr("wlz_calc.read.cards.shipped", lambda: {"broken": tmp_path / "broken.yaml"})
    for command in (["cards", "list"], ["cards", "show", "broken"], ["cards", "check", "broken"]):
        said = wlz_calc(*command)
        assert said.code == Exit.CARD
        assert "\n  broken.yaml, line 2, column 1\n" in said.err


def test_cards_that_are_sound() -> None:
    for name in ("hammersmith-fulham", "kensington-chelsea", "life-chances-fund"):
        assert wlz_calc("cards", "check", name) == Said(Exit.FINE)
        assert name in wlz_calc("cards", "list").out
    assert json.loads(wlz_calc("cards", "schema").out)["$schema"].startswith("https://json-schema.org/")


def test_a_finding_is_explained() -> None:
    assert wlz_calc("finding", "card-none") == Said(
        Exit.FINE,
        out=(
            "card-none: No rate card governs a child\n\n"
            "error, found in stage 5, tables\n\n"
            "why it matters: The terms go by contract and joining date; without them there is\nno price.\n\n"
            "how to mend it: Correct the contract or joined_on, or name the card in wlz.yaml.\n\n"
            "the smallest example: examples/broken/card-none\n"
        ),
    )
    assert all(wlz_calc("finding", code).code == Exit.FINE for code in CODES)


@pytest.mark.parametrize(
    ("code", "help_"),
    [("card-nne", "did you mean card-none or"), ("xyz", "a message begins with its code")],
)
def test_a_finding_that_there_is_not(code: str, help_: str) -> None:
    said = wlz_calc("finding", code)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert f"Invalid value: no finding '{code}': {help_}" in plain(said.err)


# ---------------------------------------------------------------- the catalogue


SOURCE = Path(package.__file__).parent
MAKERS = {"Finding": 0, "Fault": 0, "invalid": 0, "Problem": 1, "finding": 0, "_Fault": 0, "_at": 1}
"""What makes a finding, and which of its arguments is the code."""


def source() -> Iterator[ast.AST]:
    for path in SOURCE.rglob("*.py"):
        if path.parent.name != "catalogue":
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def made(node: ast.AST) -> str | None:
    """The code of the finding that a piece of program makes, if it does and says so itself."""
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    code = next(iter(node.args[MAKERS[name] :]), None) if name in MAKERS else None
    return code.value if isinstance(code, ast.Constant) and isinstance(code.value, str) else None


def test_every_code_that_the_program_uses_is_in_the_catalogue() -> None:
    used = {code for node in source() if (code := made(node))}
    assert len(used) > 70
    unknown = used - CODES.keys()
    assert {code for code in unknown if f"card-{code}" not in CODES} == set()  # the kind of file comes first


def test_every_code_of_the_catalogue_is_used_by_the_program() -> None:
    said = {node.value for node in source() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    prefixed = {f"{prefix}-{word}" for prefix in ("card", "folder") for word in said}
    assert CODES.keys() - said - prefixed == set()


def test_every_code_says_what_why_and_how_to_mend_it() -> None:
    for code, meaning in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code)
        assert not meaning.title.endswith(".")
        assert meaning.why.endswith(".")
        assert meaning.fix.endswith(".")


# ---------------------------------------------------------------- how it ends


def test_exit_codes(folder: Folder) -> None:
    assert [int(code) for code in Exit] == [0, 1, 2, 3, 4, 70]
    assert folder.check().code == Exit.FINE
    assert folder.pay("--contract", "other").code == Exit.USAGE
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.79"))
    assert folder.pay().code == Exit.CARD
    folder.remove("wlz.yaml")
    assert folder.pay().code == Exit.FINDINGS


def test_a_workflow_on_github_gets_annotations(folder: Folder) -> None:
    folder.path = folder.path.rename(folder.path.with_name("our programme"))
    odd(folder)
    place = folder.path.as_posix().replace(":", "%3A")
    said = wlz_calc("check", str(folder.path), GITHUB_ACTIONS="true")
    assert said.out == folder.check().out + (
        f"::warning file={place}/extracts/engagement.csv,line=5,"
        "title=outside-term%3A Sessions outside the term of the contract"
        "::extracts/engagement.csv, row 5, column date%0A"
        "found `2016-08-31`; expected 2016-09-01 to 2020-08-31, the term of brent%0A"
        "Check the date, and the contract of the child.\n"
    )
    as_csv = wlz_calc("check", str(folder.path), "--format", "csv", GITHUB_ACTIONS="true")
    assert as_csv == folder.check("--format", "csv")


class Panic(BaseException):
    """What Polars raises where it panics."""


@pytest.mark.parametrize("error", [ValueError, KeyError, Panic])
@pytest.mark.parametrize("command", ["check", "pay", "decisions"])
def test_a_crash_says_where_and_gives_no_data_away(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, command: str, error: type[BaseException]
) -> None:
    def struck(*_: object, **__: object) -> NoReturn:
        child = SENTINEL
        raise error(child)

    name = {"pay": "claim"}.get(command, command)
    monkeypatch.setattr(f"wlz_calc.pipeline.{name}", struck)
    before = folder.files()
    said = getattr(folder, command)()
    assert (said.code, said.out) == (Exit.BUG, "")
    first, *places, what, whom = said.err.splitlines()
    assert first == f"wlz-calc {package.__version__} has a bug, and stopped. Nothing was written."
    assert any(re.fullmatch(rf"  wlz_calc/cli/app\.py:\d+ in {command}", place) for place in places)
    assert re.fullmatch(r"  test_cli\.py:\d+ in struck", places[-1])
    assert what == f"  {error.__name__}"
    assert whom == "Please send these lines, which hold no data of children, to the developers."
    assert SENTINEL not in said.err
    assert folder.files() == before


def test_being_interrupted_is_no_bug(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("wlz_calc.pipeline.check", interrupted)
    said = folder.check()
    assert said.code not in {Exit.FINE, Exit.BUG}
    assert "bug" not in said.err


@pytest.mark.parametrize(("code", "ended"), [(None, 0), (0, 0), (3, 3)])
def test_the_installed_command_ends_with_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, code: int | None, ended: int
) -> None:
    def end() -> NoReturn:
        raise SystemExit(code)

    def exits(status: int) -> NoReturn:
        raise Panic(status)

    monkeypatch.setattr("wlz_calc.cli.main", end)
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.setattr("os._exit", exits)
    with pytest.raises(Panic) as found:
        cli.run()
    assert found.value.args == (ended,)


def test_the_module_runs_as_the_command_does(folder: Folder) -> None:
    ended = python("-m", "wlz_calc", "check", str(folder.path / "nowhere"))
    assert ended.returncode == Exit.FINDINGS
    assert ended.stdout.decode().startswith("error folder-missing: ")


def test_a_pipe_that_has_no_sign_for_a_letter_gets_a_question_mark(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", ("40", "vierzigé"))
    ended = python("-m", "wlz_calc", "check", str(folder.path), PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (Exit.FINDINGS, b"")
    assert b"found `vierzig?`; expected a number" in ended.stdout


def test_a_stream_that_is_no_pipe_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["wlz-calc", "--version"])
    stream = StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SystemExit):
        cli.main()
    assert stream.getvalue() == f"wlz-calc {package.__version__}\n"


# ---------------------------------------------------------------- colours


class Screen(TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, folder: Folder, **environment: str) -> str:
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "100", **environment}.items():
        monkeypatch.setenv(name, value)
    if "NO_COLOR" not in environment:
        monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Screen(BytesIO(), encoding="utf-8", write_through=True)
    monkeypatch.setattr(sys, "argv", ["wlz-calc", "pay", "-q", QUARTER, str(folder.path)])
    monkeypatch.setattr(sys, "stdout", screen)
    with pytest.raises(SystemExit):
        cli.main()
    monkeypatch.undo()
    buffer: Any = screen.buffer
    return str(buffer.getvalue().decode())


def test_a_terminal_gets_colours_unless_it_wants_none(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ESCAPE in on_a_terminal(monkeypatch, folder)
    assert ESCAPE not in on_a_terminal(monkeypatch, folder, NO_COLOR="1")


def test_a_pipe_gets_no_colours(folder: Folder) -> None:
    odd(folder)
    commands = [["check"], ["pay", "-q", QUARTER], ["decisions", "-q", QUARTER]]
    for command in commands:
        said = wlz_calc(*command, str(folder.path), NO_COLOR="", TERM="xterm-256color")
        assert ESCAPE not in said.out + said.err
    for arguments in (["cards", "show", "life-chances-fund"], ["cards", "list"], ["finding", "card-none"]):
        said = wlz_calc(*arguments, NO_COLOR="", TERM="xterm-256color")
        assert ESCAPE not in said.out + said.err
