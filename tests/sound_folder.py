"""A small programme folder that is sound, and the tool run on it as a user runs it.

A test changes one thing in the folder and says what the tool says. Everything in it is made up.
"""

import csv
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from textwrap import dedent
from unittest.mock import patch

from wlz_calc.cli import main
from wlz_calc.durable import Writer

CONFIG = """\
rate_cards: [brent.yaml]
extracts:
  children: {validated: {by: The data manager, on: 2024-12-31}}
  schools: {validated: {by: The data manager, on: 2024-12-31}}
  engagement: {validated: {by: The data manager, on: 2024-12-31}}
  attendance: {validated: {by: The data manager, on: 2024-12-31}}
  attainment: {validated: {by: The data manager, on: 2024-12-31}}
  sdq: {validated: {by: The data manager, on: 2024-12-31}}
  survey: {validated: {by: The data manager, on: 2024-12-31}}
"""
CARD = """\
contract: brent
version: 1
title: A small card
joined: {from: 2016-09-01, to: 2018-08-31}
term: {from: 2016-09-01, to: 2020-08-31}
currency: GBP
source: {document: The contract, clause: Schedule 1, dated: 2016-08-01}
commissioners:
  council: {name: Brent Council, share: 0.80}
  school: {name: The child's school, share: 0.20, each: school}
matching: {commissioner: school, times: 3}
informants: {primary: teacher, secondary: self}
surveys:
  confidence: {range: [0, 100], better: higher}
payments:
  sign_up:
    number: 1
    price: 300.00
    clause: Payment 1
    when: {measure: consent, test: happened}
  engagement:
    number: 2
    price: 450.00
    clause: Payment 2
    window: {months: [0, 12]}
    when:
      all:
        - {measure: link_worker_sessions, test: reaches, at_least: 1}
        - {measure: partner_attendance_rate, test: reaches, at_least: 0.50}
  outcomes:
    numbers: [3, 4]
    price: 700.00
    clause: Payments 3 and 4
    phases: [primary, secondary]
    baseline: {months: [-6, 3]}
    endpoint: {months: [9, 12]}
    outcomes:
      reading: {when: {measure: attainment.reading, test: progresses, by: 1}}
      wellbeing: {when: {measure: sdq.emotional, test: improves, by: 1}}
      confidence: {when: {measure: survey.confidence, test: improves, by: 10}}
      attendance:
        baseline: {academic_year: 1}
        endpoint: {academic_year: 2}
        when: {measure: attendance_rate, test: improves, by: 0.02}
"""
FILES = {
    "wlz.yaml": CONFIG,
    "brent.yaml": CARD,
    "holds.csv": """\
child_id,payment,outcome,from,to,reason,raised_by
002,sign_up,,2017-02-01,2017-03-31,A query,Brent Council
""",
    "extracts/children.csv": """\
child_id,contract,school,authority,year_group,joined_on,consent_on,left_on,left_reason
001,brent,ark,brent,5,2017-01-09,2017-01-09,,
002,brent,phoenix,brent,5,2017-01-16,2017-01-10,,
""",
    "extracts/schools.csv": """\
school,name
ark,Ark Primary
phoenix,Phoenix Primary
""",
    "extracts/engagement.csv": """\
child_id,date,kind,provider,session,status,engaged,submitted_at
001,2017-02-01,link_worker,,,attended,,
001,2017-02-02,partner,Chess Club,A,attended,true,2017-02-03
002,2017-02-02,partner,Chess Club,A,absent,,2017-02-03
""",
    "extracts/attendance.csv": """\
child_id,period_start,period_end,sessions_possible,sessions_attended
001,2017-01-03,2017-07-21,230,210
001,2017-09-04,2018-07-20,380,372
002,2017-01-03,2017-07-21,230,222
""",
    "extracts/attainment.csv": """\
child_id,subject,assessed_on,scale,score,expected
001,reading,2017-01-05,standardised_age_score,95,
001,reading,2017-12-05,standardised_age_score,99,
002,reading,2017-01-05,termly_judgement,towards,
""",
    "extracts/sdq.csv": """\
child_id,completed_on,informant,emotional,conduct,hyperactivity,peer,prosocial,total,impact
001,2017-01-10,teacher,6,3,5,2,7,16,2
001,2017-12-11,teacher,3,2,5,2,8,12,1
002,2017-01-20,teacher,4,,5,2,9,,
""",
    "extracts/survey.csv": """\
child_id,completed_on,measure,score
001,2017-01-10,confidence,40
002,2017-01-20,confidence,52.5
""",
}
QUARTER = "2018-Q1"
ENVIRONMENT = {"COLUMNS": "150", "TERM": "dumb", "NO_COLOR": "1", "GITHUB_ACTIONS": ""}


@dataclass(frozen=True)
class Said:
    """How a command ended: its exit code, and what it said on stdout and on stderr."""

    code: int
    out: str = ""
    err: str = ""


class Folder:
    """A programme folder without a fault, until a test makes one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "extracts").mkdir(parents=True)
        for name, content in FILES.items():
            self.write(name, content)

    # ---------------------------------------------------------------- to change one thing

    def write(self, name: str, content: str | bytes) -> None:
        (self.path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, name: str) -> str:
        return (self.path / name).read_text(encoding="utf-8")

    def replace(self, name: str, *changes: tuple[str, str]) -> None:
        """Every text that a change names, replaced."""
        content = self.read(name)
        for old, new in changes:
            assert old in content, f"{old!r} is not in {name}"
            content = content.replace(old, new)
        self.write(name, content)

    def add(self, name: str, *rows: str) -> None:
        self.write(name, self.read(name) + "".join(f"{row}\n" for row in rows))

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def marks(self, *rows: str) -> None:
        """Attendance as register marks."""
        sound = ["001,2017-02-01,AM,/", "001,2017-02-01,PM,N", "002,2017-02-01,AM,L", "002,2017-02-01,PM,U"]
        self.write("extracts/attendance.csv", "\n".join(["child_id,date,session,code", *sound, *rows, ""]))

    # ---------------------------------------------------------------- what the tool says of it

    def files(self) -> dict[str, bytes]:
        """All that is in the folder, hidden files too."""
        paths = sorted(path for path in self.path.rglob("*") if path.is_file())
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in paths}

    def check(self, *options: str) -> Said:
        return wlz_calc("check", str(self.path), *options)

    def pay(self, *options: str) -> Said:
        return wlz_calc("pay", "--quarter", QUARTER, str(self.path), *options)

    def decisions(self, *options: str) -> Said:
        return wlz_calc("decisions", "--quarter", QUARTER, str(self.path), *options)

    def statuses(self, child: str) -> dict[str, str]:
        """What was decided on a child, by outcome, or by payment where it has none."""
        decided = csv.DictReader(StringIO(self.decisions("--child", child, "--format", "csv").out))
        return {row["outcome"] or row["payment"]: row["status"] for row in decided}


def written(write: Writer) -> bytes:
    """What a result writes into a file."""
    file = BytesIO()
    write(file)
    return file.getvalue()


def text(block: str) -> str:
    """The lines of a message as a test shows it: set in, and those that are too long for a page folded."""
    return re.sub(r"\n {6,}", " ", dedent(block).removeprefix("\n"))


def wlz_calc(*arguments: str, **environment: str) -> Said:
    """The tool run in this process, through the door that a user comes in by."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    with (
        patch.object(sys, "argv", ["wlz-calc", *arguments]),
        patch.dict(os.environ, ENVIRONMENT | environment),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _ended()
    return Said(code, _written(out), _written(err))


def _ended() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
