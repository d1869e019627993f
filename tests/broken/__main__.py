"""Makes the examples anew, with their transcripts and their page; read what it changed before it is kept."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.broken import CASES
from tests.broken.made import BROKEN, TRANSCRIPT, make, transcript
from tests.broken.page import page


def made(place: Path) -> None:
    """All examples in a folder; each has to provoke its code."""
    for code, case in CASES.items():
        folder = place / code
        folder.mkdir(parents=True)
        make(case, folder)
        said = transcript(case.command, folder)
        assert f" {code}: " in said, said
        (folder / TRANSCRIPT).write_text(said, encoding="utf-8")
    (place / "README.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as aside:
        made(Path(aside) / "broken")
        shutil.rmtree(BROKEN, ignore_errors=True)
        shutil.copytree(Path(aside) / "broken", BROKEN)
