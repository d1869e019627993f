"""The option `--part`: what was found in one file of a programme folder, to send back to whoever sent it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from wlz_calc.cli.ending import misused, refused
from wlz_calc.finding import Finding, Stage, errors, is_yaml
from wlz_calc.programme import Programme
from wlz_calc.read.parts import SUFFIXES
from wlz_calc.write.returned import named, returned


def of_part(part: str, folder: Path, programme: Programme | None, found: Sequence[Finding]) -> list[Finding]:
    """What was found in the one file that a name stands for; nothing, where the folder itself will not do."""
    if any(finding.meaning.stage < Stage.FILES for finding in errors(found)):
        refused(found)
    files = sorted({*_files(folder, programme, found)})
    match named(part, files):
        case [file]:
            own = returned(found, file)
        case []:
            misused(f"no file {part!r}; there are {', '.join(files) or 'none'}")
        case several:
            misused(f"{part!r} may be {' or '.join(several)}")
    if not own and errors(found):
        typer.echo(f"Nothing so far in {file}; errors elsewhere keep some checks from being made.", err=True)
    return own


def _files(folder: Path, programme: Programme | None, found: Sequence[Finding]) -> Iterator[str]:
    """The files that were read; where an error kept that from being told, those that could have been."""
    yield from (finding.where.file for finding in found if not is_yaml(finding.where.file))
    if programme is not None:
        yield from (source.file for source in programme.extracts.files)
        return
    for path in folder.rglob("*"):
        if path.suffix in SUFFIXES:
            yield path.relative_to(folder).as_posix()
