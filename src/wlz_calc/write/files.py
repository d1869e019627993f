"""Files: a claim or its decisions in the format that the name of a file asks for.

The columns of the csv are fixed, so that what every file must carry (what it was made with and from, and
whether its terms are illustrative) stands in its metadata beside it: CSV on the Web, a W3C recommendation.
"""

from pathlib import Path

from wlz_calc.claim import Claim, Decided
from wlz_calc.durable import Content
from wlz_calc.write import csvw, data
from wlz_calc.write.output import Format, format_of


def refusal(claim: Claim, path: Path) -> str | None:
    """Why the claim cannot be written in the format of that name, if it cannot."""
    if format_of(path) is not Format.XLSX:
        return None
    from wlz_calc.write import sheets

    return sheets.refusal(claim)


def claim_files(claim: Claim, path: Path) -> dict[Path, Content]:
    """What to write for a claim. The name's format is one of ours (see `output.format_of`)."""
    match format_of(path):
        case Format.CSV:
            metadata = csvw.lines_metadata(claim, path.name)
            return {path: data.lines_csv(claim.lines), csvw.companion(path): metadata}
        case Format.PARQUET:
            return {path: data.lines_parquet(claim)}
        case Format.XLSX:
            from wlz_calc.write.workbook import claim_workbook

            return {path: claim_workbook(claim)}
        case _:
            return {path: data.claim_json(claim)}


def decision_files(decided: Decided, path: Path) -> dict[Path, Content]:
    """What to write for decisions; they are too many for a workbook."""
    match format_of(path):
        case Format.CSV:
            metadata = csvw.decisions_metadata(decided, path.name)
            return {
                path: data.decisions_csv(decided.decisions, decided.quarter),
                csvw.companion(path): metadata,
            }
        case Format.PARQUET:
            return {path: data.decisions_parquet(decided.decisions, decided)}
        case _:
            return {path: data.decisions_json(decided.decisions, decided)}
