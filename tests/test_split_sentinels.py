"""Nothing of another is in the workbook of a commissioner: searched for in the unzipped bytes.

Everything that a commissioner, a school or a child brings into a programme has a word of its own, which
stands nowhere else: ids, names, file names, who vouched, notes. Every file is read through for the words of
others.
"""

import html
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from zipfile import ZipFile

import polars as pl
import pytest

from tests.oracle.dates import Tree
from tests.oracle.folder import Row
from tests.programmes import session_row, write_csv, write_yaml
from wlz_calc import bookkeeping, pipeline, sealing
from wlz_calc.claim import Claim
from wlz_calc.claims.seen import seen_by, viewers
from wlz_calc.finding import errors
from wlz_calc.period import Quarter
from wlz_calc.splitting import split

FIRST, NEXT = Quarter(2018, 4), Quarter(2019, 1)
SCHOOLS = {"alpha": ("ash", "birch", "cedar"), "beta": ("dogwood", "elder")}
BOROUGHS = {"dogwood": "hill", "elder": "vale"}
EACH = 4
SEEDS = range(4)
EVERYBODY = 10


class Own(NamedTuple):
    """The words of one school: its code, its name, what its file and who vouched for that are called."""

    code: str
    name: str
    file: str
    voucher: str
    reason: str
    raiser: str


def own(school: str) -> Own:
    return Own(*(f"zq{school}{what}" for what in ("code", "name", "file", "voucher", "reason", "raiser")))


def ids(school: str) -> list[str]:
    return [f"zq{school}kid{number}" for number in range(EACH)]


# ---------------------------------------------------------------- the programme

PAYMENTS: Tree = {
    "sign_up": {
        "number": "1",
        "price": "100.00",
        "clause": "1",
        "when": {"measure": "consent", "test": "happened"},
    },
    "outcomes": {
        "numbers": ["2"],
        "price": "40.00",
        "clause": "2",
        "window": {"months": ["0", "6"]},
        "outcomes": {
            "mentored": {"when": {"measure": "link_worker_sessions", "test": "reaches", "at_least": "1"}},
            "calm": {
                "window": None,
                "baseline": {"months": ["-6", "3"]},
                "endpoint": {"months": ["3", "9"]},
                "when": {"measure": "attainment.maths", "test": "improves", "by": "1"},
            },
        },
    },
}
PAYERS: dict[str, Tree] = {
    "alpha": {
        "town": {"name": "zqtownname", "share": "0.40", "detail": "children"},
        "fund": {"name": "zqfundname", "share": "0.40", "commitment": "150.00"},
        "school": {"name": "Its school", "share": "0.20", "each": "school"},
    },
    "beta": {
        "borough": {"name": "Its borough", "share": "0.50", "each": "authority"},
        "donor": {"name": "zqdonorname", "share": "0.30"},
        "school": {"name": "Its school", "share": "0.20", "each": "school", "detail": "totals"},
    },
}


def card(contract: str, price: str) -> Tree:
    outcomes = PAYMENTS["outcomes"]["outcomes"]
    calm = {name: terms for name, terms in outcomes["calm"].items() if name != "window"}
    mentored = outcomes["mentored"] | {"window": {"months": ["0", "6"]}}
    whole = {name: terms for name, terms in PAYMENTS["outcomes"].items() if name != "window"}
    return {
        "contract": contract,
        "version": "1",
        "title": "Invented card",
        "joined": {"from": "2018-01-01", "to": "2018-12-31"},
        "term": {"from": "2018-01-01", "to": "2020-12-31"},
        "currency": "GBP",
        "source": {"document": "Invented", "clause": "1", "dated": "2018-01-01"},
        "commissioners": PAYERS[contract],
        "limits": {"contract": "640.00"},
        "payments": {
            "sign_up": PAYMENTS["sign_up"] | {"price": price},
            "outcomes": whole | {"outcomes": {"mentored": mentored, "calm": calm}},
        },
    }


