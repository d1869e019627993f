"""Output: whole or not at all, with nothing left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wlz_calc import durable
from wlz_calc.write import csvw, output


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", output.Format.CSV),
        ("a.JSON", output.Format.JSON),
        ("a.parquet", output.Format.PARQUET),
        ("a.b.xlsx", output.Format.XLSX),
        ("a.pdf", None),
        ("csv", None),
    ],
)
def test_the_name_of_a_file_asks_for_its_format(name: str, expected: output.Format | None) -> None:
    assert output.format_of(Path(name)) is expected


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "claim.csv"
    output.write_atomically(path, b"one")
    path.chmod(0o600)
    output.write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["claim.csv"]


def test_a_file_that_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claim.csv"
    path.write_bytes(b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        output.write_atomically(path, b"after")
    assert path.read_bytes() == b"before"
    assert names(tmp_path) == ["claim.csv"]


def test_of_files_that_belong_together_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        output.write_together({tmp_path / "claim.csv": b"one", tmp_path / "folder": b"two"})
    assert names(tmp_path) == ["folder"]


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        output.write_atomically(tmp_path / "missing" / "claim.csv", b"")


def test_a_file_made_read_only_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claim.csv"
    path.write_bytes(b"signed")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match=r"claim\.csv"):
        output.write_atomically(path, b"other")
    assert path.read_bytes() == b"signed"


def test_a_system_that_cannot_sync_a_folder_still_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(durable, "_open_folder", refuse)
    output.write_atomically(tmp_path / "claim.csv", b"one")
    assert names(tmp_path) == ["claim.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"one")
    (tmp_path / "link.csv").symlink_to("real.csv")
    output.write_atomically(tmp_path / "link.csv", b"two")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"two"


def test_what_a_format_does_not_need_is_not_imported() -> None:
    """Start-up time: csv and json do without Rich, the console without openpyxl."""
    asked = (
        "import sys\n"
        "from wlz_calc.write import csvw, data, findings, output, sheets\n"
        "assert not {'rich', 'openpyxl'} & set(sys.modules)\n"
        "from wlz_calc.write import console, decided\n"
        "assert 'openpyxl' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_the_companion_of_a_csv_stands_beside_it() -> None:
    assert csvw.companion(Path("a/claim.csv")) == Path("a/claim.csv-metadata.json")
