"""Seen: what one commissioner may see of a claim, which is the claim without anything of another.

Whatever is sent to one commissioner is drawn from this alone. One that sees children sees those it pays for:
a school or an authority the ones that the register has as its own, any other those of the contract. One that
sees totals sees how many and how much: no child, no day, and no reason, as a reason is a child's result.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.claim import Claim, Provenance, Seal
from wlz_calc.decision import Cause
from wlz_calc.finding import Finding, Rows, Where
from wlz_calc.frames import PARTIES
from wlz_calc.programme import InputFile

ALL_FILES: Final = "all files"
A_FILE: Final = "a file"
WITHHELD: Final = "(not shown: it names somebody else)"
NO_WORD: Final = "  "
"""What is left, between spaces, of a text without letters and figures."""
PLACES: Final = ("school", "authority")
"""The columns of the register in which others may stand."""
_OF_A_CHILD: Final = ("child_id", "school", "number", "due_on", "begun", "reason", "raised_by")
_WITH_SCHOOLS: Final = ("lines", "opening", "before", "cut", "held", "unfunded", "unpaid")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}$")
_ID: Final = pl.col("child_id")


class Party(NamedTuple):
    """Who is to see a claim: a commissioner of a contract, and what of it (`detail`: children or totals).

    `each`: the column of the register whose value in it makes a child its own.
    """

    contract: str
    commissioner: str
    name: str
    detail: str
    each: str | None

    @property
    def code(self) -> str:
        """The school or the authority that it is."""
        return self.commissioner.partition(":")[2]


def viewers(claim: Claim) -> tuple[Party, ...]:
    """Everybody who pays or could, in the order of the claim; whom no card knows sees totals."""
    known = {row[:2]: row[2:] for row in claim.parties.select(PARTIES.names()).iter_rows()}
    pairs = pl.concat([frame.select("contract", "commissioner") for frame in (claim.lines, claim.opening)])
    others = pairs.cast(pl.String).unique().sort("contract", "commissioner").iter_rows()
    unknown = (None, None)
    return tuple(
        _viewer(claim, *pair, *known.get(pair, unknown)) for pair in dict.fromkeys([*known, *others])
    )


def _viewer(claim: Claim, contract: str, commissioner: str, name: str | None, detail: str | None) -> Party:
    """A commissioner with what its card says it sees, where the claim itself does not."""
    stated = [
        terms
        for card in claim.cards
        if card.contract == contract and (terms := card.commissioners.get(commissioner.partition(":")[0]))
    ]
    terms = stated[-1] if stated else None
    shown = detail or (terms.shown if terms else "totals")
    return Party(contract, commissioner, name or commissioner, shown, terms.each if terms else None)


def seen_by(claim: Claim, party: Party) -> Claim:
    """What a commissioner may see of a claim; all that is drawn from it can be sent to it."""
    own = claim.only(party.contract, party.commissioner)
    seen = own._replace(
        parties=pl.DataFrame([party[:4]], schema=PARTIES, orient="row"),
        findings=tuple(_counted(claim.findings)),
        provenance=_unnamed(claim, party.contract),
        issued=MappingProxyType({}),
        register=claim.register.clear(),
        aside=_aside(own, claim.provenance.files),
        seal=_sealed(claim.seal),
    )
    if party.each is not None:
        seen = _of_children(seen, _own_children(own, party), party)
    return _totals(seen) if party.detail == "totals" else _without_names(seen, _others(claim, party))


# ------------------------------------------------------------------------------------ its own children


def _own_children(claim: Claim, party: Party) -> pl.DataFrame:
    """The children that the register has at a school, or under an authority."""
    return claim.register.filter(pl.col(str(party.each)).cast(pl.String) == party.code).select(_ID)


def _of_children(claim: Claim, children: pl.DataFrame, party: Party) -> Claim:
    """The same with what stands beside the lines of some children alone, and no other school named.

    A line is its own who pays it, wherever the child is now.
    """
    own = partial(pl.DataFrame.join, other=children, on="child_id", how="semi", maintain_order="left")
    seen = _changed(claim, ("cut", "held", "unpaid", "aside", "causes", "changes"), own)
    seen = _changed(seen, ("causes", "changes"), partial(_no_other_place, party=party))
    seen = _changed(seen, _WITH_SCHOOLS, partial(_no_other_school, children=children, party=party))
    return seen._replace(not_yet=seen.not_yet.clear())


def _changed(claim: Claim, names: Iterable[str], change: Callable[[pl.DataFrame], pl.DataFrame]) -> Claim:
    """The same with some of its frames changed."""
    changed: dict[str, Any] = {name: change(getattr(claim, name)) for name in names}
    return claim._replace(**changed)


def _no_other_school(frame: pl.DataFrame, children: pl.DataFrame, party: Party) -> pl.DataFrame:
    """Without the school of a child who has gone elsewhere."""
    school = pl.col("school")
    own = school.cast(pl.String) == party.code
    if party.each != "school":
        own = _ID.is_in(children.get_column("child_id").implode())
    return frame.with_columns(pl.when(own).then(school))


def _no_other_place(frame: pl.DataFrame, party: Party) -> pl.DataFrame:
    """What has changed, without the school or the authority that a child came from or went to."""
    where, other = pl.col("what").is_in(PLACES), pl.concat_str(pl.lit("another "), pl.col("what"))
    return frame.with_columns(
        pl.when(where & (pl.col(side) != party.code)).then(other).otherwise(side).alias(side)
        for side in ("before", "after")
    )


# ------------------------------------------------------------------------------------ totals


def _totals(claim: Claim) -> Claim:
    """The same with no child: awards that can be counted and added up, and what was decided of nobody.

    The lines keep numbers in the place of children, so that these can be counted too.
    """
    ids = pl.concat([claim.lines.select(_ID), claim.opening.select(_ID), claim.before.select(_ID)])
    places = ids.unique().sort("child_id").with_row_index("place", 1)
    seen = _changed(claim, ("lines", "opening", "before"), partial(_numbered, places=places))
    seen = _changed(seen, ("cut", "held", "unfunded"), partial(_nobody, columns=_OF_A_CHILD))
    return _changed(seen, ("unpaid", "aside", "causes", "changes"), pl.DataFrame.clear)


def _numbered(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Lines with the place of a child for its id, and a reason only where it is the cause of a change."""
    placed = frame.join(places, on="child_id", how="left", maintain_order="left")
    numbered = placed.with_columns(pl.col("place").cast(pl.String).alias("child_id")).drop("place")
    if "reason" in frame.columns:
        caused = pl.col("reason").cast(pl.String).is_in(list(Cause))
        numbered = numbered.with_columns(pl.when(caused).then(pl.col("reason")))
    return _nobody(numbered, ("school", "due_on", "begun"))