WHO = {
    "alpha": {"town": "town", "fund": "fund", **{f"school:zq{one}code": one for one in SCHOOLS["alpha"]}},
    "beta": {
        "donor": "donor",
        **{f"borough:zq{one}code": one for one in BOROUGHS.values()},
        **{f"school:zq{one}code": one for one in SCHOOLS["beta"]},
    },
}
"""By contract and commissioner, what its words on an invoice are made of."""


def on_invoice(who: str) -> set[str]:
    """The words that stand on the invoices of a commissioner alone."""
    return {f"zq{who}{what}" for what in ("order", "cost", "street")}


def invoicing(who: str) -> Tree:
    return {
        "purchase_order": f"zq{who}order",
        "cost_code": f"zq{who}cost",
        "address": [f"zq{who}street"],
        "vat": {"treatment": "outside_scope"},
    }


def part(school: str, folder: str) -> Tree:
    vouched = {"by": f"{own(school).voucher}, and others", "on": "2018-10-31"}
    return {"path": f"{folder}/{own(school).file}.csv", "validated": vouched}


def each_school() -> Iterator[tuple[str, str]]:
    return ((contract, school) for contract, schools in SCHOOLS.items() for school in schools)


def write(folder: Path, seed: int, *, later: bool) -> Path:
    """The programme before its first quarter is closed, or after it."""
    rng = Random(seed)
    everyone = list(each_school())
    parts = {
        table: [part(school, table) for _, school in everyone]
        for table in ("children", "engagement", "attainment")
    }
    write_yaml(
        folder / "wlz.yaml",
        {
            "provider": "A provider",
            "rate_cards": ["alpha.yaml", "beta.yaml"],
            "extracts": parts,
            "invoicing": {
                contract: {commissioner: invoicing(who) for commissioner, who in own.items()}
                for contract, own in WHO.items()
            },
        },
    )
    for contract in SCHOOLS:
        write_yaml(folder / f"{contract}.yaml", card(contract, "90.00" if later else "100.00"))
    names = [{"school": own(school).code, "name": own(school).name} for _, school in everyone]
    write_csv(folder / "extracts" / "schools.csv", names)
    for contract, school in everyone:
        file = f"{own(school).file}.csv"
        write_csv(folder / "children" / file, children(seed, contract, school, later=later))
        write_csv(folder / "engagement" / file, sessions(rng, school))
        write_csv(folder / "attainment" / file, readings(rng, school, later=later))
    write_csv(folder / "holds.csv", holds(later=later))
    return folder


BACK = {ids(school)[0] for school in ("birch", "elder")}


def children(seed: int, contract: str, school: str, *, later: bool) -> list[Row]:
    """Each school's own; one of them goes elsewhere after the close, and for some consent is taken back."""
    others = [one for one in SCHOOLS[contract] if one != school]
    rows = []
    for number, child_id in enumerate(ids(school)):
        rng = Random(f"{seed} {child_id}")
        at = rng.choice(others) if later and number == 1 else school
        consent = rng.choice(["2018-09-12", "2018-10-05", "2018-11-20"])
        rows.append(
            {
                "child_id": child_id,
                "contract": contract,
                "school": own(at).code,
                "authority": f"zq{BOROUGHS[at]}code" if contract == "beta" else "",
                "year_group": "5",
                "joined_on": "2018-09-10",
                "consent_on": "" if later and child_id in BACK else consent,
            }
        )
    return rows


def sessions(rng: Random, school: str) -> list[Row]:
    """Some come after the day on which they were vouched for; one row cannot be read."""
    first, _, third, fourth = ids(school)
    attended = {"status": "attended"}
    return [
        session_row(first, "2018-10-02", "link_worker", "", "") | attended,
        session_row(third, rng.choice(["2018-10-09", "2018-12-01", "2019-02-01"]), "link_worker", "", "")
        | attended,
        session_row(fourth, f"{own(school).raiser} on Monday", "link_worker", "", "") | attended,
    ]


