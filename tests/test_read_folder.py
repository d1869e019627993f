"""A programme folder: what wlz.yaml may say, and that the order of rows and files means nothing."""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sound_folder import CONFIG, FILES, Folder, Said
from wlz_calc.finding import Finding
from wlz_calc.programme import Programme
from wlz_calc.read.folder import read_programme


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


def read(folder: Folder) -> Programme:
    programme, found = read_programme(folder.path)
    assert programme is not None, found
    return programme


def refusal(folder: Folder) -> list[tuple[str, str, str, str]]:
    programme, found = read_programme(folder.path)
    assert programme is None
    return [(f.code, str(f.where), f.found, f.expected) for f in found]


def test_who_validated_an_extract_goes_into_the_provenance(folder: Folder) -> None:
    folder.write(
        "wlz.yaml", CONFIG.replace("  sdq: {validated: {by: The data manager, on: 2024-12-31}}\n", "")
    )
    validated = {source.role: source.validated for source in read(folder).files}
    assert validated["children"] == "The data manager, 2024-12-31"
    assert validated["sdq"] is validated["config"] is validated["card"] is validated["holds"] is None


def test_files_are_named_from_the_folder(folder: Folder) -> None:
    (folder.path / "from schools").mkdir()
    folder.write("from schools/scores.csv", folder.read("extracts/sdq.csv"))
    folder.remove("extracts/sdq.csv")
    folder.replace("wlz.yaml", ("sdq: {", "sdq: {path: from schools/scores.csv, "))
    assert read(folder).extracts.origin("sdq").whole.file == "from schools/scores.csv"


def test_a_file_outside_the_folder_is_named_by_its_path(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(folder.read("extracts/sdq.csv"))
    folder.replace("wlz.yaml", ("sdq: {", f"sdq: {{path: '{(tmp_path / 'scores.csv').as_posix()}', "))
    assert read(folder).extracts.origin("sdq").whole.file == (tmp_path / "scores.csv").as_posix()


def test_the_provider_is_named_if_it_is_known(folder: Folder) -> None:
    assert read(folder).provider == "The provider"
    folder.add("wlz.yaml", "provider: West London Zone")
    assert read(folder).provider == "West London Zone"


def test_a_card_that_is_shipped_is_named_by_its_file(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, kensington-chelsea]"))
    cards = [source.file for source in read(folder).files if source.role == "card"]
    assert cards == ["brent.yaml", "kensington-chelsea.yaml"]


def test_a_list_of_one_part_is_that_part(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml]\nextracts: {sdq: [{path: extracts/sdq.csv}]}\n")
    assert read(folder).extracts.origin("sdq").whole.file == "extracts/sdq.csv"


def test_a_wlz_yaml_that_may_not_be_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refusal(folder) == [
        ("folder-unreadable", "wlz.yaml", "permission denied", "a file that can be read")
    ]


def test_a_link_to_nothing_is_no_file(folder: Folder) -> None:
    (folder.path / "extracts/more.csv").symlink_to("nowhere.csv")
    assert folder.check() == Said(0)
    folder.remove("extracts/sdq.csv")
    (folder.path / "extracts/sdq.csv").symlink_to("nowhere.csv")
    assert folder.check().out.startswith("error table-missing: ")


def test_an_empty_folder_of_claims_seals_nothing(folder: Folder) -> None:
    (folder.path / "claims").mkdir()
    assert folder.check() == Said(0)


def test_what_no_card_needs_may_be_absent(folder: Folder) -> None:
    card = folder.read("brent.yaml")
    folder.write("brent.yaml", card[: card.index("  engagement:\n")])
    folder.write("wlz.yaml", "rate_cards: [brent.yaml]\n")
    for name in FILES:
        if name.startswith("extracts/") and "children" not in name:
            folder.remove(name)
    folder.remove("holds.csv")
    programme = read(folder)
    assert programme.extracts.schools is None
    assert [source.role for source in programme.files] == ["config", "card", "children"]
    assert all(frame.is_empty() for name, frame in programme.extracts.frames.items() if name != "children")


# ---------------------------------------------------------------- order

FAULTY = {
    "extracts/children.csv": ["003,Brent,ark,brent,5,2017-01-09,,,", "004,brent,ash,brent,5,2019-01-09,,,"],
    "extracts/engagement.csv": [
        "7,2017-03-01,link_worker,,,attended,,",
        "1,2017-03-01,link_worker,,,absent,,",
    ],
    "extracts/attendance.csv": ["001,2017-07-01,2017-08-01,20,10", "002,2018-01-01,2018-03-01,90,80"],
    "extracts/survey.csv": ["002,2017-03-20,confidence,101"],
    "holds.csv": ["001,signup,,2017-02-01,,,"],
}
ODD = {
    "extracts/engagement.csv": [
        "001,2017-02-02,partner,Chess Club,A,absent,,2017-02-04",
        "001,2017-02-02,partner,Chess Club,A,attended,,2017-02-05",
        "002,2017-02-03,partner,Chess Club,A,attended,,",
        "002,2017-02-03,partner,Chess Club,A,attended,,",
        "001,2015-02-03,link_worker,,,attended,,",
    ],
    "extracts/attainment.csv": [
        "001,reading,2017-12-05,standardised_age_score,99.0,",
        "002,maths,2017-12-05,ks1_scaled,,",
    ],
    "extracts/survey.csv": ["002,2017-12-20,confidence,60", "001,2017-12-20,happiness,4"],
}


def shuffled(folder: Folder, rng: Random) -> None:
    """The rows of every csv, and the extracts in wlz.yaml, in another order."""
    for name in FILES:
        if name.endswith(".csv"):
            headings, *rows = folder.read(name).splitlines()
            rng.shuffle(rows)
            folder.write(name, "\n".join([headings, *rows, ""]))
    first, second, *extracts = CONFIG.splitlines()
    rng.shuffle(extracts)
    folder.write("wlz.yaml", "\n".join([first, second, *extracts, ""]))


def content(found: list[Finding]) -> Counter[tuple[str, str, str | None, str]]:
    """Findings but for the rows they are in, and for which of two comes first."""
    return Counter((f.code, f.where.file, f.where.column, f.expected) for f in found)


@settings(max_examples=4)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_does_not_change_what_is_found(rng: Random) -> None:
    with TemporaryDirectory() as place:
        folder = Folder(Path(place) / "programme")
        for name, rows in FAULTY.items():
            folder.add(name, *rows)
        _, before = read_programme(folder.path)
        shuffled(folder, rng)
        _, after = read_programme(folder.path)
    assert len(content(before)) == 8
    assert content(after) == content(before)


@settings(max_examples=4)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_does_not_change_the_claim(rng: Random) -> None:
    with TemporaryDirectory() as place:
        folder = Folder(Path(place) / "programme")
        for name, rows in ODD.items():
            folder.add(name, *rows)
        before = claimed(folder)
        shuffled(folder, rng)
        assert claimed(folder) == before


def claimed(folder: Folder) -> tuple[str, str, int]:
    """The lines, the decisions, and how many warnings travel with them."""
    paid, decided = folder.pay("--format", "csv", "--from-start"), folder.decisions("--format", "csv")
    assert (paid.code, decided.code) == (0, 0)
    return paid.out, decided.out, paid.err.count("warning ")