def _nobody(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The frame with nothing in these of its columns."""
    return frame.with_columns(
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in frame.schema.items() if name in columns
    )


# ------------------------------------------------------------------------------------ free text


def _without_names(claim: Claim, others: pl.Series) -> Claim:
    """The same with no note on a hold that names somebody else; what people wrote may name anybody."""
    notes = [_unless_named(pl.col(name), others) for name in ("reason", "raised_by")]
    return claim._replace(held=claim.held.with_columns(notes) if claim.held.height else claim.held)


def _unless_named(text: pl.Expr, others: pl.Series) -> pl.Expr:
    return (
        pl.when(_spaced(text).str.contains_any(others.implode()))
        .then(pl.lit(WITHHELD))
        .otherwise(text)
        .alias(text.meta.output_name())
    )


def _others(claim: Claim, party: Party) -> pl.Series:
    """What others are called, each between spaces: names and ids, schools, and children not its own."""
    if claim.held.is_empty():
        return pl.Series(dtype=pl.String)
    own = (pl.col("contract") == party.contract) & (pl.col("commissioner") == party.commissioner)
    others = claim.parties.filter(~own)
    called = [others.get_column("name"), others.get_column("commissioner")]
    children = claim.register.filter(pl.col("contract").cast(pl.String) != party.contract).select(_ID)
    if party.each is not None:
        called.append(others.get_column("commissioner").str.split(":").list.last())
        children = claim.register.select(_ID).join(_own_children(claim, party), on="child_id", how="anti")
    words = pl.concat([*called, children.get_column("child_id")]).drop_nulls().unique().sort()
    return words.to_frame("word").select(_spaced(pl.col("word"))).filter(pl.first() != NO_WORD).to_series()


def _spaced(text: pl.Expr) -> pl.Expr:
    """The words of a text in small letters, each between spaces."""
    words = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")
    return pl.concat_str(pl.lit(" "), words, pl.lit(" "))


# ------------------------------------------------------------------------------------ what it was made from


def _counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """How often each kind of thing was found, and not where or what: that names files and other children."""
    times: Counter[str] = Counter()
    for finding in findings:
        times[finding.code] += finding.times
    for code, count in times.items():
        yield Finding(code, Where(ALL_FILES), f"{count:,} in all", "", Rows(range(count), ()))


def _unnamed(claim: Claim, contract: str) -> Provenance:
    """Every file by its role, its digest and its rows, without the name of it or of who vouched for it."""
    made = claim.provenance
    called = _roles(made.files)
    elsewhere = {card.sha256 for (of, _), card in claim.issued.items() if of != contract}
    elsewhere -= {card.sha256 for (of, _), card in claim.issued.items() if of == contract}
    return made._replace(
        files=tuple(
            InputFile(file.role, called[_place(file)], file.sha256, file.rows, _day(file.validated))
            for file in made.files
            if file.role != "card" or file.sha256 not in elsewhere
        )
    )


def _roles(files: Sequence[InputFile]) -> dict[tuple[str, str, str | None], str]:
    """What each file is called by what it is for: `attendance, part 2 of 3`."""
    of_role: dict[str, list[InputFile]] = {}
    for file in files:
        of_role.setdefault(file.role, []).append(file)
    return {
        _place(file): f"{role}, part {number} of {len(own)}" if len(own) > 1 else role
        for role, own in of_role.items()
        for number, file in enumerate(own, 1)
    }


def _place(file: InputFile) -> tuple[str, str, str | None]:
    return file.role, file.file, file.sheet


def _day(validated: str | None) -> str | None:
    """The day since when somebody vouches for a file."""
    found = _DAY.search(validated or "")
    return found.group() if found else None


def _aside(claim: Claim, files: Sequence[InputFile]) -> pl.DataFrame:
    """What was set aside of the contract's own children, without the file's name and what stands in it."""
    called = {file: called for (_, file, _), called in reversed(_roles(files).items())}
    named = pl.col("file").replace_strict(called, default=A_FILE, return_dtype=pl.String)
    own = claim.aside.filter(_ID.is_not_null(), pl.col("contract").is_not_null()).with_columns(named)
    return _nobody(own, ("sheet", "found", "expected"))


def _sealed(seal: Seal | None) -> Seal | None:
    """The seal, without the name of a file that was brought in."""
    return seal and seal._replace(imported=seal.imported and A_FILE)