def readings(rng: Random, school: str, *, later: bool) -> list[Row]:
    first, second, *_ = ids(school)
    score = "104" if later else "108"
    better = rng.choice(["101", "103"])
    stated = [(first, "100", score), (second, "100", better)]
    return [
        {
            "child_id": child,
            "assessed_on": day,
            "subject": "maths",
            "scale": "standardised_age_score",
            "score": score_,
        }
        for child, before, after in stated
        for day, score_ in (("2018-09-20", before), ("2018-12-20", after))
    ]


def holds(*, later: bool) -> list[Row]:
    """A note of each school; that on birch's child names ash's, and later the child of birch is free."""
    rows = [
        {
            "child_id": ids(school)[2],
            "payment": "sign_up",
            "outcome": "",
            "from": "2018-09-01",
            "to": "2018-12-31" if later and school == "cedar" else "",
            "reason": own(school).reason,
            "raised_by": own(school).raiser,
        }
        for _, school in each_school()
    ]
    rows[1]["reason"] = f"As for {ids('ash')[0]}."
    rows[2]["raised_by"] = f"The office of {own('ash').name.upper()}, {own('cedar').raiser}"
    return rows


def claim(folder: Path, quarter: Quarter, *, from_start: bool = False) -> Claim:
    made, found = pipeline.claim(
        folder,
        quarter,
        from_start=from_start,
        set_aside=True,
        accept_changes=True,
        for_the_book=True,
        unpaid=True,
    )
    assert made is not None, found
    return made


def close(folder: Path) -> None:
    sealed, found = sealing.close(
        folder, FIRST, by="A. Closer", on=date(2019, 1, 20), set_aside=True, accept_reversals=Decimal(0)
    )
    assert len(sealed) == len(SCHOOLS)
    assert errors(found) == []


def claims(folder: Path, seed: int) -> dict[str, list[Claim]]:
    """The claim of the first quarter, what was sealed of it, and the claim after it with what changed."""
    write(folder, seed, later=False)
    first = claim(folder, FIRST)
    close(folder)
    sealed, found = bookkeeping.show(folder, FIRST, None)
    assert found == []
    write(folder, seed, later=True)
    return {"first": [first], "sealed": sealed, "next": [claim(folder, NEXT)]}


# ---------------------------------------------------------------- whose words are whose


def everything(school: str) -> set[str]:
    return {*own(school), *ids(school)}


NAMES = {"zqtownname", "zqfundname", "zqdonorname"}
ALL = {word for _, school in each_school() for word in everything(school)} | NAMES
AUTHORITIES = {"zqhillcode", "zqvalecode"}
INVOICED = {word for own in WHO.values() for who in own.values() for word in on_invoice(who)}


def of_children(schools: list[str]) -> set[str]:
    """What stands in rows about the children of some schools."""
    return {word for s in schools for word in (own(s).code, own(s).reason, own(s).raiser, *ids(s))}


def allowed(contract: str, commissioner: str, moved: set[str]) -> set[str]:
    """The words that the file of a commissioner may hold; `moved`: children who were or are its own."""
    kind, _, code = commissioner.partition(":")
    match contract, kind:
        case "alpha", "town":
            return {"zqtownname", *of_children([*SCHOOLS["alpha"]])}
        case "alpha", "school":
            [school] = [one for one in SCHOOLS["alpha"] if own(one).code == code]
            return {own(school).name, *of_children([school]), *moved}
        case "beta", "school":
            [school] = [one for one in SCHOOLS["beta"] if own(one).code == code]
            return {own(school).name, own(school).code}
        case "beta", "borough":
            [school] = [one for one, borough in BOROUGHS.items() if f"zq{borough}code" == code]
            return {code, *of_children([school]), *moved}
        case _:
            return {f"zq{kind}name"}


