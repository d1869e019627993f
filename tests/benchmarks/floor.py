"""Floor: Polars reads every byte of every extract, and counts the rows of each child; no more.

Run: `python -m tests.benchmarks.floor FOLDER`.
"""

import sys
from pathlib import Path

import polars as pl


def main(folder: Path) -> None:
    """Count the rows of each child, file by file."""
    pl.Config.set_engine_affinity("streaming")
    for path in sorted((folder / "extracts").iterdir()):
        rows = pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)
        first, *others = rows.collect_schema().names()
        read = [pl.col(name).null_count() for name in others]
        print(path.name, rows.group_by(first).agg(pl.len(), *read).collect().height)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