def moved_to(folder: Path, commissioner: str) -> set[str]:
    """The children whom the register has at a school or under an authority."""
    code = commissioner.partition(":")[2]
    rows = pl.concat([pl.read_csv(file, infer_schema=False) for file in (folder / "children").glob("*.csv")])
    found = rows.filter((pl.col("school") == code) | (pl.col("authority") == code)).get_column("child_id")
    return set(found)


def contents(workbook: bytes) -> str:
    """All that is in a package, member by member, as it is and with its entities read; and their names."""
    with ZipFile(BytesIO(workbook)) as package:
        texts = [package.comment.decode(), *package.namelist()]
        texts += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    whole = "\n".join(texts)
    return f"{whole}\n{html.unescape(whole)}".casefold()


def drawn(given: list[Claim], folder: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """By contract and commissioner, the name of its file and all that is in it."""
    files = split(given, folder)
    parties = [party[:2] for one in given for party in viewers(one)]
    found = {}
    for pair, (path, writer) in zip(parties, files.items(), strict=True):
        held = BytesIO()
        writer(held)
        found[pair] = path.name, contents(held.getvalue())
    return found


def said(seen: Claim) -> str:
    """All that a claim holds, whatever a workbook may show of it."""
    frames = [frame.write_json() for frame in seen if isinstance(frame, pl.DataFrame)]
    others = [str(part) for part in seen if not isinstance(part, pl.DataFrame)]
    return "\n".join([*frames, *others, *(card.model_dump_json() for card in seen.cards)]).casefold()


# ---------------------------------------------------------------- shown


def strange(text: str, party: tuple[str, str], folder: Path) -> set[str]:
    """The words of others that are in a text."""
    contract, commissioner = party
    own = allowed(*party, moved_to(folder, commissioner)) | on_invoice(WHO[contract][commissioner])
    return {word for word in ALL | AUTHORITIES | INVOICED if word in text} - own


@pytest.mark.parametrize("seed", SEEDS)
def test_no_file_holds_a_word_of_another(tmp_path: Path, seed: int) -> None:
    for when, given in claims(tmp_path, seed).items():
        files = drawn(given, tmp_path / "split")
        assert len(files) == EVERYBODY
        for party, (name, text) in files.items():
            assert strange(text, party, tmp_path) == set(), (when, name)
            assert strange(name, party, tmp_path) == set(), (when, name)


@pytest.mark.parametrize("seed", SEEDS)
def test_nor_does_the_claim_that_it_is_drawn_from(tmp_path: Path, seed: int) -> None:
    for when, given in claims(tmp_path, seed).items():
        for one in given:
            for party in viewers(one):
                seen = said(seen_by(one, party))
                assert strange(seen, party[:2], tmp_path) == set(), (when, party)


def test_the_words_are_there_to_be_found(tmp_path: Path) -> None:
    """Otherwise nothing would be shown by not finding them."""
    made = claims(tmp_path, 1)
    [first], [later] = made["first"], made["next"]
    assert first.findings
    for beside in (first.opening, first.held, first.aside, first.cut, first.unfunded):
        assert beside.height
    assert set(later.lines["kind"].unique()) >= {"new", "correction", "reversal"}
    for beside in (later.changes, later.causes, later.before, later.unpaid):
        assert beside.height
    files = drawn([first], tmp_path / "split")
    _, town = files["alpha", "town"]
    assert {word for word in ALL if word in town} >= {ids("ash")[0], own("cedar").code, "zqtownname"}
    assert {word for word in INVOICED if word in town} == on_invoice("town")
    _, ash = files["alpha", f"school:{own('ash').code}"]
    assert {word for word in ALL if word in ash} >= {ids("ash")[0], own("ash").name}


def test_who_sees_totals_sees_the_same_money(tmp_path: Path) -> None:
    for given in claims(tmp_path, 1).values():
        for one in given:
            for party in viewers(one):
                own_lines = one.only(party.contract, party.commissioner).lines
                seen = seen_by(one, party)
                assert seen.lines["amount"].to_list() == own_lines["amount"].to_list()
                assert seen.lines["child_id"].n_unique() == own_lines["child_id"].n_unique()
